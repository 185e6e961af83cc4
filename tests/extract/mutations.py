"""Reports of known truth, mutated, read and judged: right, refused, flagged, or silently wrong.

A layout (``layouts``) or a printing (``printing``) loses nothing, so all of it must be read. A
damage (``damages``) makes some of it unreadable or ambiguous: then each cell must come out right,
or refused, or with a flag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from lxml import html
from lxml.html import HtmlElement

from extract.read import read
from extract.record import Cell, Record, Source, cells
from extract.tables.number import read_number
from tests.extract.damages import DAMAGES
from tests.extract.layouts import LAYOUTS, clashes, twice
from tests.extract.marked import Mutation, is_value, path, text_of, truth
from tests.extract.printing import PRINTINGS, WRITINGS
from tests.extract.sources import Report

__all__ = ["DAMAGES", "LAYOUTS", "PRINTINGS", "WRITINGS", "Outcome", "Page", "clashes", "judge",
           "marked_places", "mutate", "reading",
           "unaccounted"]

# A place in loose text keeps the invisible signs around a number; a cell of a grid does not.
_BLANKS = "\u200b\ufeff\xa0\u3000"
FRAME = (
    '<html><head><meta charset="utf-8"><title>襄樊市水利局2024年政府信息公开工作年度报告</title>'
    "</head><body><h1>襄樊市水利局2024年政府信息公开工作年度报告</h1>"
    "<div class='TRS_UEDITOR'>{}</div></body></html>"
)


@dataclass(frozen=True)
class Page:
    """A mutated page, what its value cells print (path → texts), and what they printed before."""

    data: bytes
    truth: dict[str, set[str]]
    before: dict[str, str]


@dataclass
class Outcome:
    """What became of the cells of one page; ``silent`` must stay empty."""

    counts: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def mutate(
    report: Report,
    mutations: Sequence[Mutation],
    seed: int,
    writing: Callable[[str], str] | None = None,
) -> Page:
    """Apply mutations one after the other, the same for a seed."""
    root = html.fromstring(report.markup)
    chance = Random(seed)
    for mutation in sorted(mutations, key=lambda one: one is twice):  # a copy is made last
        mutation(root, chance)
    told = truth(root)
    before = {f"{table}/{row}/{column}": text for table, rows in report.values.items()
              for row, columns in rows.items() for column, text in columns.items()}
    markup = html.tostring(root, encoding="unicode")
    return Page(FRAME.format(writing(markup) if writing else markup).encode(), told, before)


def reading(data: bytes) -> list[Record]:
    """Read a page as the crawler does."""
    return read(data, Source())


def judge(records: Sequence[Record], page: Page) -> Outcome:
    """Sort every cell of the truth and every cell that was read.

    Returns:
        ``counts`` of ``right`` (the text that the page prints there), ``unchanged`` (its cell is
        lost, an equal one took its place), ``flagged`` (another, but an issue on its row or a
        failed check points at it), ``unproven`` (another, and a sign or a blank where a sum needs
        a number: a check says that it proves nothing), ``refused`` (not read, or a code instead of
        a number) and ``silent``.
    """
    outcome = Outcome()
    record = records[0]
    flagged, unproven = _flagged(record), _unproven(record)
    left = dict(page.truth)
    for table, row, column, cell in cells(record.tables):
        name = f"{table}/{row}/{column}"
        told = left.pop(name, set())
        raw = cell.raw.strip(_BLANKS)
        if cell.missing in ("merged", "conflict", "unparsed") and cell.value is None:
            outcome.counts["right" if raw in told else "refused"] += 1
        elif raw in told and _reads(raw, cell):
            outcome.counts["right"] += 1
        elif cell.value is not None and cell.value in _values(*told, page.before.get(name, "")):
            outcome.counts["unchanged"] += 1  # an equal number moved there: zeros among zeros
        elif flagged(name, cell) or cell.missing == "conflict":
            outcome.counts["flagged"] += 1
        elif unproven(name):
            outcome.counts["unproven"] += 1
        else:
            outcome.counts["silent"] += 1
            outcome.silent.append(f"{name}: {cell.raw!r} for {sorted(told)} at {cell.at}")
    outcome.lost = [name for name, texts in left.items() if any(texts)]
    outcome.counts["refused"] += len(outcome.lost)
    return outcome


def _values(*texts: str) -> set[int | float | None]:
    return {read_number(text).value for text in texts}


def _unproven(record: Record) -> Callable[[str], bool]:
    passed = {name for one in record.checks if one.verdict == "pass" for name in one.cells}
    unsure = {name for one in record.checks if one.verdict == "not_assessable"
              for name in one.cells}
    return lambda name: name in unsure and name not in passed


def _reads(raw: str, cell: Cell) -> bool:
    """Tell whether value and code say what the text does, for the texts that leave no doubt."""
    if not raw:
        return (cell.value, cell.missing) == (None, "blank")
    return not raw.isdecimal() or (cell.value, cell.missing) == (int(raw), None)


def unaccounted(records: Sequence[Record], page: Page) -> list[str]:
    """Return the numbers of the form tables that are neither a cell nor in an issue.

    A number is accounted for when a record has a cell of its place, or its text under its path (of
    a table that stands twice), or when an issue names its row.
    """
    found = [(f"{table}/{row}/{column}", cell) for record in records
             for table, row, column, cell in cells(record.tables)]
    places = {cell.at for _, cell in found}
    texts = {(name, cell.raw.strip(_BLANKS)) for name, cell in found}
    issues = [one for record in records for one in record.issues if one.at]
    told = {one.at.rsplit("/", 1)[0] for one in issues if one.at}
    twice = {one.at.split("/")[0] for one in issues if one.at and one.code == "duplicate_table"}
    return [
        f"{at} {path(cell)}: {text_of(cell)}" for at, cell in marked_places(page.data)
        if text_of(cell).isdecimal() and at not in places and at.rsplit("/", 1)[0] not in told
        and at.split("/")[0] not in twice and (path(cell), text_of(cell)) not in texts
    ]


def marked_places(data: bytes) -> Iterator[tuple[str, HtmlElement]]:
    """Each value cell of a page with its place, counted without the reader's help."""
    for number, table in enumerate(html.fromstring(data).iter("table"), start=1):
        own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for r, row in enumerate(own, start=1):
            for c, cell in enumerate(row.iterchildren("td", "th"), start=1):
                if is_value(cell):
                    yield f"html:t{number}/r{r}/c{c}", cell


def _flagged(record: Record) -> Callable[[str, Cell], bool]:
    failed = {path for one in record.checks if one.verdict == "fail" for path in one.cells}
    rows = {issue.at.rsplit("/", 1)[0] for issue in record.issues if issue.at}
    doubtful = {issue.detail for issue in record.issues if issue.code == "doubtful_row"}

    def flagged(name: str, cell: Cell) -> bool:
        return (name in failed or cell.at.rsplit("/", 1)[0] in rows
                or name.rsplit("/", 1)[0] in doubtful)

    return flagged
