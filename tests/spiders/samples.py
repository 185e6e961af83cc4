"""The sample pages with their golden rows.

A page is NAME.html, its golden record NAME.json beside it. NAME is a leaf's first host, or a
family and a case (``trs-jump``). A golden record is written once, then reviewed by eye::

    python -m tests.spiders.samples NAME URL [FORM]

FORM is the body of a page that was asked for by POST, as what an interface answered.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from spiders import families
from spiders import golden as golden_record
from spiders.page import Page
from spiders.portal import Portal
from spiders.portals import leaves
from spiders.tasks import Post

FOLDER = Path(__file__).parent / "pages"
FAMILIES: dict[str, type[Portal]] = {
    family.__name__.lower(): family for family in (*families.FAMILIES, families.Plain)
}
LEAVES = {leaf.hosts[0]: leaf for leaf in leaves()}


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.html"))


def family(name: str) -> type[Portal]:
    return LEAVES.get(name) or FAMILIES[name.split("-")[0]]


def golden(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def page(name: str, url: str | None = None, form: str | None = None) -> Page:
    record = {"url": url, "form": form} if url else golden(name)
    url, form = record["url"], record.get("form")
    asked = Post(url.partition("#")[0], form) if form else url
    return Page(url.partition("#")[0], (FOLDER / f"{name}.html").read_bytes(), asked=asked)


def seen(name: str, url: str, form: str | None = None) -> dict[str, Any]:
    """Return what the family sees in a page, in the shape of a golden record."""
    if name.endswith("-catalogue"):
        links = family(name).catalogue(page(name, url))
        return {"url": url, "catalogue": [list(link) for link in links]}
    return golden_record.record(family(name), page(name, url, form), url, form)


def html(body: str, url: str = "http://www.ych.gov.cn/xxgk/xxgknb/") -> Page:
    return Page(url, f"<html><head></head><body>{body}</body></html>".encode())


if __name__ == "__main__":
    _, new, address, *body = sys.argv
    text = json.dumps(seen(new, address, *body), ensure_ascii=False, indent=1)
    (FOLDER / f"{new}.json").write_text(f"{text}\n", encoding="utf-8")
