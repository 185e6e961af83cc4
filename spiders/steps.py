"""Pagers that are no file with a counter: queries, folders, and two that count down.

::

    ?page=2  ?PAGENUM=2&totalpage=9  ?a1t=9&a1p=2&a1c=15   the list's own address, asked again
    zfxxgknb/8.htm … zfxxgknb/1.htm                        VSB: the page behind the first has the
                                                           highest number
    index_2603340_24.html … index_2603340_1.html           SASAC: the same, maxPageNum in a script
    list/2.html  list-2.html  p2.html                      a number in the file

What the page links as 下一页, 尾页, 2, 3 gives the pattern; what it prints (共9页, 1/9) the end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.page import Page, directory
from spiders.paging import MAX_PAGES

_NEXT = re.compile(r"[\[【<>«»\s]*(?:下一?页|后一?页|next|>{1,2}|»)[\]】<>«»\s]*", re.I)
_LAST = re.compile(r"[\[【\s]*(?:尾页|末页|最后一?页|last)[\]】\s]*", re.I)
_NUMBER = re.compile(r"[\[【\s]*第?\s*(\d{1,4})\s*页?[\]】\s]*")
_OF = re.compile(
    r"共\s*(\d{1,4})\s*页"
    r"|(?<![\d/.-])第?\s*(\d{1,4})\s*页?\s*/\s*共?\s*(\d{1,4})\s*页?(?![\d/.-])"
)
_FIELD = re.compile(
    r"(?:\w{1,8}_)?(?:cur(?:r(?:ent)?)?|now|c)?_?page_?(?:num(?:ber)?|no|index|now|id|d)?|pn|p|pg"
    r"|a\w*\d+p",
    re.I,
)
_TOTALS = re.compile(r"totalpages?|page_?count|a\w*\d+t", re.I)
_TAIL = re.compile(r"(?P<head>.*?[/_\-p])(?P<number>\d{1,4})(?P<tail>(?:\.\w{2,6})?)")
_REVERSED = re.compile(r"\bmaxPageNum(\w*?)\s*=\s*[\"']?(\d{1,4})")
_UNIT = re.compile(r"index_(\d+)_(?:\d+\.s?html?|[\"'])")
_FOLLOWING, _FINAL = 0, -1


@dataclass(frozen=True, slots=True)
class Further:
    """The other pages of a list.

    Attributes:
        urls: Page 2 and on, in order.
        total: Number of pages.
        number: Which page this is, from 1.
    """

    urls: tuple[str, ...]
    total: int
    number: int


def further(page: Page) -> Further | None:
    """Return the other pages of a list, or None when the page shows no pager of these kinds."""
    return _reversed(page) or _linked(page)


def printed_pages(page: Page) -> int:
    """Return the number of pages that a page prints (共9页, 1/9), 0 when it prints none."""
    for said in _OF.finditer(page.visible_text):
        if said[1] or int(said[2]) <= int(said[3]):
            return int(said[1] or said[3])
    return 0


def _reversed(page: Page) -> Further | None:
    for script in page.scripts:
        said = _REVERSED.search(script)
        unit = _UNIT.search(page.text)
        if not said or not (unit or said[1].isdigit()):
            continue
        total, number = int(said[2]), unit[1] if unit else said[1]
        last = min(total, MAX_PAGES)
        here = re.search(rf"index_{number}_(\d+)\.", page.url)
        ending = re.search(r"\.(s?html?)$", urlsplit(page.url).path)
        file = f"index_{number}_{{}}.{ending[1] if ending else 'html'}"
        urls = tuple(page.urljoin(file.format(total - k + 1)) for k in range(2, last + 1))
        return Further(urls, total, total - int(here[1]) + 1 if here else 1)
    return None


@dataclass(frozen=True, slots=True)
class _Step:
    """A link of a pager: the number it says (or 下一页, 尾页), and where it leads."""

    said: int
    url: str


def _steps(page: Page) -> Iterator[_Step]:
    for anchor in page.selector.xpath("//a[@href]"):
        url = page.urljoin(anchor.attrib["href"])
        text = " ".join(str(anchor.xpath("string()").get("")).split()) or anchor.attrib.get("title")
        if not url or not text or urlsplit(url).netloc != urlsplit(page.url).netloc:
            continue
        if number := _NUMBER.fullmatch(text):
            yield _Step(int(number[1]), url)
        elif _NEXT.fullmatch(text):
            yield _Step(_FOLLOWING, url)
        elif _LAST.fullmatch(text):
            yield _Step(_FINAL, url)


def _linked(page: Page) -> Further | None:
    steps = list(_steps(page))
    for counter in (_query(page, steps), _path(page, steps)):
        if counter is not None:
            return _read(page, steps, counter)
    return None


@dataclass(frozen=True, slots=True)
class _Counter:
    """Where the number of a page stands in its address.

    Attributes:
        read: The number in an address, None when it is not of this list.
        write: The address with another number.
    """

    read: Callable[[str], int | None]
    write: Callable[[int], str]


def _query(page: Page, steps: list[_Step]) -> _Counter | None:
    """Return the counter of a list whose own address is asked again with another number."""
    here = urlsplit(page.url)
    own = _fields(page.url)
    for step in steps:
        parts, fields = urlsplit(step.url), _fields(step.url)
        names = [
            name
            for name, value in fields.items()
            if _FIELD.fullmatch(name) and value.isdigit() and own.get(name) != value
        ]
        if parts.path == here.path and step.said != 1 and names:
            return _asked(step.url, parts.path, names[0])
    return None


def _asked(url: str, path: str, name: str) -> _Counter:
    def read(other: str) -> int | None:
        value = _fields(other).get(name, "")
        return int(value) if urlsplit(other).path == path and value.isdigit() else None

    def write(number: int) -> str:
        query = urlencode(_fields(url) | {name: str(number)})
        return urlsplit(url)._replace(query=query).geturl()

    return _Counter(read, write)


def _fields(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def _path(page: Page, steps: list[_Step]) -> _Counter | None:
    """Return the counter of a list whose pages are files with a number, in its own folder or in
    one of its name."""
    stem = re.sub(r"(?:/index)?(?:\.\w{2,6})?$", "", urlsplit(page.url).path)
    groups = Counter(
        (tail["head"], tail["tail"])
        for step in steps
        if step.said != 1 and (tail := _TAIL.fullmatch(urlsplit(step.url).path))
    )
    for (head, ending), _ in groups.most_common():
        if (
            head.startswith(stem)
            or directory(page.url).startswith(directory(head))
            and (head.count("/") >= page.directory.count("/"))
        ):
            return _counted(page, head, ending)
    return None


def _counted(page: Page, head: str, ending: str) -> _Counter:
    file = re.compile(rf"{re.escape(head)}(\d{{1,4}}){re.escape(ending)}")

    def read(other: str) -> int | None:
        hit = file.fullmatch(urlsplit(other).path)
        return int(hit[1]) if hit else None

    def write(number: int) -> str:
        return page.urljoin(f"{head}{number}{ending}")

    return _Counter(read, write)


def _read(page: Page, steps: list[_Step], counter: _Counter) -> Further:
    values = [(step.said, value) for step in steps if (value := counter.read(step.url)) is not None]
    fields = [f for step in steps for f in _fields(step.url).items() if _TOTALS.fullmatch(f[0])]
    printed = max(
        printed_pages(page),
        *(int(value) for _, value in fields if value.isdigit() and len(value) < 5),
        0,
    )
    here = counter.read(page.url)
    if down := _counts_down(values, here, printed):
        total, number = down
        numbers = range(total - 1, max(total - MAX_PAGES, 0), -1)
    else:
        shift = _shift(values, here)
        number = here - shift if here is not None else 1
        highest = max((value - shift for said, value in values), default=1)
        total = max(printed, highest, number)
        numbers = range(2 + shift, min(total, MAX_PAGES) + shift + 1)
    return Further(tuple(counter.write(value) for value in numbers), total, max(number, 1))


def _shift(values: list[tuple[int, int]], here: int | None) -> int:
    """Return what is added to the number of a page to give its counter: 0, or -1 where the second
    page is number 1."""
    shifts = Counter(value - said for said, value in values if said > 1)
    if shifts:
        return shifts.most_common(1)[0][0]
    following = next((value for said, value in values if said == _FOLLOWING), None)
    if here is None and following is not None:
        return following - 2
    return 0


def _counts_down(
    values: list[tuple[int, int]], here: int | None, printed: int
) -> tuple[int, int] | None:
    """Return (pages, which page this is) when later pages have lower numbers, else None."""
    sums = {value + said - 1 for said, value in values if said > 1}
    shifts = {value - said for said, value in values if said > 1}
    last = next((value for said, value in values if said == _FINAL), None)
    following = next((value for said, value in values if said == _FOLLOWING), None)
    falls = following is not None and (
        (last is not None and last < following) or (here is not None and following < here)
    )
    if len(sums) == 1 and len(shifts) > 1:
        total = max(sums.pop(), printed)
    elif falls and following is not None:
        total = max(printed, (here if here is not None else following + 1))
    else:
        return None
    return total, total - here + 1 if here is not None else 1
