"""Which reports of a world stand as files or pictures, of what kind, and how their pages hide them.

A share of the reports that stand on one page each is dressed so; the others stay pages. The same
seed gives the same guises, and every combination of the lists below comes before one comes again.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from itertools import cycle
from random import Random

from crawler.sandbox.dice import dice
from crawler.sandbox.figures import Figures
from crawler.sandbox.files.hiding import WAYS
from crawler.sandbox.files.hostile import FILES
from crawler.sandbox.files.printed import Maker
from crawler.sandbox.model import Post, Report
from crawler.sandbox.twins import twin_of

KINDS = {
    "docx": ("docx", "make", "docx"),
    "xlsx": ("xlsx", "make", "xlsx"),
    "xls": ("xls", "make", "xls"),
    "doc": ("doc", "make", "doc"),
    "rtf": ("doc", "make_rtf", "rtf"),
    "pdf": ("pdf_reportlab", "make", "pdf"),
    "pdf_chromium": ("pdf_chromium", "make", "pdf"),
    "pdf_libreoffice": ("pdf_libreoffice", "make", "pdf"),
    "ofd": ("ofd", "make", "ofd"),
    "zip": ("zip_file", "make", "zip"),
    "picture": ("picture", "make", "jpg"),
}
"""Kinds of files by name: the module that makes them, its function, and the ending."""

QUICK = ("docx", "xlsx", "pdf", "ofd", "zip")
"""Kinds that Python makes and reads in tenths of a second."""

_OFFICE, _CHROME = ("soffice", "libreoffice"), ("chromium", "chromium-browser", "google-chrome")
_PROGRAMS = {"doc": _OFFICE, "rtf": _OFFICE, "pdf_libreoffice": _OFFICE, "pdf_chromium": _CHROME}
_TWINS = (("pdf", "ofd"), ("docx",), ("pdf",), ("ofd",))
_EVERY = 2  # of so many reports one is dressed


@dataclass(frozen=True)
class File:
    """A file beside a page.

    Attributes:
        kind: A key of ``KINDS``, or of ``hostile.FILES``.
        way: How its page leads to it: a key of ``hiding.WAYS``.
        path: Its address on the site, with its query.
    """

    kind: str
    way: str
    path: str


@dataclass(frozen=True)
class Guise:
    """How a report stands.

    Attributes:
        form: ``file`` (the page has a link and nothing else), ``picture`` (the page shows it),
            ``twin`` (page and files say the same), ``disagreeing`` (one digit differs), ``split``
            (the page has the words, the file the tables), ``hostile`` (the file cannot be read).
        files: Its files.
    """

    form: str
    files: tuple[File, ...]


def kinds_of(said: str) -> tuple[str, ...]:
    """Return the kinds that the setting SANDBOX_FILES names.

    Args:
        said: ``true`` or ``all`` for every kind, ``quick`` for those of ``QUICK``, ``false`` or
            nothing for none, else kinds with commas between.

    Raises:
        ValueError: There is no such kind, or what makes it is not installed.
    """
    word = said.strip().lower()
    if word in ("", "0", "false", "no", "none"):
        return ()
    if word in ("1", "true", "yes", "all"):
        return _made_here(kind for kind in KINDS if not _lacking(kind))
    if word == "quick":
        return _made_here(QUICK)
    kinds = tuple(filter(None, (part.strip() for part in word.split(","))))
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(
                f"there is no kind of file {kind!r}; there are {', '.join(KINDS)}, quick and all"
            )
        if lacking := _lacking(kind):
            raise ValueError(f"files of the kind {kind} are made by {lacking}: install it")
    return _made_here(kinds)


def _lacking(kind: str) -> str:
    """Return the program that makes a kind of file and is not installed; else nothing."""
    names = _PROGRAMS.get(kind, ())
    return "" if not names or any(map(shutil.which, names)) else names[0]


def _made_here(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds, after importing what makes them: better now than in the middle."""
    found = tuple(kinds)
    for kind in found:
        try:
            maker(kind)
        except ModuleNotFoundError as error:
            raise ValueError(
                f"{error.name} makes files and is not installed: pip install 'gov-reports[makers]'"
            ) from None
    return found


def dress(seed: int, reports: Sequence[Report], kinds: Sequence[str]) -> dict[Post, Guise]:
    """Return the pages that show their report otherwise than as a page, and how.

    Args:
        seed: The world's seed.
        reports: Its reports, with their addresses.
        kinds: Kinds of files to use.
    """
    if not kinds:
        return {}
    chance = dice(seed, "guises")
    forms = _forms(kinds, chance)
    fit = [report.posts[0] for report in reports if _is_fit(report)]
    chosen = fit[chance.randrange(_EVERY) :: _EVERY]
    return {post: _guise(post, *next(forms)) for post in chosen}


def _is_fit(report: Report) -> bool:
    post = report.posts[0]
    column = post.column
    return not (
        len(report.posts) > 1
        or column.single
        or twin_of(column.site).reports_only
        or post.is_spelt
        or post.enclosed
        or post.encoding != "utf-8"
        or "?" in post.path
        or post.path.endswith("/")
    )


def _forms(kinds: Sequence[str], chance: Random) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(form, kinds, way), for ever."""
    names = [name for name in WAYS if name != "picture"]
    ways = cycle(chance.sample(names, k=len(names)))
    plain = [kind for kind in kinds if kind != "picture"]
    hostile = cycle(FILES)
    while True:
        found: list[tuple[str, tuple[str, ...]]] = [("file", (kind,)) for kind in plain]
        found += [("twin", pair) for pair in _TWINS if set(pair) <= set(kinds)]
        found += [("disagreeing", (kind,)) for kind in plain[:2]]
        found += [("split", (kind,)) for kind in ("xlsx", "docx") if kind in kinds]
        found += [("hostile", (next(hostile),)) for _ in range(2)]
        if "picture" in kinds:
            found += [("picture", ("picture",))] * 2
        for form, used in chance.sample(found, k=len(found)):
            yield form, used, next(ways)


def _guise(post: Post, form: str, kinds: tuple[str, ...], way: str) -> Guise:
    """A page whose CMS hides it in a script can lead to files from its body only."""
    if form == "picture":
        way = "picture"
    elif post.column.site.family not in ("trs", "ucap", "vsb", "dated", "plain"):
        way = "body"
    folder = post.path[: post.path.rindex("/") + 1]
    stem = post.path.rsplit("/", 1)[1].rpartition(".")[0][-12:]
    files = []
    for number, kind in enumerate(kinds, start=1):
        ending = FILES[kind][0] if form == "hostile" else KINDS[kind][2]
        name = f"P0{post.posted:%Y%m%d}{stem}{number}.{ending}"
        files.append(File(kind, way, WAYS[way].place(folder, name)))
    return Guise(form, tuple(files))


def altered(shown: Figures) -> tuple[Figures, tuple[str, str, str]]:
    """Return figures with one digit changed that no sum holds, and the place of the change."""
    tables = copy.deepcopy(shown.tables)
    cell = tables["t2_art20_6"]["penalty"]
    cell["decisions"] = str(int(cell["decisions"] or 0) + 1)
    return replace(shown, tables=tables), ("t2_art20_6", "penalty", "decisions")


@cache
def maker(kind: str) -> Maker:
    """Return what makes a kind of file; its package is imported now."""
    module, function, _ = KINDS[kind]
    made: Maker = getattr(import_module(f"crawler.sandbox.files.{module}"), function)
    return made
