"""What the tests of the reader share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus import CORPUS


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("no corpus beside the repository")
    return CORPUS
