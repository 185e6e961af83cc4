"""The codebook: what each variable, code and check means, in the archive itself."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from typing import Any

from archive.panel_names import VARIABLES
from archive.variables import meanings
from extract import formats

Row = tuple[str | None, ...]

_COLUMNS = (
    "kind, name, label, label_en, unit, table_key, row_key, column_key, formats, note"  # fmt: skip
)


def sync(conn: sqlite3.Connection) -> None:
    """Fill the table ``codebook`` when it is not of today's forms; in the caller's transaction.

    Args:
        conn: The connection of an archive open for writing.
    """
    today = _edition()
    found = conn.execute("SELECT value FROM archive_meta WHERE key = 'codebook'").fetchone()
    if found is not None and found[0] == today:
        return
    conn.execute("DELETE FROM codebook")
    conn.executemany(
        f"INSERT INTO codebook ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*_variables(), *_enums(), *_missing(), *_checks()],
    )
    conn.execute("INSERT OR REPLACE INTO archive_meta (key, value) VALUES ('codebook', ?)", [today])


def _edition() -> str:
    seen = json.dumps([formats.raw(), [item.name for item in VARIABLES]], ensure_ascii=False)
    return sha256(seen.encode("utf-8")).hexdigest()


def _variables() -> list[Row]:
    return [
        (
            "variable",
            name,
            item.label,
            item.label_en,
            item.unit,
            item.variable.table,
            item.variable.row,
            item.variable.column,
            json.dumps(sorted(item.forms)),
            "printed amounts are converted to 万元 when their unit is known"
            if item.is_money
            else None,
        )
        for name, item in meanings().items()
    ]


def _enums() -> list[Row]:
    return [
        ("enum", f"{enum}.{code}", meaning, *[None] * 7)
        for enum, items in formats.raw()["enums"].items()
        for code, meaning in (_pair(item) for item in items)
    ]


def _pair(item: Any) -> tuple[str, str]:
    return (item[0], item[1]) if isinstance(item, list) else (item, item)


def _missing() -> list[Row]:
    return [
        ("missing", item["code"], item["meaning"], *[None] * 7)
        for item in formats.raw()["missingness"]
    ]


def _checks() -> list[Row]:
    return [
        (
            "check",
            item["id"],
            item["expression"],
            *[None] * 6,
            f"kind {item['kind']}; {'printed in the form' if item['official'] else 'implied'}; "
            f"{item['source']}",
        )
        for item in formats.raw()["identities"]
    ]
