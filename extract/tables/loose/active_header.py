"""Table 2's captions and headers in a loose text: 第二十条第（五）项, 信息内容 and columns."""

from __future__ import annotations

from collections import Counter

from extract import formats
from extract.tables import labels
from extract.tables.labels import T2
from extract.tables.loose.headers import is_remark, label_at, note_order, zipped
from extract.tables.loose.joining import reach
from extract.tables.loose.sheet import Leaf, Sheet
from extract.tables.loose.vocabulary import (
    HEAD,
    form,
    header_words,
    is_fragment,
    plain,
    row_words,
)

_TORN_PIECES = 16
LOCAL = ("expired", "modified")
"""Columns that places add to the form."""


def caption(sheet: Sheet, at: int) -> int:
    """Read 第二十条第（五）项; returns the index behind it, or ``at``."""
    if form(sheet.cells[at].text)[:1] not in ("第", "二", "2"):
        return at
    end = max(reach(sheet, at, header_words(), between=0).whole, at + 1)
    for stop in (end, at + 1):
        text = "".join(cell.text for cell in sheet.cells[at:stop])
        key = labels.caption(plain(text)) if len(text) < 60 else None
        if key:
            sheet.turn()
            sheet.caption, sheet.active = key, []
            sheet.end_requests()
            return sheet.took(at, stop)
    return at


def active(sheet: Sheet, at: int) -> int:
    """Read the header of an item of table 2; returns the index behind it, or ``at``."""
    leaves: list[Leaf] = []
    first = form(sheet.cells[at].text)
    end = at
    if first.startswith(HEAD):
        end += 1
        if first != HEAD and (key := _active_column(sheet, first.removeprefix(HEAD))):
            leaves.append((key, sheet.cells[at].text))
        elif first != HEAD:
            return at
    elif first not in header_words().begun:
        return at
    else:
        head = reach(sheet, at, header_words(), between=0)
        if head.whole and form(head.text) == HEAD:
            end = head.whole
    while end < len(sheet.cells):
        stop, key, text = label_at(sheet, end, lambda one: _active_column(sheet, one))
        if not stop:
            below = zipped(sheet, end, lambda one: _active_column(sheet, one))
            if (leaves or end > at) and (glued := _glued(sheet, sheet.cells[end].text)):
                leaves += glued
                end += 1
                continue
            if below:
                leaves += below[1]
                end = below[0]
                continue
            cell = sheet.cells[end]
            if leaves and is_remark(cell.text):
                leaves[-1] = (leaves[-1][0], leaves[-1][1] + cell.text)
            elif cell.text:
                break
            end += 1
            continue
        leaves.append((key, text))
        end = stop
    if not leaves or (len({key for key, _ in leaves}) < len(leaves) and not (
        _is_spread(leaves) and sheet.cells[at].line == sheet.cells[end - 1].line
    )):
        return at
    sheet.turn()
    sheet.active = leaves
    note_order(sheet, leaves, sheet.cells[at].at)
    sheet.found.labels.update(form(label) for _, label in leaves)
    return sheet.took(at, end)


def _is_spread(leaves: list[Leaf]) -> bool:
    """Tell whether columns are repeated only side by side: a cell over several, printed in each."""
    keys = [key for key, _ in leaves]
    runs = [key for index, key in enumerate(keys) if not index or keys[index - 1] != key]
    return len(runs) == len(set(runs))


def torn_active(sheet: Sheet, at: int) -> int:
    """Read a header of table 2 whose labels are cut and mixed: by its letters alone.

    They must be, one by one, those of all columns that a national form gives the item announced
    last; then the columns are taken in the form's order, with a flag.
    """
    if sheet.caption is None or sheet.active or not sheet.cells[at].text:
        return at
    letters: Counter[str] = Counter()
    end = at
    while end < min(len(sheet.cells), at + _TORN_PIECES):
        cell = sheet.cells[end]
        if cell.value and cell.text:
            break
        if cell.text and not is_fragment(cell.text):
            break
        if reach(sheet, end, row_words(), between=0).whole:
            break
        letters.update(form(cell.text))
        end += 1
    letters.subtract(HEAD)
    letters = +letters
    for name in formats.NATIONAL:
        spec = formats.forms()[name].tables.get(sheet.caption)
        columns = [one for one in spec.columns if one.key not in LOCAL] if spec else []
        if columns and letters == Counter("".join(labels.normal(one.label) for one in columns)):
            sheet.turn()
            sheet.active = [(one.key, one.label) for one in columns]
            sheet.found.flags.add("TBL_HEADER_TRUNCATED")
            return sheet.took(at, end)
    return at


def _active_column(sheet: Sheet, text: str) -> str | None:
    for table in (sheet.caption, *T2) if sheet.caption else T2:
        match = labels.match_column(plain(text), table)
        if match and match.quality != "near":
            return match.key
    return None


def _glued(sheet: Sheet, text: str) -> list[Leaf]:
    """The columns of labels that ran together, if known labels make up the text; else none."""
    word, leaves = form(text), list[Leaf]()
    while word:
        ends = [end for end in range(len(word), 1, -1)
                if word[:end] in header_words().whole and _active_column(sheet, word[:end])]
        if not ends:
            return []
        leaves.append((_active_column(sheet, word[: ends[0]]), word[: ends[0]]))
        word = word[ends[0] :]
    return leaves if len(leaves) > 1 else []
