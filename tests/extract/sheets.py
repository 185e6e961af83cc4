"""Form tables for tests, rendered from the forms themselves: plain span grids with known cells."""

from __future__ import annotations

from extract import formats

NEW, OLD = formats.NATIONAL
Values = dict[str, dict[str, dict[str, str]]]

GROUPS = ("denied", "unavailable", "not_processed", "other")


def numbers(form: str = NEW, seed: int = 3) -> Values:
    """Cells of every table of a form, with sums that hold and no two rows alike."""
    values: Values = {}
    for key, spec in formats.forms()[form].tables.items():
        if key in ("t3_requests", "t4_review_litigation"):
            continue
        values[key] = {
            row.key: {
                column.key: str(seed + 7 * row.position + column.position)
                for column in spec.columns
                if key != "t2_art20_1" or column.key not in ("expired", "modified")
            }
            for row in spec.rows
            if row.key != "other_active_docs"
        }
    values["t3_requests"] = _requests(form, seed)
    review: dict[str, str] = {}
    for prefix in ("review", "litigation_direct", "litigation_after_review"):
        parts = [seed + len(review) + i for i in range(4)]
        for name, part in zip(("upheld", "corrected", "other", "pending"), parts, strict=True):
            review[f"{prefix}_{name}"] = str(part)
        review[f"{prefix}_total"] = str(sum(parts))
    values["t4_review_litigation"] = {"cases": review}
    return values


def _requests(form: str, seed: int) -> dict[str, dict[str, str]]:
    spec = formats.forms()[form].tables["t3_requests"]
    keys = [column.key for column in spec.columns]
    rows: dict[str, list[int]] = {}
    for row in spec.rows:
        if not row.heading:
            rows[row.key] = [(seed + row.position * (i + 1)) % 11 for i in range(6)]
    leaves = [
        key
        for key in rows
        if key not in ("new_received", "carried_over", "results_total", "carried_forward")
    ]
    rows["results_total"] = [sum(rows[key][i] for key in leaves) for i in range(6)]
    rows["carried_over"] = [0] * 6
    rows["new_received"] = [
        a + b for a, b in zip(rows["results_total"], rows["carried_forward"], strict=True)
    ]
    return {
        key: dict(zip(keys, [str(v) for v in (*row, sum(row))], strict=True))
        for key, row in rows.items()
    }


def cell(text: str, *, width: int = 1, height: int = 1) -> str:
    spans = (f' colspan="{width}"' if width > 1 else "") + (
        f' rowspan="{height}"' if height > 1 else ""
    )
    return f"<td{spans}>{text}</td>"


def table(rows: list[str]) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def active(values: Values, form: str = NEW) -> str:
    """Table 2 as most bodies print it: every item in one HTML table below its caption."""
    rows: list[str] = []
    for key, spec in formats.forms()[form].tables.items():
        if not key.startswith("t2_") or key not in values:
            continue
        printed = values[key]
        columns = [c for c in spec.columns if any(c.key in row for row in printed.values())]
        width = 6 // max(len(columns), 1)
        rows.append(cell(spec.captions[0], width=7))
        rows.append(cell("信息内容") + "".join(cell(c.label, width=width) for c in columns))
        rows += [
            cell(row.label)
            + "".join(cell(printed[row.key].get(c.key, ""), width=width) for c in columns)
            for row in spec.rows
            if row.key in printed
        ]
    return table(rows)


def requests_rows(values: Values, form: str = NEW) -> list[str]:
    """The rows of table 3: three header rows, then the data rows under their headings."""
    spec = formats.forms()[form].tables["t3_requests"]
    printed = values["t3_requests"]
    inner = [c.label for c in spec.columns if c.group]
    rows = [
        cell("(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)", width=3, height=3)
        + cell("申请人情况", width=7),
        cell("自然人", height=2) + cell("法人或其他组织", width=5) + cell("总计", height=2),
        "".join(cell(label) for label in inner),
    ]
    inside = [row for row in spec.rows if row.parent and row.key in printed]
    sizes: dict[str, int] = {}
    for row in inside:
        if row.parent != "results":
            sizes[row.parent or ""] = sizes.get(row.parent or "", 0) + 1
    opened: set[str] = set()
    for row in spec.rows:
        if row.key not in printed:
            continue
        line = ""
        if row.parent and "results" not in opened:
            opened.add("results")
            line += cell("三、本年度办理结果", height=len(inside))
        if row.parent and row.parent != "results":
            if row.parent not in opened:
                opened.add(row.parent)
                heading = next(one for one in spec.rows if one.key == row.parent)
                line += cell(heading.label, height=sizes[row.parent])
            line += cell(row.label)
        else:
            line += cell(row.label, width=2 if row.parent else 3)
        rows.append(line + "".join(cell(printed[row.key][c.key]) for c in spec.columns))
    return rows


def review(values: Values) -> str:
    """Table 4 with its header of three levels."""
    row = values["t4_review_litigation"]["cases"]
    labels = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return table(
        [
            cell("行政复议", width=5) + cell("行政诉讼", width=10),
            "".join(cell(label, height=2) for label in labels)
            + cell("未经复议直接起诉", width=5)
            + cell("复议后起诉", width=5),
            "".join(cell(label) for label in labels * 2),
            "".join(cell(value) for value in row.values()),
        ]
    )


def report(values: Values, form: str = NEW) -> str:
    """All tables of a report, with the headings of its six sections."""
    return (
        "<h2>一、总体情况</h2><p>本年度工作有序开展。</p>"
        f"<h2>二、主动公开政府信息情况</h2>{active(values, form)}"
        f"<h2>三、收到和处理政府信息公开申请情况</h2>{table(requests_rows(values, form))}"
        f"<h2>四、政府信息公开行政复议、行政诉讼情况</h2>{review(values)}"
        "<h2>五、存在的主要问题及改进情况</h2><p>将继续改进。</p>"
        "<h2>六、其他需要报告的事项</h2><p>无。</p>"
    )
