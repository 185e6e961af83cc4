"""These tests read and make PDFs: without the extras ``files`` and ``makers`` there is nothing."""

from importlib.util import find_spec

if not all(map(find_spec, ("pdfplumber", "reportlab"))):
    collect_ignore_glob = ["test_*.py"]
