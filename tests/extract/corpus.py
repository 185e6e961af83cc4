"""Where the real documents are: beside the repository, or where GOV_REPORTS_CORPUS says."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(
    os.environ.get("GOV_REPORTS_CORPUS")
    or Path(__file__).parents[2].parent / "shared" / "corpus"
)

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus of real documents here")


def truth(path: Path) -> dict[str, Any]:
    """The hand-made truth beside a document."""
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
