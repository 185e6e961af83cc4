"""Where the real documents are: beside the repository, or where GOV_REPORTS_CORPUS says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus() -> Path:
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    folder = Path(os.environ.get("GOV_REPORTS_CORPUS") or beside)
    if not folder.is_dir():
        pytest.skip("no corpus beside the repository")
    return folder
