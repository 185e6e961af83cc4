"""The hand-made truth beside the real documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def truth(path: Path) -> dict[str, Any]:
    """The truth of one document of the corpus."""
    data: dict[str, Any] = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
    return data


def cells(tables: dict[str, dict[str, dict[str, str | None]]]) -> dict[str, str | None]:
    """Truth tables as ``table/row/column`` → text (None: a blank cell)."""
    return {
        f"{table}/{row}/{column}": text
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, text in columns.items()
    }
