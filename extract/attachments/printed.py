"""A paper as a page: paragraphs and tables in a tree, each leading back to its place in the file.

The readers of pages then read it, with the same rules, the same issues and the same checks; what
they found gets the places of the file instead of the page's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lxml.html import HtmlElement, html_parser

from extract.attachments.paper import Box, Paper, Paragraph, Sheet
from extract.record import Cell, Record
from extract.tables.grid import text_of
from extract.tree import Line, lines

Place = Box | Paragraph

# What no XML text may hold; a reader of files may hand it on.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a line of the page stands: in which place, and at which character of its text."""

    place: Place
    start: int


class PrintedPaper:
    """A paper laid out as a page.

    Args:
        paper: What a reader saw in a file, or a part of it.
        start: At which character of the whole file's text the part begins.

    Attributes:
        root: The page: a ``p`` for each paragraph, a ``table`` for each sheet.
    """

    def __init__(self, paper: Paper, start: int = 0) -> None:
        self._start = start
        self._holders: dict[HtmlElement, Place] = {}
        self._boxes: dict[str, Box] = {}
        self.root = _element("html")
        body = self.root.makeelement("body")
        self.root.append(body)
        table = 0
        for block in paper.blocks:
            if isinstance(block, Paragraph):
                body.append(self._holder("p", block))
            else:
                table += 1
                body.append(self._table(block, table))

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that the page shows."""
        return lines(self.root)

    @cached_property
    def text(self) -> str:
        """The lines as one text, which a locator ``text:…`` counts the characters of."""
        return "\n".join(line.plain for line in self.lines)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each box and paragraph by its locator, as a cell of a page is read."""
        found: dict[str, str] = {}
        for element, place in self._holders.items():
            found.setdefault(place.at, text_of(element))
        return found

    @cached_property
    def shown(self) -> dict[str, str]:
        """The lines of each box and paragraph by its locator, as loose text."""
        found: dict[str, str] = {}
        for line, spot in zip(self.lines, self._spots, strict=True):
            if spot is not None:
                before = found.get(spot.place.at)
                found[spot.place.at] = line.plain if before is None else f"{before}\n{line.plain}"
        return found

    def sure(self, at: str) -> float:
        """How sure the reading at a place of the page is, 0 to 1."""
        place = self._place(at)
        return 1.0 if place is None else place[0].sure

    def settle(self, record: Record) -> None:
        """Put the file's own places into a record that was read from the page."""
        for rows in record.tables.values():
            for row in rows.values():
                for column, cell in row.items():
                    row[column] = self._settled(cell)
        record.issues = [
            replace(one, at=self._at(one.at)) if one.at else one for one in record.issues
        ]

    def _settled(self, cell: Cell) -> Cell:
        return replace(cell, at=self._at(cell.at))

    def _at(self, at: str) -> str:
        found = self._place(at)
        if found is None:
            scheme, _, rest = at.partition(":")
            offset, _, length = rest.partition("+")
            return f"text:{int(offset) + self._start}+{length}" if scheme == "text" else at
        place, part = found
        return place.at + part

    def _place(self, at: str) -> tuple[Place, str] | None:
        """The box or paragraph at a place of the page, and which part of its text is meant."""
        scheme, _, rest = at.partition(":")
        if scheme == "html":
            box = self._boxes.get(rest)
            return None if box is None else (box, "")
        if scheme != "text":
            return None
        start, length = map(int, rest.split("+"))
        number = self._line_at(start)
        spot = self._spots[number]
        offset = start - self._starts[number]
        if spot is None or offset + length > len(self.lines[number].plain):
            return None  # it goes over several lines: the whole text's count is its place
        return spot.place, f"+{spot.start + offset}+{length}"

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line.plain) + 1
        return starts

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    @cached_property
    def _spots(self) -> list[_Spot | None]:
        spots: list[_Spot | None] = []
        ends: dict[str, int] = {}
        for line in self.lines:
            place = self._holder_of(line.element)
            if place is None:
                spots.append(None)
                continue
            start = ends.get(place.at, 0)
            spots.append(_Spot(place, start))
            ends[place.at] = start + len(line.plain) + 1
        return spots

    def _holder_of(self, element: HtmlElement) -> Place | None:
        for one in (element, *element.iterancestors()):
            place = self._holders.get(one)
            if place is not None:
                return place
        return None

    def _table(self, sheet: Sheet, number: int) -> HtmlElement:
        table = self.root.makeelement("table")
        for r, row in enumerate(sheet.rows, start=1):
            tr = self.root.makeelement("tr")
            table.append(tr)
            for c, box in enumerate(row, start=1):
                td = self._holder("td", box)
                if box.width > 1:
                    td.set("colspan", str(box.width))
                if box.height > 1:
                    td.set("rowspan", str(box.height))
                tr.append(td)
                self._boxes[f"t{number}/r{r}/c{c}"] = box
        return table

    def _holder(self, tag: str, place: Place) -> HtmlElement:
        element = self.root.makeelement(tag)
        first, *others = _lines(place.text)
        element.text = first
        for other in others:
            br = element.makeelement("br")
            br.tail = other
            element.append(br)
        if isinstance(place, Box) and not place.text and not place.sure:
            element.append(element.makeelement("img"))  # something stands there, and it is no text
        self._holders[element] = place
        return element


def _element(tag: str) -> HtmlElement:
    element: HtmlElement = html_parser.makeelement(tag)
    return element


def _lines(text: str) -> Sequence[str]:
    clean = _NO_XML.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean.split("\n")


