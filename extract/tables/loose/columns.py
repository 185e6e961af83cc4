"""The headers of a loose text: which columns the values of a row stand under, and in what order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from extract import formats
from extract.tables import labels
from extract.tables.found import column_keys, in_order
from extract.tables.labels import T2, T3
from extract.tables.loose.joining import reach
from extract.tables.loose.pieces import Piece
from extract.tables.loose.sheet import Leaf, Sheet
from extract.tables.loose.vocabulary import (
    HEAD,
    form,
    header_words,
    is_fragment,
    plain,
    row_words,
)

_HEADER_PIECES = 90
_ENOUGH_LABELS = 5
_TORN_PIECES = 16
_REMARK = re.compile(r"\((?:[^()]|\([^()]*\)){2,}\)")
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
            sheet.close()
            return sheet.took(at, stop)
    return at


# --- table 2 --------------------------------------------------------------------------------------


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
        stop, key, text = _label(sheet, end, lambda one: _active_column(sheet, one))
        if not stop:
            zipped = _zipped(sheet, end, lambda one: _active_column(sheet, one))
            if (leaves or end > at) and (glued := _glued(sheet, sheet.cells[end].text)):
                leaves += glued
                end += 1
                continue
            if zipped:
                leaves += zipped[1]
                end = zipped[0]
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
    if not leaves or len({key for key, _ in leaves}) < len(leaves):
        return at
    sheet.turn()
    sheet.active = leaves
    _note_order(sheet, leaves, sheet.cells[at].at)
    sheet.found.labels.update(form(label) for _, label in leaves)
    return sheet.took(at, end)


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


def is_remark(text: str) -> bool:
    """Tell whether a piece is a remark in brackets to the label before it."""
    word = form(text)
    return bool(_REMARK.fullmatch(word)) and not word[1:-1].isdigit()


# --- table 3 --------------------------------------------------------------------------------------


def requests(sheet: Sheet, at: int) -> int:
    """Read the header of table 3; returns the index behind it, or ``at``."""
    if not _begins_requests(sheet, at):
        return at
    end, left, keys, group = at, list[Piece](), list[str](), None
    clean = True  # every label stands whole in a cell of its own
    words: dict[str, str] = {}
    while end < min(len(sheet.cells), at + _HEADER_PIECES):
        cell = sheet.cells[end]
        if not cell.text:
            end += 1
            continue
        if cell.value or _is_row(sheet, end):
            break
        stop, key, text = _label(sheet, end, _request_label)
        if stop and key in keys:
            break  # a header names each column once
        if stop and key == "org_super":
            group = len(keys)
        elif stop and key in column_keys(T3):
            keys.append(str(key))
            words[str(key)] = text
            clean = clean and stop == end + 1 and (cell.marked or cell.alone)
        elif not stop:
            zipped = _zipped(sheet, end, _request_label)
            clean = False
            if zipped:
                for name, text in zipped[1]:
                    keys.append(str(name))
                    words[str(name)] = text
                stop = zipped[0]
            elif not is_fragment(cell.text):
                break
            else:
                left.append(cell)
                stop = end + 1
        sheet.found.labels.update(form(one.text) for one in sheet.cells[end:stop])
        end = stop
    order = _ordered(keys, group)
    if order is None or not (clean or order == list(column_keys(T3))):
        # The pieces of a torn header stand in no order that could be believed.
        order = _torn(sheet, keys, left)
    if order is None:
        return at
    if clean:
        sheet.disordered = False
    sheet.requests = [(key, words.get(key, "")) for key in order]
    _note_order(sheet, sheet.requests, sheet.cells[at].at)
    sheet.parent = None
    sheet.turn()
    sheet.begin_requests(at)
    return sheet.took(at, end)


def _begins_requests(sheet: Sheet, at: int) -> bool:
    """A header begins with one of its labels, or with a piece of the identity it states."""
    cell = sheet.cells[at]
    word = form(cell.text)
    if not word or cell.value:
        return False
    return bool(_label(sheet, at, _request_label)[0]) or word.startswith("(本列数据")


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


def _torn(sheet: Sheet, keys: Sequence[str], left: Sequence[Piece]) -> list[str] | None:
    """The order of a header of which not all is named.

    The form's, where what is named does not speak against it and most is named, or what is left
    over is made of the letters of the labels that are missing. Else no columns ([]): the rows must
    prove the form's order, unless the labels stand in another one. None: it is no header at all.
    """
    order = column_keys(T3)
    inner = [key for key in keys if key.startswith("org_")]
    if len(set(keys)) < len(keys):
        return [] if len(set(keys)) >= _ENOUGH_LABELS else None
    sheet.disordered = inner != [key for key in order if key in inner]
    if sheet.disordered:
        return []
    letters = Counter("".join(form(piece.text) for piece in left))
    wanted: Counter[str] = Counter()
    for key in order:
        if key not in keys:
            wanted.update({"natural_person": "自然人", "total": "总计", "org_business": "商业企业",
                           "org_research": "科研机构", "org_ngo": "社会公益组织",
                           "org_legal_service": "法律服务机构", "org_other": "其他"}[key])
    if len(keys) >= _ENOUGH_LABELS or not wanted - letters:
        sheet.found.flags.add("TBL_HEADER_TRUNCATED")
        return list(order)
    return [] if "natural_person" in keys or len(keys) >= 2 else None


# --- both -----------------------------------------------------------------------------------------


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


def _label(
    sheet: Sheet, at: int, match: Callable[[str], str | None]
) -> tuple[int, str | None, str]:
    """A label at a place, joined from its pieces: index behind it, key and text; 0 if none."""
    cell = sheet.cells[at]
    if not cell.text or cell.value:
        return 0, None, ""
    joined = reach(sheet, at, header_words(), between=0)
    if joined.whole and (key := match(joined.text)):
        return joined.whole, key, joined.text
    key = match(cell.text) if len(cell.text) < 60 else None
    return (at + 1, key, cell.text) if key else (0, None, "")


def _zipped(
    sheet: Sheet, at: int, match: Callable[[str], str | None]
) -> tuple[int, list[Leaf]] | None:
    """Labels whose halves stand in two or three lines below one another (商业 科研 / 企业 机构).

    Takes the longest run at the end of the first line that matches whole; the pieces before it
    stay.
    """
    cells = sheet.cells
    lines: list[list[int]] = []
    index = at
    while index < len(cells) and len(lines) < 3:
        row = [index]
        while row[-1] + 1 < len(cells) and cells[row[-1] + 1].line == cells[index].line:
            row.append(row[-1] + 1)
        if any(cells[one].value and cells[one].text for one in row):
            break
        lines.append(row)
        index = row[-1] + 1
    width = len(lines[0]) if lines else 0
    if width < 2 and not cells[at].marked:
        return None
    for depth in (2, 3):
        # A line below may begin with the blank below the label column.
        rows = [row[-width:] for row in lines[:depth]]
        if len(rows) < depth or any(len(row) != width for row in rows):
            return None
        if any(cells[one].text for row in lines[1:depth] for one in row[:-width]):
            return None
        texts = ["".join(cells[row[column]].text for row in rows) for column in range(width)]
        keys = [match(text) for text in texts]
        if all(keys):
            return lines[depth - 1][-1] + 1, list(zip(keys, texts, strict=True))
    return None


def _note_order(sheet: Sheet, leaves: Sequence[Leaf], at: str) -> None:
    """Say so when a header names the columns in another order than the form's."""
    if not in_order([key for key, _ in leaves]):
        sheet.issue("column_order", ", ".join(label or str(key) for key, label in leaves), at)
