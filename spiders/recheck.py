"""When a list that was seen before need not be paged to its end again.

Page 1 is always asked for, then one page after the other until known rows stand. From there the
list is as it was if its last page is: rows that were added or taken away anywhere before would have
moved its rows. When the last page shows what the number of new rows calls for, the pages between
are vouched for, and are not asked for; when anything is otherwise, all of them are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spiders.tasks import JSON

_BEGIN = 14  # characters of a title; no list cuts earlier
_DIGITS = 8
Mark = tuple[str, str]
"""A row's address, and a mark of the title and the date that it shows."""


@dataclass(frozen=True, slots=True)
class Before:
    """A list as it was when it was last seen whole.

    Attributes:
        rows: All its rows, in printed order.
        pages: How many pages it had.
        last: How many rows stood on its last page.
        settled: Every report that it listed was read. Where one is still to be had, all pages are
            asked for, as its row may stand on any.
    """

    rows: tuple[Mark, ...]
    pages: int
    last: int
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes after a page.

    Attributes:
        ask: Numbers of the pages that are asked for now.
        args: What their tasks are told; ``walk`` or ``proof`` goes on here.
        vouched: Rows on pages that are not asked for, because nothing changed there.
    """

    ask: tuple[int, ...] = ()
    args: Mapping[str, JSON] = field(default_factory=dict)
    vouched: tuple[Mark, ...] = ()


def mark(title: str, date: str | None) -> str:
    """Return what tells whether a row shows what it showed before: eight digits for the begin of
    its title, as lists cut long ones, and its date."""
    begin = "".join(title.split())[:_BEGIN]
    return hashlib.blake2b(begin.encode(), digest_size=_DIGITS // 2).hexdigest() + (date or "")


def _differ(one: str, other: str) -> bool:
    """Tell whether two marks of a row are of different titles or dates. The first row of some
    lists is a headline of its own, cut at another place or without a date."""
    dates = one[_DIGITS:], other[_DIGITS:]
    return one[:_DIGITS] != other[:_DIGITS] or (all(dates) and dates[0] != dates[1])


def changed(before: Before | None, rows: Sequence[Mark]) -> set[str]:
    """Return the addresses of rows whose title or date is another than before."""
    if before is None:
        return set()
    known: dict[str, set[str]] = {}
    for url, shown in before.rows:
        known.setdefault(url, set()).add(shown)
    return {
        url
        for url, shown in rows
        if url in known and all(_differ(shown, other) for other in known[url])
    }


def plan(
    before: Before, rows: Sequence[Mark], number: int, total: int, args: Mapping[str, JSON]
) -> Plan | None:
    """Say which pages of a list are asked for after one of them.

    Args:
        before: The list as it was.
        rows: The rows of this page.
        number: Which page it is, from 1.
        total: How many pages the list has now.
        args: Of the page's task.

    Returns:
        None when this page was asked for without a plan, as all pages of a list are at first.
    """
    if isinstance(proof := _numbers(args.get("proof")), list):
        return _proven(before, rows, number, total, proof)
    walked = [0, 0, len(rows)] if number == 1 else _numbers(args.get("walk"))
    if walked is None:
        return None
    known, new, size = walked
    step = _walk(before.rows, known, rows)
    if step is None or not rows:
        return Plan(tuple(range(number + 1, total + 1)))
    known, new = known + step, new + len(rows) - step
    if number >= total:
        return Plan()
    if rows[-1][0] != (before.rows[known - 1][0] if known else None):
        return Plan((number + 1,), {"walk": [known, new, size]})
    tail = _tail(before, new, total, size)
    if tail is None:
        return Plan(tuple(range(number + 1, total + 1)))
    if number + 1 == total:
        return Plan((total,), {"walk": [known, new, size]})
    return Plan((total,), {"proof": [known, number, tail]})


def _walk(old: Sequence[Mark], known: int, rows: Sequence[Mark]) -> int | None:
    """Return how many rows of a page are the next ones of the old list, in their order; None when
    one of them is missing or stands elsewhere."""
    urls = {url for url, _ in old}
    found = 0
    for url, _ in rows:
        at = known + found
        if at < len(old) and old[at][0] == url:
            found += 1
        elif url in urls:
            return None
    return found


def _tail(before: Before, new: int, total: int, size: int) -> int | None:
    """Return how many rows the last page must show; None when the number of pages says that the
    list is not what it was with the new rows on top."""
    if not new:
        return before.last if total == before.pages else None
    count = len(before.rows) + new
    return count - (total - 1) * size if total == -(-count // size) else None


def _proven(
    before: Before, rows: Sequence[Mark], number: int, total: int, proof: Sequence[int]
) -> Plan:
    known, at, tail = proof
    first = len(before.rows) - tail
    shown = [url for url, _ in rows]
    expected = [url for url, _ in before.rows[first:]] if first >= known else None
    if total == number and shown == expected:
        return Plan(vouched=before.rows[known:first])
    return Plan(tuple(page for page in range(at + 1, total + 1) if page != number))


def _numbers(value: JSON) -> list[int] | None:
    if not isinstance(value, list) or len(value) != 3:
        return None
    numbers = [item for item in value if isinstance(item, int)]
    return numbers if len(numbers) == len(value) else None
