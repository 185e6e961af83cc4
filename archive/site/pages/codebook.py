"""The codebook as a page."""

from __future__ import annotations

import sqlite3
from typing import Any

from archive.site.language import Language

KINDS = ("column", "variable", "derived", "indicator", "check", "missing")


def codebook(conn: sqlite3.Connection, language: Language) -> dict[str, Any]:
    """Return what the codebook's page shows: its entries by kind, in the order of the panel."""
    label = "label" if language == "zh" else "coalesce(label_en, label)"
    order = {
        row[1]: row[0] for row in conn.execute("PRAGMA table_xinfo(panel)")
    }  # generated columns included
    entries: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    cursor = conn.execute(
        f"""SELECT kind, name, {label} AS label, unit, years, comparable, definition, note
        FROM codebook"""
    )
    names = [column[0] for column in cursor.description]
    for row in cursor:
        entry = dict(zip(names, row, strict=True))
        if entry["kind"] in entries:
            entries[entry["kind"]].append(entry)
    for found in entries.values():
        found.sort(key=lambda entry: (order.get(entry["name"], 0), entry["name"]))
    return {"entries": entries}
