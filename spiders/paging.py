"""The pages of a list, from the call that draws its pager.

TRS and UCAP draw pagers with functions of one name and other arguments::

    createPageHTML(9, 0, "index", "shtml")                    TRS, files index_1 … index_8
    createPageHTML(9, 0, "index", "shtml", "black", 174)      TRS with six arguments
    createPageHTML('page_div', 9, 1, 'list', 'shtml', 174)    UCAP, files list_2 … list_9

Neither the name nor the quotes decide. The two whole numbers before the file name are the number
of pages and the counter of this page; the counter is also the number in this page's file name, so
the counter of the first page (0 or 1) tells how the rest is numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from spiders.page import Page

MAX_PAGES = 500
"""No column is paged further: a larger number is a mistake of the page, or of ours."""

PAGES_AHEAD = 40
"""So many pages of a list are asked for before one of them must have had rows."""

_MOST_CALLS = 20  # in one script; what it says further on is no pager
_LINE = 1000  # characters before a call that may tell it is none
_CALL = re.compile(r"(?<![\w$])createPage(?:HTML)?\s*\(")
_DECLARED = re.compile(r"(?:function\s+|//[^\n]*)$")
_ARGUMENT = re.compile(
    r"""\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|([^,()'"\n]*?))\s*([,)])"""
)
_VARIABLE = r"""\b{}\s*=\s*(?:parseInt\()?\s*["']?([\w./-]+)["']?"""
_FILE = re.compile(r"[\w./-]*\w")
_EXTENSION = re.compile(r"\.?([a-z]{2,5})", re.I)
_NUMBERED = re.compile(
    r"(?!t\d{5})(?P<stem>[A-Za-z][\w-]*?)_(?P<number>\d{1,4})\.(?P<ext>s?html?|jsp)"
)
_STEP = re.compile(
    r"[\[【«»<>\s]*(?:[上下前后]一?页|[首尾末]页|最后一?页|第?\d{1,4}页?|>{1,2})[\]】<>\s]*"
)
_OF = re.compile(r"共\s*(\d{1,4})\s*页")


@dataclass(frozen=True, slots=True)
class Pager:
    """How a list is paged.

    Attributes:
        total: Number of pages.
        number: Which page this is, from 1.
        first: The counter of the first page: 0, so that page 2 is ``index_1``; or 1, so that
            page 2 is ``list_2``.
        prefix: File name up to the counter.
        extension: Without the dot.
        shift: By how much the page's own counter is ahead of the number in its file name: other
            than 0, the files are numbered from another counter than the call says.
    """

    total: int
    number: int
    first: int
    prefix: str
    extension: str
    shift: int = 0

    def file(self, page: int) -> str:
        """Return the file of a page, relative to the list's directory; pages count from 1."""
        counter = f"_{page - 1 + self.first}" if page > 1 else ""
        return f"{self.prefix}{counter}.{self.extension}"


def pager(page: Page, first: int) -> Pager | None:
    """Return how the list in a page is paged, or None when it does not say.

    Args:
        page: Any page of the list.
        first: The family's habit (0 or 1), used where the page leaves it open.
    """
    return _from_call(page) or _from_variables(page) or _from_links(page, first)


def pages(page: Page, pager: Pager) -> tuple[str, ...]:
    """Return the URLs of page 2 and on, at most ``MAX_PAGES`` - 1, in order."""
    last = min(pager.total, MAX_PAGES)
    return tuple(page.urljoin(pager.file(number)) for number in range(2, last + 1))


def _from_call(page: Page) -> Pager | None:
    for script in page.scripts:
        for found in islice(_CALL.finditer(script), _MOST_CALLS):
            if _DECLARED.search(script, max(0, found.start() - _LINE), found.start()):
                continue
            read = _shape(_arguments(script, found.end()), page.url)
            if read is not None:
                return read
    return None


def _arguments(script: str, start: int) -> list[str]:
    """Return the arguments of a call as text, quotes taken off, variables looked up."""
    values: list[str] = []
    while match := _ARGUMENT.match(script, start):
        double, single, bare, end = match.groups()
        values.append(_value(script, bare) if bare is not None else double or single or "")
        if end == ")":
            return values
        start = match.end()
    return []


def _value(script: str, bare: str) -> str:
    if not re.fullmatch(r"[A-Za-z_$][\w$]*", bare):
        return bare
    assigned = re.findall(_VARIABLE.format(re.escape(bare)), script)
    return assigned[-1] if assigned else bare


def _shape(values: list[str], url: str) -> Pager | None:
    for at in range(len(values) - 2):
        total, counter, prefix = values[at : at + 3]
        if not (_is_number(total) and _is_number(counter)):
            continue
        if _is_number(prefix) or not _FILE.fullmatch(prefix):
            continue
        extension = _EXTENSION.fullmatch(values[at + 3]) if len(values) > at + 3 else None
        ending = extension[1] if extension else _ending(url)
        first = _first_counter(url, prefix, int(counter), has_container=at > 0)
        here = re.search(r"_(\d{1,6})\.\w+$", urlsplit(url).path)
        shift = int(counter) - int(here[1]) if here else 0
        return Pager(int(total), max(int(counter) - first + 1, 1), first, prefix, ending, shift)
    return None


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,6}", text))


def _first_counter(url: str, prefix: str, counter: int, *, has_container: bool) -> int:
    if counter == 0:
        return 0
    file = urlsplit(url).path.rsplit("/", 1)[-1]
    is_first_page = not file or file.rsplit(".", 1)[0] == prefix.rsplit("/", 1)[-1]
    return 1 if has_container or (is_first_page and counter == 1) else 0


def _ending(url: str) -> str:
    file = urlsplit(url).path.rsplit("/", 1)[-1]
    return file.rsplit(".", 1)[1] if "." in file else "html"


def _from_variables(page: Page) -> Pager | None:
    """Read the older TRS template, which draws its pager in place (``//wcm分页``)."""
    for script in page.scripts:
        total = re.search(r"\bcountPage\s*=\s*(\d{1,6})\b", script)
        counter = re.search(r"\bcurrentPage\s*=\s*(\d{1,6})\b", script)
        ending = re.search(r"""["'.](s?html?)\\?["']""", script)
        if total and counter and ending:
            return Pager(int(total[1]), int(counter[1]) + 1, 0, "index", ending[1])
    return None


def _from_links(page: Page, first: int) -> Pager | None:
    """Read a pager that stands in the page as links (下一页, 尾页, 2, 3)."""
    seen = list(_step_links(page))
    if not seen:
        return None
    stem, ending, _ = seen[0]
    here = _NUMBERED.fullmatch(urlsplit(page.url).path.rsplit("/", 1)[-1])
    own = [int(here["number"])] if here and here["stem"] == stem else []
    same = [number for name, ext, number in seen if (name, ext) == (stem, ending)]
    highest = max(own + same)
    said = _OF.search(page.visible_text)
    total = int(said[1]) if said else 0
    if total == highest:
        first = 1
    elif total == highest + 1:
        first = 0
    number = int(here["number"]) - first + 1 if here else 1
    return Pager(max(total, highest - first + 1, number), number, first, stem, ending)


def _step_links(page: Page) -> Iterator[tuple[str, str, int]]:
    for anchor in page.selector.xpath("//a[@href]"):
        url = page.urljoin(anchor.attrib["href"])
        path, _, file = urlsplit(url).path.rpartition("/")
        numbered = _NUMBERED.fullmatch(file)
        in_place = urlsplit(url).netloc == urlsplit(page.url).netloc and (
            f"{path}/" == page.directory
        )
        if numbered and in_place and _STEP.fullmatch(str(anchor.xpath("string()").get(""))):
            yield numbered["stem"], numbered["ext"], int(numbered["number"])
