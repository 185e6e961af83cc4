"""From the tables found in a document to the tables of each body that reports in it.

A city's page may hold two reports; one report may hold a table twice. A table without a header is
kept only when its own sums prove the form's order of columns.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache

from extract import formats
from extract.record import Issue, Row, Table, Tables
from extract.tables import annex
from extract.tables.found import Found, FoundTable, in_order
from extract.tables.labels import T2, T3, T4
from extract.tables.local import FORM, LOCAL

# A second table 3 with at least so many rows is another body's report, not a stray copy.
_BODY_ROWS = 8
# So few rows that do not add up may be the body's own mistakes.
_FEW = 2
_PARTS = ("natural_person", "org_business", "org_research", "org_ngo", "org_legal_service",
          "org_other")


@dataclass(slots=True)
class Body:
    """The tables of one reporting body, and which official form they follow (None: neither)."""

    tables: Tables = field(default_factory=dict)
    format: str | None = None


def assemble(found: Found) -> list[Body]:
    """Sort the tables by body; what is dropped or in conflict becomes an issue in ``found``.

    Returns:
        One Body for each report in the document, in document order; none without tables.
    """
    bodies: list[Body] = []
    for table in sorted(found.tables, key=lambda one: one.start):
        if (table.headerless and not _proven(table)) or _disproven(table):
            _refuse(table, found)
            continue
        if table.headerless:
            found.flags.add("TBL_HEADER_MISSING")
        _add(bodies, table, found)
    bodies = _rejoin(bodies, found)
    for body in bodies:
        body.format = _form(body.tables, found)
        _doubt_headings(body.tables.get(T3, {}), found)
        _doubt_totals(body.tables.get(T3, {}), found)
        _doubt_ends(body.tables, found)
        if _has_local_columns(body.tables):
            found.flags.add("LOCAL_COLUMNS")
    return bodies


def _refuse(table: FoundTable, found: Found) -> None:
    """Tell each row of a table whose columns nobody named, and whose sums do not prove them."""
    for key, row in table.rows.items():
        cells = list(row.values())
        texts = " | ".join(cell.raw for cell in cells)
        found.issues.append(Issue("no_header", f"{table.key}/{key}: {texts}"[:300], cells[0].at))


def _doubt_headings(rows: Table, found: Found) -> None:
    """Flag numbers beside a group's heading that need not be the group's.

    The form prints none there. Some bodies print subtotals, the sum of the group's own rows;
    anything else, and anything where one of these rows is missing, may be a row whose label was
    lost.
    """
    for form in formats.NATIONAL:
        spec = formats.forms()[form].tables[T3].rows
        for row in spec:
            keys = [one.key for one in spec if one.parent == row.key]
            leaves = [rows[key] for key in keys if key in rows]
            if row.key not in rows or not leaves:
                continue
            for column, cell in rows[row.key].items():
                parts = [leaf[column].value or 0 for leaf in leaves if column in leaf]
                lost = len(leaves) < len(keys) and row.parent is not None
                if cell.value is not None and (lost or cell.value != sum(parts)):
                    found.issues.append(Issue("doubtful_row", f"{T3}/{row.key}", cell.at))
                    break


def _doubt_totals(rows: Table, found: Found) -> None:
    """Flag a row that ends in more blanks than nearly all others: its cells may have moved up.

    A body that leaves zeros or totals blank has no such habit to break.
    """
    ends = {key: _blank_end(row) for key, row in rows.items()
            if any(cell.value is not None for cell in row.values())}
    usual, count = Counter(ends.values()).most_common(1)[0] if ends else (0, 0)
    if count * 5 >= len(ends) * 4:
        for key, end in ends.items():
            if end > usual:
                last = list(rows[key].values())[-1]
                found.issues.append(Issue("doubtful_row", f"{T3}/{key}", last.at))


def _blank_end(row: Row) -> int:
    cells = list(row.values())
    return next((i for i, cell in enumerate(reversed(cells)) if cell.missing != "blank"), 0)


def _doubt_ends(tables: Tables, found: Found) -> None:
    """Flag a row that ends in a blank behind numbers: its cells may have moved up.

    No sum proves table 2, nor a group of table 4 without its total.
    """
    cases = tables.get(T4, {}).get("cases", {})
    totals = [cell for key, cell in cases.items() if key.endswith("_total")]
    last = list(cases.values())[-1:]
    if last and last[0].missing == "blank" and any(cell.value is not None for cell in totals):
        found.issues.append(Issue("doubtful_row", f"{T4}/cases", last[0].at))
    for key in T2:
        for name, row in tables.get(key, {}).items():
            cells = list(row.values())
            if len(cells) > 1 and cells[-1].missing == "blank" and cells[-2].value is not None:
                found.issues.append(Issue("doubtful_row", f"{key}/{name}", cells[-1].at))


def _add(bodies: list[Body], table: FoundTable, found: Found) -> None:
    if not bodies:
        bodies.append(Body())
    # A repeated table belongs to the body whose copy of it is equal, whichever that is.
    for body in bodies:
        before = body.tables.get(table.key)
        if before is not None and _repeats(before, table.rows):
            found.issues.append(Issue("duplicate_table", table.key, _place(table.rows)))
            return
    last = bodies[-1]
    if table.key not in last.tables:
        last.tables[table.key] = table.rows
    elif _is_another_body(last, table):
        bodies.append(Body({table.key: table.rows}))
    else:
        _merge(last.tables[table.key], table, found)


def _is_another_body(body: Body, table: FoundTable) -> bool:
    """Tell whether a repeated table begins another report; one or two rows again do not."""
    if T3 not in body.tables or table.key == T4:
        return False
    if table.key != T3:
        return True
    common = len(body.tables[T3].keys() & table.rows.keys())
    return len(table.rows) >= _BODY_ROWS and 2 * common > len(table.rows)


def _rejoin(bodies: list[Body], found: Found) -> list[Body]:
    """Give tables that only looked like another body's back: a report has a table 3."""
    kept: list[Body] = []
    for body in bodies:
        if not kept or T3 in body.tables:
            kept.append(body)
            continue
        for key, rows in body.tables.items():
            if key in kept[-1].tables:
                _merge(kept[-1].tables[key], FoundTable(key, 0, rows), found)
            else:
                kept[-1].tables[key] = rows
    return kept


def _merge(rows: Table, table: FoundTable, found: Found) -> None:
    """Join a table's continuation; a cell that is printed twice with two values is a conflict."""
    for row_key, row in table.rows.items():
        before = rows.setdefault(row_key, row)
        if before is row:
            continue
        for column, cell in row.items():
            old = before.setdefault(column, cell)
            if old.raw != cell.raw:
                before[column] = replace(old, missing="conflict")
                detail = f"{table.key}/{row_key}/{column}: {old.raw} and {cell.raw}"
                found.issues.append(Issue("conflict", detail, cell.at))


def _repeats(before: Table, rows: Table) -> bool:
    """Tell whether a table, or a part of one, says again what stands there already."""
    told = [before.get(key, {}).get(column) for key, row in rows.items() for column in row]
    again = [cell for row in rows.values() for cell in row.values()]
    return all(
        old is not None and (old.raw == new.raw or old.missing == "conflict")
        for old, new in zip(told, again, strict=True)
    )


def _place(rows: Table) -> str | None:
    return next((cell.at for row in rows.values() for cell in row.values()), None)


def _proven(table: FoundTable) -> bool:
    """All rows of table 3 add up to their total, and at least one of them is not all zeros."""
    held, failed = _row_sums(table)
    return table.key == T3 and held > 0 and not failed


def _disproven(table: FoundTable) -> bool:
    """The header names the columns in an order of its own, and no row adds up to its total."""
    held, failed = _row_sums(table)
    return table.key == T3 and not in_order(table.columns) and failed > max(held, _FEW)


def _row_sums(table: FoundTable) -> tuple[int, int]:
    """How many rows of table 3 add up to a total that is not zero, and how many do not."""
    held = failed = 0
    for row in table.rows.values():
        parts = [row[key].value for key in _PARTS if key in row]
        total = row["total"].value if "total" in row else None
        if total is None or len(parts) < len(_PARTS) or None in parts:
            continue
        if sum(part for part in parts if part is not None) != total:
            failed += 1
        else:
            held += total != 0
    return held, failed


def _form(tables: Tables, found: Found) -> str | None:
    """Tell the form by the columns and rows that only one of the national forms has."""
    scores = dict.fromkeys(formats.NATIONAL, 0)
    for key, rows in tables.items():
        columns = {column for row in rows.values() for column in row}
        for form in scores:
            other = next(one for one in formats.NATIONAL if one != form)
            scores[form] += len(columns & (_columns(form, key) - _columns(other, key)))
    newest, older = formats.NATIONAL
    rows = tables.get(T3, {})
    by_rows = newest if any(key.startswith("other_") for key in rows) else None
    if by_rows is None and "other" in rows:
        by_rows = older  # it has one row for 其他处理: the older form's shape
    if all(scores.values()):
        found.issues.append(Issue("mixed_form", f"columns of both forms: {scores}", None))
    if scores[newest] != scores[older]:
        best = max(scores, key=lambda form: scores[form])
        if by_rows and by_rows != best:
            detail = f"table 2 is of {best}, table 3 of {by_rows}"
            found.issues.append(Issue("mixed_form", detail, _place(rows)))
        return best
    if by_rows:
        return by_rows  # only table 3 speaks
    if annex.ANNEX in tables:
        return annex.FORM
    return FORM if LOCAL in tables else None


def _has_local_columns(tables: Tables) -> bool:
    """Tell whether a body added columns or rows that the national forms do not have."""
    return any(column in _local_keys() or key in _local_keys()
               for rows in tables.values() for key, row in rows.items() for column in (*row, key))


@cache
def _local_keys() -> frozenset[str]:
    return frozenset(
        item["key"]
        for form in formats.raw()["formats"] if form["id"] in formats.NATIONAL
        for table in form["tables"] for item in (*table["columns"], *table["rows"])
        if item.get("local")
    )


def _columns(form: str, table: str) -> set[str]:
    spec = formats.forms()[form].tables.get(table)
    return {column.key for column in spec.columns} if spec else set()
