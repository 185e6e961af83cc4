"""The sample pages with their golden rows.

A page is NAME.html, its golden record NAME.json beside it. NAME is a leaf's first host, or a
family and a case (``trs-jump``). A golden record is written once, then reviewed by eye::

    python -m tests.spiders.samples NAME URL
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from spiders.families.trs import Trs
from spiders.families.ucap import Ucap
from spiders.page import Page
from spiders.portal import Portal
from spiders.portals import leaves

FOLDER = Path(__file__).parent / "pages"
FAMILIES: dict[str, type[Portal]] = {"trs": Trs, "ucap": Ucap}
LEAVES = {leaf.hosts[0]: leaf for leaf in leaves()}


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.html"))


def family(name: str) -> type[Portal]:
    return LEAVES.get(name) or FAMILIES[name.split("-")[0]]


def golden(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def page(name: str, url: str | None = None) -> Page:
    return Page(url or golden(name)["url"], (FOLDER / f"{name}.html").read_bytes())


def seen(name: str, url: str) -> dict[str, Any]:
    """Return what the family sees in a page, in the shape of a golden record."""
    if name.endswith("-catalogue"):
        links = family(name).catalogue(page(name, url))
        return {"url": url, "catalogue": [list(link) for link in links]}
    found = family(name).look(page(name, url))
    return {
        "url": url,
        "rows": [[row.url, row.title, row.date] for row in found.rows],
        "pages": list(found.pages),
        "total": found.total,
        "sublists": [list(link) for link in found.sublists],
        "is_article": found.is_article,
        "notes": list(found.notes),
    }


def html(body: str, url: str = "http://www.ych.gov.cn/xxgk/xxgknb/") -> Page:
    return Page(url, f"<html><head></head><body>{body}</body></html>".encode())


if __name__ == "__main__":
    _, new, address = sys.argv
    text = json.dumps(seen(new, address), ensure_ascii=False, indent=1)
    (FOLDER / f"{new}.json").write_text(f"{text}\n", encoding="utf-8")
