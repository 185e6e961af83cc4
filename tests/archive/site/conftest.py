from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.archive.site import country


@dataclass(frozen=True)
class Built:
    path: Path
    keys: dict[str, str]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    path = tmp_path_factory.mktemp("site") / "sandbox.db"
    yield Built(path, country.build(path))
