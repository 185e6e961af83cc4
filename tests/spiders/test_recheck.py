"""How a list that was seen before is paged again: what is left out, and what that rests on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.recheck import Before, Mark, changed, mark, plan

EXAMPLES = int(os.environ.get("GOV_REPORTS_EXAMPLES", "150"))
SIZE = 5


def row(number: int) -> Mark:
    return f"http://a.gov.cn/{number}.html", mark(f"{number}", "2024-01-01")


def paged(rows: Sequence[Mark], size: int = SIZE) -> list[Sequence[Mark]]:
    return [rows[at : at + size] for at in range(0, len(rows), size)] or [[]]


def before(rows: Sequence[Mark]) -> Before:
    pages = paged(rows)
    return Before(tuple(rows), len(pages), len(pages[-1]))


@dataclass
class Visit:
    """A list paged by its plan."""

    asked: list[int] = field(default_factory=list)
    seen: list[Mark] = field(default_factory=list)
    vouched: list[Mark] = field(default_factory=list)


def visit(old: Before, rows: Sequence[Mark]) -> Visit:
    pages, found = paged(rows), Visit()
    waiting: list[tuple[int, dict[str, Any]]] = [(1, {})]
    while waiting:
        number, args = waiting.pop(0)
        assert number not in found.asked
        found.asked.append(number)
        found.seen += pages[number - 1]
        made = plan(old, pages[number - 1], number, len(pages), args)
        if made is not None:
            found.vouched += made.vouched
            waiting += [(page, dict(made.args)) for page in made.ask]
    return found


def test_unchanged_list_costs_its_first_and_its_last_page() -> None:
    rows = [row(number) for number in range(23)]
    found = visit(before(rows), rows)
    assert found.asked == [1, 5]
    assert found.seen + found.vouched == rows[:5] + rows[20:] + rows[5:20]


def test_new_rows_are_followed_until_known_ones_stand() -> None:
    old = [row(number) for number in range(23)]
    rows = [row(100 + number) for number in range(7)] + old
    found = visit(before(old), rows)
    assert found.asked == [1, 2, 6]
    assert {*found.seen, *found.vouched} == set(rows)


def test_row_that_is_missing_anywhere_is_missed() -> None:
    old = [row(number) for number in range(23)]
    for gone in range(23):
        rows = old[:gone] + old[gone + 1 :]
        found = visit(before(old), rows)
        assert {*found.seen, *found.vouched} == set(rows), gone


def test_row_that_came_in_among_the_old_ones_is_found() -> None:
    old = [row(number) for number in range(23)]
    for place in range(24):
        rows = [*old[:place], row(99), *old[place:]]
        found = visit(before(old), rows)
        assert {*found.seen, *found.vouched} == set(rows), place


def test_as_many_rows_as_a_page_has_are_missed_too() -> None:
    old = [row(number) for number in range(23)]
    rows = old[:7] + old[7 + SIZE :]
    assert paged(rows)[-1] == paged(old)[-1], "the last page looks as it did"
    found = visit(before(old), rows)
    assert {*found.seen, *found.vouched} == set(rows)


def test_row_that_went_to_the_top_lets_all_be_seen() -> None:
    old = [row(number) for number in range(23)]
    rows = [old[12], *old[:12], *old[13:]]
    found = visit(before(old), rows)
    assert found.asked == [1, 2, 3, 4, 5]


def test_list_that_shrank_to_a_page_or_grew_from_one_is_seen_whole() -> None:
    old = [row(number) for number in range(23)]
    assert visit(before(old), old[:4]).asked == [1]
    found = visit(before(old[:4]), [row(50), row(51), *old[:4]])
    assert (found.asked, found.vouched) == ([1, 2], [])


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.integers(1, 40),
    st.integers(0, 12),
    st.sets(st.integers(0, 39), max_size=6),
    st.lists(st.integers(0, 45), max_size=3, unique=True),
)
def test_what_is_vouched_for_is_true(
    count: int, new: int, gone: set[int], among: list[int]
) -> None:
    """Whatever is added or taken away, what was seen and what is vouched for is the list.

    Only where as many rows came in as were taken away between, a list may look as it did.
    """
    old = [row(number) for number in range(count)]
    rows = [one for number, one in enumerate(old) if number not in gone]
    for number, place in enumerate(among):
        rows.insert(min(place, len(rows)), row(200 + number))
    rows = [row(100 + number) for number in range(new)] + rows
    found = visit(before(old), rows)
    assert len(found.seen) + len(found.vouched) == len(rows)
    if not (gone & set(range(count)) and among):
        assert {*found.seen, *found.vouched} == set(rows)
        assert not set(found.seen) & set(found.vouched)


def test_other_title_or_date_is_a_change() -> None:
    old = before([row(1), row(2)])
    again = (row(2)[0], mark("2", "2024-02-02"))
    assert changed(old, [row(1), again]) == {again[0]}
    assert changed(None, [again]) == set()
    title, url = "襄阳市经济和信息化局2023年政府信息公开工作年度报告", row(1)[0]
    shown = before([(url, mark(title, "2024-01-20"))])
    for same in (mark(f"{title[:18]}…", "2024-01-20"), mark(title, None)):
        assert changed(shown, [(url, same)]) == set(), "the first row may be a headline"
    for other in (mark(title, "2024-01-21"), mark(title.replace("2023", "2024"), None)):
        assert changed(shown, [(url, other)]) == {url}
    assert changed(old, [row(3)]) == set()
