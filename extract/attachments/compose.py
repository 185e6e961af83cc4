"""One report out of several documents: a page, and the files that print the same or the rest of it.

Each table is taken whole from one document, the one whose sums hold; what another one prints
otherwise is marked as a conflict, with an issue that names both. The page says whose report it is,
and when it was published. What comes out depends on the documents alone, not on the order in which
they arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.checks import check
from extract.checks.flags import flags
from extract.record import Agency, Cell, Check, Issue, Record, Section, Table

REPORT_KINDS = frozenset({"report", "attachment_only", "image_only"})
CONFLICT = "conflict"

_PROVEN, _CLEAN, _SOURCE_FAILS, _DOUBTFUL = range(4)
_WEAK = frozenset({"inferred", "footer", "column"})  # who says whose report a page is
_PLAIN = frozenset({"blank", "slash", "dash", "none_word", "na_word"})  # nothing is printed there
_OWN_ROWS = frozenset({"t_local"})  # their keys are numbers, which mean nothing elsewhere
_FEW = 6  # cells that may differ before two tables are two reports'

Path = tuple[str, str, str]
SameBody = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Whole:
    """A report and where it was read.

    Attributes:
        record: The report.
        origin: Table key to the number of the document it was taken from: 0 for the page, else
            the file's place from 1.
        left_out: Numbers of the files that print another report after all.
    """

    record: Record
    origin: Mapping[str, int]
    left_out: frozenset[int] = frozenset()


def belongs(page: Record, file: Record, same_body: SameBody, *, alone: bool) -> bool:
    """Tell whether a file shows the report of the page that names it, and not another one.

    Args:
        page: The page's reading.
        file: The file's reading.
        same_body: Tells whether two names mean one body.
        alone: It is the only file of the page that may be a report.
    """
    if page.kind not in REPORT_KINDS or file.kind not in REPORT_KINDS:
        return False
    if None not in (page.year, file.year) and page.year != file.year:
        return False
    ours, theirs = _named(page.agency), _named(file.agency)
    if ours is None or theirs is None or same_body(ours, theirs):
        return True
    # The page stands for this one file: under whatever name, it is what the title announces.
    return alone and page.kind != "report"


def compose(
    page: Record, files: Sequence[tuple[Record, str]], name: str = "the page"
) -> Whole:
    """Make one report of a page and its files.

    Args:
        page: The page's reading.
        files: Readings of files that belong to it, each with its name, in the page's order.
        name: What issues call the page.

    Returns:
        The report. Without any file that was read it is the page's, with what the files say.
    """
    parts = [page, *(record for record, _ in files)]
    names = [name, *(called for _, called in files)]
    strange = _strange(parts)
    usable = [number for number in range(len(parts)) if number not in strange]
    read = [number for number in usable if parts[number].kind == "report"]
    record = replace(page, tables={}, checks=[], indicators=[], sections=[])
    record.issues = [*page.issues, *_told(files), *_strangers(strange, names)]
    record.claims = [*page.claims]
    if not read:
        record.sections, record.tables = page.sections, page.tables
        return Whole(record, {}, frozenset(strange))
    record.kind = "report"
    origin = _tables(record, parts, read)
    _mark(record, parts, names, read, origin)
    _words(record, parts, read)
    _identity(record, parts, read)
    used = sorted({*origin.values(), *(number for number in read if number == 0)}) or read[:1]
    taken = next(iter(origin.values()), used[0])
    record.format = parts[origin.get("t3_requests", taken)].format
    record.flags = sorted({flag for number in used for flag in parts[number].flags})
    record.checks = _checks(record, parts, read, origin)
    record.flags = sorted({*record.flags, *flags(record)})
    return Whole(record, origin, frozenset(strange))


def _named(agency: Agency | None) -> str | None:
    return None if agency is None or agency.source in _WEAK else agency.name


def _told(files: Sequence[tuple[Record, str]]) -> list[Issue]:
    """What the readers of the files said, under the names of the files."""
    return [
        Issue(one.code, f"{name}: {one.detail}", one.at)
        for record, name in files
        for one in record.issues
    ]


def _strangers(strange: Mapping[int, str], names: Sequence[str]) -> list[Issue]:
    return [Issue("other_tables", f"{names[number]}: {why}") for number, why in strange.items()]


def _tables(record: Record, parts: Sequence[Record], read: Sequence[int]) -> dict[str, int]:
    """Take each table from the document that prints it best; return from which."""
    base = min(read, key=lambda number: _worth(parts[number], number))
    keys = dict.fromkeys(
        key for number in (base, *read) for key, rows in parts[number].tables.items() if rows
    )
    origin: dict[str, int] = {}
    for key in keys:
        having = [number for number in read if parts[number].tables.get(key)]
        best = min((_level(parts[number], key), number != base, number) for number in having)[-1]
        origin[key] = best
        record.tables[key] = {row: dict(cells) for row, cells in parts[best].tables[key].items()}
    return origin


def _worth(record: Record, number: int) -> tuple[int, int, int]:
    """The order in which documents are taken: most tables, best proven, the page first."""
    levels = [_level(record, key)[0] for key, rows in record.tables.items() if rows]
    return (-len(levels), sum(levels), number)


def _level(record: Record, key: str) -> tuple[int, bool]:
    """How far a table may be trusted, best first; what is only a picture of it comes after."""
    cells = [cell for row in record.tables[key].values() for cell in row.values()]
    pictured = any("img:" in cell.at for cell in cells)
    sums = [one for one in record.checks if one.kind == "sum" and one.scope.split("/")[0] == key]
    failed = [one for one in sums if one.verdict == "fail"]
    if any(cell.missing in ("unparsed", CONFLICT) for cell in cells) or any(
        one.cause != "source" for one in failed
    ):
        return _DOUBTFUL, pictured
    if failed:
        return _SOURCE_FAILS, pictured
    passed = bool(sums) and all(one.verdict == "pass" for one in sums)
    return _PROVEN if passed else _CLEAN, pictured


def _is_witness(record: Record, key: str) -> bool:
    """Tell whether what a document prints in a table may be held against another's."""
    level, pictured = _level(record, key)
    return not pictured or level == _PROVEN


def _strange(parts: Sequence[Record]) -> dict[int, str]:
    """Return the files whose numbers are not the page's at all, with why."""
    found: dict[int, str] = {}
    page = parts[0]
    for number, file in enumerate(parts[1:], start=1):
        same = different = 0
        for key in page.tables.keys() & file.tables.keys() - _OWN_ROWS:
            for _, one, other in _pairs(page.tables[key], file.tables[key]):
                if one.value or other.value:
                    same, different = (
                        (same, different + 1) if differs(one, other) else (same + 1, different)
                    )
        if different > _FEW and different > same:
            found[number] = f"{different} of {same + different} numbers are not the page's"
    return found


def _pairs(one: Table, other: Table) -> list[tuple[tuple[str, str], Cell, Cell]]:
    return [
        ((row, column), cell, other[row][column])
        for row, cells in one.items()
        if row in other
        for column, cell in cells.items()
        if column in other[row]
    ]


def differs(one: Cell, other: Cell) -> bool:
    """Tell whether two documents print different numbers in the same place.

    A blank and a zero do not contradict each other; a number that could not be read says nothing.

    Args:
        one: A cell.
        other: The same cell of another document.
    """
    if one.unit and other.unit and one.unit != other.unit:
        return False
    if one.value is not None and other.value is not None:
        return one.value != other.value
    number, none = (one, other) if one.value is not None else (other, one)
    return bool(number.value) and none.missing in _PLAIN


def _mark(
    record: Record,
    parts: Sequence[Record],
    names: Sequence[str],
    read: Sequence[int],
    origin: Mapping[str, int],
) -> None:
    """Mark the cells on which the documents disagree."""
    for key in origin.keys() - _OWN_ROWS:
        taken = origin[key]
        for number in read:
            table = parts[number].tables.get(key)
            if number == taken or not table:
                continue
            is_witness = _is_witness(parts[number], key)
            for (row, column), cell, other in _pairs(parts[taken].tables[key], table):
                if differs(cell, other):
                    code = CONFLICT if is_witness else "picture_differs"
                    detail = (
                        f"{key}/{row}/{column}: {_said(cell)} in {names[taken]}, "
                        f"{_said(other)} in {names[number]}"
                    )
                    record.issues.append(Issue(code, detail, cell.at))
                    if is_witness:
                        marked = replace(record.tables[key][row][column], missing=CONFLICT)
                        record.tables[key][row][column] = marked


def _said(cell: Cell) -> str:
    return repr(cell.raw) if cell.raw else "a blank"


def _words(record: Record, parts: Sequence[Record], read: Sequence[int]) -> None:
    """Take the sections of the document that has most of them, and those that it lacks."""
    order = sorted(read, key=lambda number: (-len(_numbers(parts[number].sections)), number))
    best = parts[order[0]]
    record.sections, record.indicators = list(best.sections), list(best.indicators)
    have = _numbers(best.sections)
    for number in sorted(order[1:]):
        lacking = _numbers(parts[number].sections) - have
        record.sections += [one for one in parts[number].sections if one.number in lacking]
        record.indicators += [one for one in parts[number].indicators if one.section in lacking]
        have |= lacking
    if len(order) > 1:
        record.sections.sort(key=lambda section: section.number)


def _numbers(sections: Sequence[Section]) -> set[int]:
    return {section.number for section in sections if section.number}


def _identity(record: Record, parts: Sequence[Record], read: Sequence[int]) -> None:
    """Complete what the page says of the report by what the files say."""
    for number in read:
        file = parts[number]
        if number == 0:
            continue
        record.title = record.title or file.title
        record.year = record.year or file.year
        record.signed_on = record.signed_on or file.signed_on
        if record.report_scope == "unknown":
            record.report_scope = file.report_scope
        if _named(record.agency) is None and _named(file.agency) is not None:
            record.agency = file.agency
        record.claims += [claim for claim in file.claims if claim not in record.claims]


def _checks(
    record: Record, parts: Sequence[Record], read: Sequence[int], origin: Mapping[str, int]
) -> list[Check]:
    """Check the report anew; another document that prints the same number is a second reading."""

    def confirm(path: Path, cell: Cell) -> bool | None:
        key, row, column = path
        answers = [
            not differs(cell, other)
            for number in read
            if number != origin.get(key) and _is_there(parts[number], key)
            for other in [parts[number].tables[key].get(row, {}).get(column)]
            if other is not None
        ]
        return None if not answers else all(answers)

    known = {
        (one.id, one.scope, one.left, one.right): one.cause
        for number in {*origin.values()}
        for one in parts[number].checks
        if one.verdict == "fail" and origin.get(one.scope.split("/")[0], number) == number
    }
    done = []
    for one in check(record, confirm):
        cause = known.get((one.id, one.scope, one.left, one.right))
        if one.verdict == "fail" and one.cause == "unknown" and cause:
            one = replace(one, cause=cause)
        done.append(one)
    return done


def _is_there(record: Record, key: str) -> bool:
    return bool(record.tables.get(key)) and _is_witness(record, key)
