"""The site's words in Chinese and English (``data/site_texts.tsv``)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["zh", "en"]
Words = Callable[[str], str]

COOKIE = "language"


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = (files("archive") / "data" / "site_texts.tsv").read_text(encoding="utf-8")
    return {line["key"]: line for line in csv.DictReader(text.splitlines(), delimiter="\t")}


def chosen(asked: str | None, kept: str | None) -> Language:
    """Return the language of a page: what its address asks for, else what was chosen before."""
    return "en" if (asked or kept) == "en" else "zh"


def words(language: Language) -> Words:
    """Return the function that gives a text of the site by its key."""

    def text(key: str) -> str:
        return _texts()[key][language]

    return text
