"""The header of table 3 in a loose text: seven columns on two levels, often cut and torn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract import formats
from extract.tables import labels
from extract.tables.found import column_keys
from extract.tables.labels import T3
from extract.tables.loose.headers import label_at, note_order, zipped
from extract.tables.loose.joining import reach
from extract.tables.loose.sheet import Sheet
from extract.tables.loose.vocabulary import form, is_fragment, plain, row_words

_HEADER_PIECES = 90
_ENOUGH_LABELS = 5


@dataclass(slots=True)
class _Named:
    """What a header names.

    Attributes:
        end: Index behind it.
        words: Column key → label as printed, in the text's order.
        group: How many columns were named before 法人或其他组织; None without it.
        left: The letters of pieces that are parts of labels only.
        clean: Every label stands whole in a cell of its own.
    """

    end: int
    words: dict[str, str] = field(default_factory=dict)
    group: int | None = None
    left: str = ""
    clean: bool = True


def requests(sheet: Sheet, at: int) -> int:
    """Read the header of table 3; returns the index behind it, or ``at``."""
    if not _begins(sheet, at):
        return at
    named = _named(sheet, at)
    form_order = list(column_keys(T3))
    order = _ordered(list(named.words), named.group)
    if order is None or not (named.clean or order == form_order):
        # The pieces of a torn header stand in no order that could be believed.
        order = _torn(named)
    if order is None:
        return at
    inner = [key for key in named.words if key.startswith("org_")]
    disordered = not named.clean and inner != [key for key in form_order if key in inner]
    if order and (len(named.words) < len(form_order) or order != _ordered(
            list(named.words), named.group)):
        sheet.found.flags.add("TBL_HEADER_TRUNCATED")
    if order or disordered or sheet.third is None:
        # A torn repetition of a header that was whole says nothing new.
        sheet.requests = [(key, named.words.get(key, "")) for key in order]
        sheet.disordered = disordered
    note_order(sheet, sheet.requests, sheet.cells[at].at)
    sheet.found.labels.update(map(form, named.words.values()))
    sheet.parent = None
    sheet.turn()
    sheet.begin_requests(at)
    return sheet.took(at, named.end)


def _named(sheet: Sheet, at: int) -> _Named:
    named = _Named(at)
    while named.end < min(len(sheet.cells), at + _HEADER_PIECES):
        cell = sheet.cells[named.end]
        if not cell.text:
            named.end += 1
            continue
        if cell.value or _is_row(sheet, named.end):
            break
        stop, key, text = label_at(sheet, named.end, _request_label)
        if stop and key in named.words:
            break  # a header names each column once
        if stop and key == "org_super":
            named.group = len(named.words)
        elif stop and key in column_keys(T3):
            whole = stop == named.end + 1 and (cell.marked or cell.alone)
            named.clean = named.clean and whole
            named.words[str(key)] = text
        elif not stop:
            named.clean = False
            below = zipped(sheet, named.end, _request_label)
            if below:
                named.words |= {str(name): label for name, label in below[1]}
                stop = below[0]
            elif is_fragment(cell.text):
                named.left += form(cell.text)
                stop = named.end + 1
            else:
                break
        named.end = stop
    return named


def _begins(sheet: Sheet, at: int) -> bool:
    """A header begins with one of its labels, or with a piece of the identity it states."""
    cell = sheet.cells[at]
    word = form(cell.text)
    if not word or cell.value:
        return False
    return bool(label_at(sheet, at, _request_label)[0]) or word.startswith("(本列数据")


def _is_row(sheet: Sheet, at: int) -> bool:
    from_here = reach(sheet, at, row_words(), between=0)
    text = form(from_here.text)
    return bool(from_here.whole) and labels.split_ordinal(text)[0] != "" and len(text) > 3


def _request_label(text: str) -> str | None:
    bare = plain(text)
    key = labels.header_label(bare, T3)
    match = None if key else labels.match_column(bare, T3)
    return key or (match.key if match and match.quality == "exact" else None)


def _ordered(keys: Sequence[str], group: int | None) -> list[str] | None:
    """Columns left to right, from the reading order of a header of two levels.

    The organisation columns stand on the second level and so are read after 总计; their place is
    below 法人或其他组织. None where not all columns are named, each once.
    """
    if sorted(keys) != sorted(column_keys(T3)):
        return None
    inner = [key for key in keys if key.startswith("org_")]
    outer = [key for key in keys if not key.startswith("org_")]
    if list(keys[-len(inner):]) == inner and keys[0] not in inner:
        where = min(group if group is not None else 1, len(outer))
        return [*outer[:where], *inner, *outer[where:]]
    return list(keys)


def _torn(named: _Named) -> list[str] | None:
    """The order of a header of which not all is named.

    The form's, where what is named does not speak against it and most is named, or what is left
    over is made of the letters of the labels that are missing. Else no columns ([]): the rows must
    prove the form's order, unless the labels stand in another one. None: it is no header at all.
    """
    order = column_keys(T3)
    inner = [key for key in named.words if key.startswith("org_")]
    if inner != [key for key in order if key in inner]:
        return []
    wanted: Counter[str] = Counter()
    for column in formats.forms()[formats.NATIONAL[0]].tables[T3].columns:
        if column.key not in named.words:
            wanted.update(labels.normal(column.label))
    if len(named.words) >= _ENOUGH_LABELS or not wanted - Counter(named.left):
        return list(order)
    return [] if "natural_person" in named.words or len(named.words) >= 2 else None
