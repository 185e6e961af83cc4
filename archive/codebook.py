"""The codebook: what each variable, column, code and check means, in the archive itself."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

from archive.derived import DERIVED
from archive.variables import english, meanings
from extract import formats

Row = dict[str, str | None]

_COLUMNS = (
    "kind", "name", "label", "label_en", "unit", "table_key", "row_key", "column_key", "formats",
    "years", "comparable", "definition", "note",
)  # fmt: skip
_MONEY = "printed amounts are converted to 万元 when their unit is known, else left out"


def sync(conn: sqlite3.Connection) -> None:
    """Fill the table ``codebook`` when it is not of today's forms; in the caller's transaction.

    Args:
        conn: The connection of an archive open for writing.
    """
    entries = list(_entries())
    today = sha256(json.dumps(entries, ensure_ascii=False).encode("utf-8")).hexdigest()
    found = conn.execute("SELECT value FROM archive_meta WHERE key = 'codebook'").fetchone()
    if found is not None and found[0] == today:
        return
    conn.execute("DELETE FROM codebook")
    conn.executemany(
        f"INSERT INTO codebook ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",
        [[entry.get(name) for name in _COLUMNS] for entry in entries],
    )
    conn.execute("INSERT OR REPLACE INTO archive_meta (key, value) VALUES ('codebook', ?)", [today])


def _entries() -> Iterator[Row]:
    yield from _columns()
    yield from _variables()
    yield from _derived()
    yield from _indicators()
    yield from _enums()
    yield from _missing()
    yield from _checks()


def _columns() -> Iterator[Row]:
    text = (files("archive") / "data" / "columns.tsv").read_text(encoding="utf-8")
    for line in csv.DictReader(text.splitlines(), delimiter="\t"):
        yield {"kind": "column", **line}


def _variables() -> Iterator[Row]:
    for name, item in meanings().items():
        yield {
            "kind": "variable",
            "name": name,
            "label": item.label,
            "label_en": item.label_en,
            "unit": item.unit,
            "table_key": item.variable.table,
            "row_key": item.variable.row,
            "column_key": item.variable.column,
            "formats": json.dumps(sorted(item.forms)),
            "years": _years(item.forms),
            "comparable": _over(item.forms),
            "definition": item.place,
            "note": _MONEY if item.is_money else None,
        }


def _derived() -> Iterator[Row]:
    eras = {_first(form): form for form in formats.forms() if _first(form) is not None}
    for item in DERIVED:
        forms = frozenset(eras[era] for era in item.eras)
        yield {
            "kind": "derived",
            "name": item.name,
            "label": item.label,
            "label_en": item.label_en,
            "unit": item.unit,
            "formats": json.dumps(sorted(forms)),
            "years": _years(forms),
            "comparable": f"{item.comparable}: {_over(forms)}",
            "definition": item.formula,
            "note": item.note or None,
        }


def _indicators() -> Iterator[Row]:
    for item in formats.raw()["narrative_indicators"]:
        yield {
            "kind": "indicator",
            "name": item["key"],
            "label": item["label"],
            "label_en": english(item["label"]),
            "unit": item["unit"],
            "definition": f"read from the text of {item['section']}; see indicators.status, "
            "basis and subject",
        }


def _enums() -> Iterator[Row]:
    for enum, items in formats.raw()["enums"].items():
        for item in items:
            code, meaning = item if isinstance(item, list) else (item, item)
            yield {"kind": "enum", "name": f"{enum}.{code}", "label": meaning, "label_en": meaning}


def _missing() -> Iterator[Row]:
    for item in formats.raw()["missingness"]:
        meaning = item["meaning"]
        yield {"kind": "missing", "name": item["code"], "label": meaning, "label_en": meaning}


def _checks() -> Iterator[Row]:
    for item in formats.raw()["identities"]:
        yield {
            "kind": "check",
            "name": item["id"],
            "label": item["expression"],
            "label_en": item["expression"],
            "definition": item["scope"],
            "note": f"kind {item['kind']}; "
            f"{'printed in the form' if item['official'] else 'implied'}; {item['source']}",
        }


def _first(form: str) -> int | None:
    years = _report_years(form)
    return years[0] if years else None


def _report_years(form: str) -> list[Any]:
    return next(
        (item.get("report_years") or [] for item in formats.raw()["formats"] if item["id"] == form),
        [],
    )


def _years(forms: Iterable[str]) -> str:
    """The report years that the forms were in force, such as ``2019-2020, 2021-``."""
    spans = sorted((_report_years(form) for form in forms), key=lambda span: str(span[:1]))
    return ", ".join(f"{span[0]}-{span[1] or ''}" for span in spans if span)


def _over(forms: Iterable[str]) -> str:
    """With what it may be compared: the same cell of the forms that print it, and of no other."""
    known = [form for form in formats.forms() if form in set(forms)]
    return " and ".join(sorted(known, key=lambda form: _first(form) or 0)) or "nothing else"
