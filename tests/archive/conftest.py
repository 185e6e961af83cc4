from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.db import Archive
from tests.archive.world import open_archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "sandbox.db") as opened:
        yield opened
