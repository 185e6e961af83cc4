"""The annex of 2014 to 2018 (国办发〔2014〕32号): an indicator table with rows of its own.

Its rows are known by their labels alone; where two labels are alike (被依法纠错数 under review and
under litigation) the order of the form decides. A place's additions stay in the local table, and a
table that matches too little of the annex stays local as a whole.
"""

from __future__ import annotations

import re
from functools import cache

from extract import formats
from extract.record import Row, Table
from extract.tables.labels import normal, split_ordinal

FORM = "gbf_2014_32"
ANNEX = "t_stat_2014"
# A local form shares a few words with the annex; the annex has 58 rows with values.
_ENOUGH_ROWS = 15
_ENOUGH_SHARE = 0.6
_PART = re.compile(r"^(?:其中|其他|另)?[:、]|^其中:?")
_REMARK = re.compile(r"\([^()]*\)$")


def split(rows: Table) -> tuple[Table, Table]:
    """Divide the rows of an indicator table.

    Args:
        rows: The rows as printed, keys r001, r002 … in document order.

    Returns:
        The rows of the annex under its keys, and the others under theirs; the first is empty
        when the table is not the annex.
    """
    annex: Table = {}
    local: Table = {}
    after = -1
    for key, row in rows.items():
        found = _find(_label(row), after)
        if found is None or found[0] in annex:
            local[key] = row
            continue
        name, after = found
        annex[name] = row
    if len(annex) < _ENOUGH_ROWS or len(annex) < _ENOUGH_SHARE * len(rows):
        return {}, rows
    return annex, local


def _label(row: Row) -> str:
    return next((cell.row_label for cell in row.values()), "")


def _find(label: str, after: int) -> tuple[str, int] | None:
    """The annex's row of that label, the next one behind the last row where two are alike."""
    for body in _bodies(label):
        places = _index().get(body, ())
        if len(places) == 1 or (places and places[-1][1] > after):
            return next((one for one in places if one[1] > after), places[0])
    return None


def _bodies(label: str) -> list[str]:
    body = _PART.sub("", split_ordinal(_PART.sub("", normal(label)))[1])
    bare = _REMARK.sub("", body)
    return [body] if bare == body else [body, bare]


@cache
def _index() -> dict[str, tuple[tuple[str, int], ...]]:
    index: dict[str, list[tuple[str, int]]] = {}
    for row in formats.forms()[FORM].tables[ANNEX].rows:
        for label in row.labels:
            for body in _bodies(label):
                place = (row.key, row.position)
                if place not in index.setdefault(body, []):
                    index[body].append(place)
    return {body: tuple(sorted(places, key=lambda one: one[1])) for body, places in index.items()}
