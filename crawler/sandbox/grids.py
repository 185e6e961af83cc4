"""The form's tables as grids of spanned cells, before any HTML."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from crawler.sandbox.figures import Figures
from crawler.sandbox.forms import OUTCOMES, PEOPLE, ROUTES, T2_TABLES, T3, T4, Form, FormTable

Row = list["Box"]
Grid = list[Row]

_STATED_IDENTITY = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
_LOCAL_LABELS = {
    "wide_repeal": ("repealed", "本年废止件数(包括自然失效和不再按规范性文件管理)"),
    "five_columns": ("valid", "现行有效件数(不含予以修改)"),
    "no_rules": ("rules", "规章(县市区无)"),
}
_OUTCOME_LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


@dataclass(frozen=True)
class Box:
    """One cell: its text (None: blank), its spans, and whether it is a label."""

    text: str | None
    columns: int = 1
    rows: int = 1
    label: bool = False


def table2(form: Form, shown: Figures, chance: Random) -> list[Grid]:
    """Return table 2: one grid of all items of 第二十条, or a grid for each item."""
    tables = [form.tables[key] for key in T2_TABLES if key in shown.tables]
    width = 1 + max(len(_first_row(shown, table.id)) for table in tables)
    width += chance.choice((0, 0, 2))  # the form is often drawn on a finer grid than it needs
    parts = [_item(table, shown, width) for table in tables]
    if chance.random() < 0.75:
        return [[row for part in parts for row in part]]
    return parts


def _first_row(shown: Figures, table_id: str) -> dict[str, str | None]:
    return next(iter(shown.tables[table_id].values()))


def _item(table: FormTable, shown: Figures, width: int) -> Grid:
    keys = list(_first_row(shown, table.id))
    spans = _spread(width - 1, len(keys))
    renamed = dict(_LOCAL_LABELS[name] for name in _LOCAL_LABELS if name in shown.profile)
    labels = {line.key: line.label for line in (*table.columns, *table.rows)} | {
        key: label for key, label in renamed.items() if table.id == "t2_art20_1"
    }
    head = [Box("信息内容", label=True)] + [
        Box(labels[key], columns=span, label=True) for key, span in zip(keys, spans, strict=True)
    ]
    body = [
        [Box(labels[row], label=True)]
        + [Box(cells[key], columns=span) for key, span in zip(keys, spans, strict=True)]
        for row, cells in shown.tables[table.id].items()
    ]
    return [[Box(table.caption, columns=width, label=True)], head, *body]


def _spread(width: int, count: int) -> list[int]:
    """Split ``width`` grid columns over ``count`` cells; the last takes what is left over."""
    each = width // count
    return [each] * (count - 1) + [width - each * (count - 1)]


def table3(form: Form, shown: Figures) -> Grid:
    """Return table 3 with its three header levels and the cell 三 spanning its result rows."""
    table = form.tables[T3]
    grid: Grid = [
        [
            Box(_STATED_IDENTITY, columns=3, rows=3, label=True),
            Box("申请人情况", columns=7, label=True),
        ],
        [
            Box("自然人", rows=2, label=True),
            Box("法人或其他组织", columns=5, label=True),
            Box("总计", rows=2, label=True),
        ],
        [
            Box(column.label, label=True)
            for column in table.columns
            if column.key in PEOPLE and column.key != "natural_person"
        ],
    ]
    children = {
        parent: [row.key for row in table.rows if row.parent == parent and not row.heading]
        for parent in {row.parent for row in table.rows}
    }
    pending: Row = []  # headings whose first data row is still to come
    for row in table.rows:
        if row.key == "results":
            below = len([line for line in table.rows if line.parent and not line.heading])
            pending.append(Box(row.label, rows=below, label=True))
        elif row.heading:
            pending.append(Box(row.label, rows=len(children[row.key]), label=True))
        else:
            depth = 0 if row.parent is None else 1 if row.parent == "results" else 2
            label = Box(row.label, columns=3 - depth, label=True)
            values = [Box(text) for text in shown.tables[T3][row.key].values()]
            grid.append([*pending, label, *values])
            pending = []
    return grid


def table4(shown: Figures) -> Grid:
    """Return table 4: fifteen cells under three header levels."""
    cells = shown.tables[T4]["cases"]
    keys = [f"{route}_{outcome}" for route in ROUTES for outcome in (*OUTCOMES, "total")]
    return [
        [Box("行政复议", columns=5, label=True), Box("行政诉讼", columns=10, label=True)],
        [Box(text, rows=2, label=True) for text in _OUTCOME_LABELS]
        + [
            Box("未经复议直接起诉", columns=5, label=True),
            Box("复议后起诉", columns=5, label=True),
        ],
        [Box(text, label=True) for text in _OUTCOME_LABELS * 2],
        [Box(cells[key]) for key in keys],
    ]
