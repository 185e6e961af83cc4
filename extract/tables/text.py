"""The form tables of a loose text: whatever an HTML page, a PDF or a copy has left of them.

A label must stand as a cell of its own (or be joined from at most three fragments). Its values are
the cells of its own line, or, where the text has a cell a line, the cells of the lines that follow;
there must be exactly as many as the table has columns. A row of values that has no label in its
line belongs to nobody: in torn texts the label above it is often another's. What is not certain
becomes an issue, and the number stays unread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.record import Issue
from extract.tables import labels
from extract.tables.found import Found, FoundTable, column_keys, fits, in_order, make_cell
from extract.tables.labels import T2, T3, T4, Match
from extract.tables.number import is_value
from extract.tables.tokens import Token, tokens

_ENOUGH_LABELS = 5
_FRAGMENTS = 4
_HEADER_TOKENS = 60
_HEAD = "信息内容"

Leaf = tuple[str | None, str]  # column key (None: unknown), label as printed


def _review_word(text: str) -> str | None:
    return T4 if labels.is_review_header(text) else None


def read_text(text: str) -> Found:
    """Read all form tables of a loose text; locators are ``text:OFFSET+LENGTH`` into it."""
    return _Reader(tokens(text)).read()


def _fit(values: list[Token], count: int) -> list[Token] | None:
    """The ``count`` values of a row, blanks that spans left behind taken off; None if they differ.

    Where spans leave blanks at the end of rows, a row that needs one of them to be complete may
    have lost a cell anywhere: it is refused, unless all of it is blank or its marks are a markdown
    row's, which has no spans.
    """
    kept = list(values)
    while len(kept) > count and not kept[-1].text:
        kept.pop()
    if len(kept) != count:
        return None
    if kept and not kept[-1].text and any(value.text for value in kept) and not kept[0].ruled:
        return None
    return kept


def _lost(kept: list[Token]) -> list[Token]:
    """The blanks at the end of a row that is not all blank: loose text may have lost them."""
    end = len(kept)
    while end and not kept[end - 1].text:
        end -= 1
    return kept[end:] if end else []


class _Reader:
    def __init__(self, cells: list[Token]) -> None:
        self.cells = cells
        self.found = Found()
        self.caption: str | None = None
        self.active_leaves: list[Leaf] = []
        self.request_leaves: list[Leaf] = []
        self.parent: str | None = None
        self._open: dict[str, FoundTable] = {}

    def read(self) -> Found:
        at = 0
        steps: tuple[Callable[[int], int], ...] = (
            self._caption, self._review, self._request_header, self._active_header, self._row,
        )
        while at < len(self.cells):
            # Each step returns the index behind what it read, or the same index: not mine.
            at = next((end for step in steps if (end := step(at)) > at), at + 1)
        return self.found

    # --- headers -------------------------------------------------------------------------

    def _caption(self, at: int) -> int:
        key = labels.caption(self.cells[at].text)
        if key is None:
            return at
        self.caption, self.active_leaves = key, []
        return self._took(at, at + 1)

    def _active_header(self, at: int) -> int:
        end, leaves = at, list[Leaf]()
        first = labels.normal(self.cells[at].text)
        if first.startswith(_HEAD):
            end += 1
            if first != _HEAD and (key := self._active_column(first.removeprefix(_HEAD))):
                leaves.append((key, self.cells[at].text))
            elif first != _HEAD:
                return at
        while end < len(self.cells):
            length, key = self._joined(end, self._active_column)
            if not length:
                if leaves and self._is_remark(end):
                    leaves[-1] = (leaves[-1][0], leaves[-1][1] + self.cells[end].text)
                elif self.cells[end].text:
                    break
                end += 1
                continue
            leaves.append((key, "".join(cell.text for cell in self.cells[end : end + length])))
            end += length
        if not leaves:
            return at
        self.active_leaves = leaves
        self._note_order(leaves, self.cells[at].at)
        self.found.labels.update(labels.normal(label) for _, label in leaves)
        return self._took(at, end)

    def _active_column(self, text: str) -> str | None:
        for table in (self.caption, *T2) if self.caption else T2:
            match = labels.match_column(text, table)
            if match and match.quality != "near":
                return match.key
        return None

    def _is_remark(self, at: int) -> bool:
        text = labels.normal(self.cells[at].text)
        return text.startswith("(") and text.endswith(")") and not is_value(text)

    def _request_header(self, at: int) -> int:
        if not self._request_label(self.cells[at].text):
            return at
        end, keys, group, words = at, list[str](), None, dict[str, str]()
        while end < min(len(self.cells), at + _HEADER_TOKENS):
            length, key = self._joined(end, self._request_label)
            if not length:
                text = self.cells[end].text
                if self._row_match(end)[0] or (keys and text and is_value(text)):
                    break
                end += 1
                continue
            if key == "org_super":
                group = len(keys)
            elif key in column_keys(T3):
                keys.append(key)
                words[key] = "".join(cell.text for cell in self.cells[end : end + length])
            self.found.labels.update(
                labels.normal(cell.text) for cell in self.cells[end : end + length])
            end += length
        if "natural_person" not in keys and len(keys) < _ENOUGH_LABELS:
            return at
        self.request_leaves = [(key, words.get(key, "")) for key in self._ordered(keys, group)]
        self._note_order(self.request_leaves, self.cells[at].at)
        self.parent = None
        return self._took(at, end)

    def _note_order(self, leaves: Sequence[Leaf], at: str) -> None:
        """Say so when a header names the columns in another order than the form's."""
        if not in_order([key for key, _ in leaves]):
            self._issue("column_order", ", ".join(label or str(key) for key, label in leaves), at)

    @staticmethod
    def _request_label(text: str) -> str | None:
        key = labels.header_label(text, T3)
        match = None if key else labels.match_column(text, T3)
        return key or (match.key if match and match.quality == "exact" else None)

    def _ordered(self, keys: Sequence[str], group: int | None) -> list[str]:
        """Columns left to right, from the reading order of a header of two levels.

        The organisation columns stand on the second level and so are read after 总计; their
        place is below 法人或其他组织.
        """
        inner = [key for key in keys if key.startswith("org_")]
        outer = [key for key in keys if not key.startswith("org_")]
        if list(keys[-len(inner):]) == inner and keys[0] not in inner:
            where = min(group if group is not None else 1, len(outer))
            keys = [*outer[:where], *inner, *outer[where:]]
        order = column_keys(T3)
        if len(set(keys)) != len(keys):
            return []
        if len(keys) == len(order):
            return list(keys)
        if len(keys) >= _ENOUGH_LABELS and [key for key in order if key in keys] == list(keys):
            self.found.flags.add("TBL_HEADER_TRUNCATED")
            return list(order)
        return []

    # --- rows ----------------------------------------------------------------------------

    def _row(self, at: int) -> int:
        match, length = self._row_match(at)
        if match is None:
            return at
        end = at + length
        while end < len(self.cells) and self._is_remark(end):
            end += 1
        if match.table == T3 and match.heading:
            self.parent = match.key
        label = "".join(cell.text for cell in self.cells[at:end])
        values = self._values(end)
        below = values and values[0].line != self.cells[at].line
        if below and match.heading and match.key != "other":
            # Only (六)其他处理 is a row of its own in a form; here a leaf's label is lost.
            values = []
        if not values:
            if match.heading:
                return self._took(at, end)
            self._issue("no_values", label, self.cells[at].at)
            return end
        headerless = match.table == T3 and not self.request_leaves
        leaves = self._leaves(match)
        kept = _fit(values, len(leaves))
        if not leaves or kept is None:
            text = " | ".join((label, *(value.text for value in values)))
            self._issue("no_header" if not leaves else "row_shape", text, self.cells[at].at)
            return self._took(at, end + len(values))
        self._doubt_end(kept, end + len(values))
        if match.parent is None and not match.heading:
            self.parent = None
        if match.quality == "near":
            self._issue("near_label", f"{label} read as {match.key}", self.cells[at].at)
        self.found.labels.add(labels.normal(label))
        table = self._table(match.table, match.key, at)
        table.headerless |= headerless
        row = table.rows.setdefault(match.key, {})
        lost = _lost(kept)
        for (key, column_label), value in zip(leaves, kept, strict=True):
            if key is None:
                continue
            table.columns.setdefault(key, column_label)
            row[key] = make_cell(
                value.text, value.at, table=match.table, column=key, row_label=label,
                column_label=column_label, missing="unparsed" if value in lost else None,
            )
        return self._took(at, end + len(values))

    def _doubt_end(self, kept: Sequence[Token], behind: int) -> None:
        """Flag the last value of a line when a number without a label begins the next line.

        A line may have been broken inside the number.
        """
        if behind < len(self.cells) and kept:
            last, after = kept[-1], self.cells[behind]
            if not last.alone and after.line > last.line and after.text and is_value(after.text):
                self._issue("stray_value", f"{last.text} before {after.text}", last.at)

    def _leaves(self, match: Match) -> list[Leaf]:
        if match.table == T3:
            return self.request_leaves or [(key, "") for key in column_keys(T3)]
        # A header of an item further up is not this item's: its own is lost.
        keys = [key for key, _ in self.active_leaves]
        return self.active_leaves if fits(match.table, keys) else []

    def _row_match(self, at: int) -> tuple[Match | None, int]:
        """Match a row label at a place, joined from fragments where it was broken."""
        cell = self.cells[at]
        if not cell.text or is_value(cell.text):
            return None, 0
        match = self._match(cell.text)
        if match and match.quality != "near":
            return match, 1
        for length in range(2, _FRAGMENTS + 1):
            text = self._join(at, length)
            joined = self._match(text) if text else None
            if joined and joined.quality != "near":
                return joined, length
        return match, 1 if match else 0

    def _match(self, text: str) -> Match | None:
        under = labels.match_row(text, (T3,), self.parent) if self.parent else None
        if under and under.quality != "near":
            return under
        match = labels.match_row(text, (T3, *T2))
        # A near match needs its heading: loose text is full of words that look like labels.
        if match and match.quality == "near" and match.parent != self.parent:
            return None
        return match

    def _join(self, at: int, length: int) -> str | None:
        parts = self.cells[at : at + length]
        if len(parts) < length or any(not part.alone or not part.text or is_value(part.text)
                                      for part in parts):
            return None
        return "".join(part.text for part in parts)

    def _joined(
        self, at: int, match: Callable[[str], str | None]
    ) -> tuple[int, str | None]:
        """The longest run of fragments at a place that matches: its length and key."""
        for length in range(_FRAGMENTS, 0, -1):
            text = self.cells[at].text if length == 1 else self._join(at, length)
            key = match(text) if text else None
            if key:
                return length, key
        return 0, None

    def _values(self, at: int) -> list[Token]:
        """The values that belong to the label just before ``at``."""
        if at >= len(self.cells):
            return []
        line = self.cells[at - 1].line
        same = [cell for cell in self._while_value(at) if cell.line == line]
        if any(cell.text for cell in same):
            return same
        behind = at + len(same)
        if behind < len(self.cells) and self.cells[behind].line == line:
            return []  # another label follows in the line
        following: list[Token] = []
        for cell in self._while_value(behind):
            if not cell.alone:
                break
            following.append(cell)
        if following:
            self.found.flags.add("TBL_CELL_PER_LINE")
        return following or same

    def _while_value(self, at: int) -> list[Token]:
        end = at
        while end < len(self.cells) and is_value(self.cells[end].text):
            end += 1
        return self.cells[at:end]

    # --- table 4 -------------------------------------------------------------------------

    def _review(self, at: int) -> int:
        if not labels.is_review_header(self.cells[at].text, whole=True):
            return at
        end = at + 1
        while end < len(self.cells):
            length = 1 if not self.cells[end].text else self._joined(end, _review_word)[0]
            if not length:
                break
            end += length
        keys = column_keys(T4)
        values = self._run(end, len(keys))
        if values is None:
            return at
        table = self._table(T4, "cases", at)
        table.rows["cases"] = {
            key: make_cell(cell.text, cell.at, table=T4, column=key, row_label="", column_label="")
            for key, cell in zip(keys, values, strict=True)
        }
        self.found.labels.update(labels.normal(cell.text) for cell in self.cells[at:end])
        return self._took(at, end + len(values))

    def _run(self, end: int, count: int) -> list[Token] | None:
        """Exactly so many value cells at a place, blanks before and behind set aside."""
        start = end
        while start > 0 and not self.cells[start - 1].text:
            start -= 1
        run = self._while_value(start)
        while len(run) > count and not run[0].text:
            run = run[1:]
        while len(run) > count and not run[-1].text:
            run = run[:-1]
        return run if len(run) == count and any(cell.text for cell in run) else None

    # -------------------------------------------------------------------------------------

    def _took(self, at: int, end: int) -> int:
        self.found.lines.update(cell.line for cell in self.cells[at:end])
        return end

    def _table(self, key: str, row: str, start: int) -> FoundTable:
        table = self._open.get(key)
        if table is None or row in table.rows:
            table = FoundTable(key, start)
            self._open[key] = table
            self.found.tables.append(table)
        return table

    def _issue(self, code: str, detail: str, at: str | None) -> None:
        self.found.issues.append(Issue(code, detail[:300], at))
