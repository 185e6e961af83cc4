"""A report's tables as rows of printed cells, before any tool makes a text of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract import formats
from tests.extract.sheets import NEW, Values

IDENTITY = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


@dataclass(frozen=True)
class Line:
    """One row of a table: the group it opens, its label, its values; a header has cells only."""

    kind: str  # title, head, row, cases
    cells: tuple[str, ...] = ()
    group: str = ""
    label: str = ""

    @property
    def texts(self) -> list[str]:
        """The cells left to right, without what spans leave behind."""
        return [one for one in (self.group, self.label, *self.cells) if one]


def report(values: Values, form: str = NEW) -> Iterator[Line]:
    """The printed rows of all tables of a report, in the order of the form."""
    tables = formats.forms()[form].tables
    yield Line("title", ("二、主动公开政府信息情况",))
    for key, spec in tables.items():
        if key.startswith("t2_"):
            printed = values[key]
            columns = [c for c in spec.columns if any(c.key in row for row in printed.values())]
            yield Line("title", (spec.captions[0],))
            yield Line("head", tuple(c.label for c in columns), label="信息内容")
            for row in spec.rows:
                if row.key in printed:
                    cells = tuple(printed[row.key][column.key] for column in columns)
                    yield Line("row", cells, label=row.label)
    yield Line("title", ("三、收到和处理政府信息公开申请情况",))
    yield Line("head", (IDENTITY, "申请人情况"))
    yield Line("head", ("自然人", "法人或其他组织", "总计"))
    yield Line("head", ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
    opened = {"results"}
    for row in tables["t3_requests"].rows:
        if row.key not in values["t3_requests"]:
            continue
        group = ""
        if row.key == "granted":
            group = "三、本年度办理结果"
        if row.parent and row.parent not in opened:
            opened.add(row.parent)
            group = next(r.label for r in tables["t3_requests"].rows if r.key == row.parent)
        cells = tuple(values["t3_requests"][row.key].values())
        yield Line("row", cells, group=group, label=row.label)
    yield Line("title", ("四、政府信息公开行政复议、行政诉讼情况",))
    yield Line("head", ("行政复议", "行政诉讼"))
    yield Line("head", (*OUTCOMES, "未经复议直接起诉", "复议后起诉"))
    yield Line("head", (*OUTCOMES, *OUTCOMES))
    yield Line("cases", tuple(values["t4_review_litigation"]["cases"].values()))
    yield Line("title", ("五、存在的主要问题及改进情况",))
