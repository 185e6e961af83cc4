"""From the tables found in a document to the tables of each body that reports in it.

A city's page may hold two reports; one report may hold a table twice. A table without a header is
kept only when its own sums prove the form's order of columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extract import formats
from extract.record import Issue, Table, Tables
from extract.tables import annex
from extract.tables.found import Found, FoundTable
from extract.tables.labels import T3
from extract.tables.local import FORM, LOCAL

# A second table 3 with at least so many rows is another body's report, not a stray copy.
_BODY_ROWS = 8
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
        if table.headerless and not _proven(table):
            found.issues.append(Issue("no_header", f"{table.key}: columns not named", None))
            continue
        if table.headerless:
            found.flags.add("TBL_HEADER_MISSING")
        _add(bodies, table, found)
    for body in bodies:
        body.format = _form(body.tables, found)
        _doubt_headings(body.tables.get(T3, {}), found)
    return bodies


def _doubt_headings(rows: Table, found: Found) -> None:
    """Flag numbers beside a group's heading that are not the sum of the group's own rows.

    The form prints none there. Some bodies print subtotals; anything else is a row whose label was
    lost.
    """
    for form in formats.NATIONAL:
        for row in formats.forms()[form].tables[T3].rows:
            leaves = [rows[one.key] for one in formats.forms()[form].tables[T3].rows
                      if one.parent == row.key and one.key in rows]
            if row.key not in rows or not leaves:
                continue
            for column, cell in rows[row.key].items():
                parts = [leaf[column].value or 0 for leaf in leaves if column in leaf]
                if cell.value is not None and cell.value != sum(parts):
                    found.issues.append(Issue("doubtful_row", f"{T3}/{row.key}", cell.at))
                    break


def _add(bodies: list[Body], table: FoundTable, found: Found) -> None:
    if not bodies:
        bodies.append(Body())
    # A repeated table belongs to the body whose copy of it is equal, whichever that is.
    for body in bodies:
        before = body.tables.get(table.key)
        if before is not None and _raws(before) == _raws(table.rows):
            found.issues.append(Issue("duplicate_table", table.key, _place(table.rows)))
            return
    last = bodies[-1]
    if table.key not in last.tables:
        last.tables[table.key] = table.rows
    elif T3 in last.tables and (table.key != T3 or len(table.rows) >= _BODY_ROWS):
        bodies.append(Body({table.key: table.rows}))
    else:
        _merge(last.tables[table.key], table, found)


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


def _raws(rows: Table) -> dict[str, dict[str, str]]:
    return {key: {column: cell.raw for column, cell in row.items()} for key, row in rows.items()}


def _place(rows: Table) -> str | None:
    return next((cell.at for row in rows.values() for cell in row.values()), None)


def _proven(table: FoundTable) -> bool:
    """All rows of table 3 add up to their total, and at least one of them is not all zeros."""
    if table.key != T3:
        return False
    telling = 0
    for row in table.rows.values():
        parts = [row[key].value for key in _PARTS if key in row]
        total = row["total"].value if "total" in row else None
        if total is None or len(parts) < len(_PARTS) or None in parts:
            continue
        if sum(part for part in parts if part is not None) != total:
            return False
        telling += total != 0
    return telling > 0


def _form(tables: Tables, found: Found) -> str | None:
    """Tell the form by the columns and rows that only one of the national forms has."""
    scores = dict.fromkeys(formats.NATIONAL, 0)
    for key, rows in tables.items():
        columns = {column for row in rows.values() for column in row}
        for form in scores:
            other = next(one for one in formats.NATIONAL if one != form)
            scores[form] += len(columns & (_columns(form, key) - _columns(other, key)))
    newest, older = formats.NATIONAL
    if all(scores.values()):
        found.issues.append(Issue("mixed_form", f"columns of both forms: {scores}", None))
    if scores[newest] != scores[older]:
        return max(scores, key=lambda form: scores[form])
    if annex.ANNEX in tables:
        return annex.FORM
    if LOCAL in tables:
        return FORM
    rows = tables.get(T3, {})
    if any(key.startswith("other_") for key in rows):
        return newest
    if "other" in rows:
        # Only table 3 speaks, and it has one row for 其他处理: the older form's shape.
        return older
    return None


def _columns(form: str, table: str) -> set[str]:
    spec = formats.forms()[form].tables.get(table)
    return {column.key for column in spec.columns} if spec else set()
