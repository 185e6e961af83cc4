"""Where the real documents are: beside the repository, or where GOV_REPORTS_CORPUS says."""

from __future__ import annotations

import os
from pathlib import Path

_BESIDE = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"

CORPUS = Path(os.environ.get("GOV_REPORTS_CORPUS") or _BESIDE)
"""The folder of the corpus; it may not be there, and then its tests are skipped."""
