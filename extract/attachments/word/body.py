"""The blocks of a Word document in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from extract.attachments.paper import Block, Paper, Paragraph, Sheet
from extract.attachments.word.numbering import Numbering
from extract.attachments.word.parts import Element, Parts, child, is_on, local
from extract.attachments.word.pictures import Pictured, resolved
from extract.attachments.word.tables import Shown, rows_of
from extract.attachments.word.text import Words, words_of
from extract.record import Issue

# Wrappers of blocks; their own properties hold no blocks.
_WRAPPERS = frozenset({
    "sdt", "sdtContent", "ins", "moveTo", "customXml", "sect", "sub-section", "AlternateContent",
    "Choice", "smartTag", "docPartBody",
})  # fmt: skip
_DEEPEST = 60
_MOST_BLOCKS = 100_000
_MOST_ISSUES = 50


class Body:
    """Walks the blocks of one document.

    Args:
        parts: The opened document.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._numbering = Numbering(parts.numbering, parts.styles)
        self._tables = self._paragraphs = 0
        self._deleted = False
        self._issues: list[Issue] = []

    def paper(self) -> Paper:
        """Return what the document shows; headers, footers and notes are left out."""
        blocks: list[Block | Pictured] = []
        for block in self._blocks(self._parts.body, 0):
            if len(blocks) == _MOST_BLOCKS:
                self._tell("page_cut", f"{_MOST_BLOCKS} paragraphs and tables were read")
                break
            blocks.append(block)
        if self._deleted:
            self._tell("tracked_changes", "text that a tracked change deletes is left out")
        found, issues = resolved(blocks, self._parts.picture)
        return Paper(found, self._parts.title, self._issues + issues)

    def _tell(self, code: str, detail: str, at: str | None = None) -> None:
        if len(self._issues) < _MOST_ISSUES:
            self._issues.append(Issue(code, detail[:300], at))

    def _blocks(self, holder: Element, depth: int) -> Iterator[Block | Pictured]:
        for one in holder:
            name = local(one)
            if name == "p":
                yield from self._paragraph(one, depth)
            elif name == "tbl":
                yield from self._table(one, depth)
            elif name in _WRAPPERS and depth < _DEEPEST and not _is_prompt(one):
                yield from self._blocks(one, depth + 1)

    def _words(self, paragraph: Element) -> Words:
        words = words_of(paragraph)
        self._deleted |= words.deleted
        # An empty paragraph of a list is counted, and prints its number, too.
        number = self._numbering.before(child(paragraph, "pPr"))
        words.text = (number + words.text.strip(" \t\n\u3000")).strip(" ")
        return words

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[Block | Pictured]:
        words = self._words(paragraph)
        if words.text:
            self._paragraphs += 1
            yield Paragraph(words.text, f"docx:p{self._paragraphs}")
        yield from map(Pictured, words.pictures)
        for box in words.boxes:
            if depth < _DEEPEST:
                yield from self._blocks(box, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[Block | Pictured]:
        if _is_frame(table):
            for cell in _cells(table):
                yield from self._blocks(cell, depth + 1)
            return
        self._tables += 1
        at = f"docx:t{self._tables}"
        nested: list[Element] = []
        rows = rows_of(table, at, lambda cell: self._shown(cell, nested, depth), self._dropped)
        yield Sheet(tuple(rows))
        for one in nested:
            if depth < _DEEPEST:
                yield from self._table(one, depth + 1)

    def _dropped(self, at: str, text: str) -> None:
        self._tell("covered_cell", f"a merged cell covers {text}", at)

    def _shown(self, cell: Element, nested: list[Element], depth: int) -> Shown:
        """What a cell shows, as a page's cell: tables inside it stand on their own."""
        lines: list[str] = []
        hides = self._collect(cell, lines, nested, depth)
        return Shown("\n".join(lines), hides)

    def _collect(
        self, holder: Element, lines: list[str], nested: list[Element], depth: int
    ) -> bool:
        hides = False
        for one in holder:
            name = local(one)
            if name == "p":
                words = self._words(one)
                lines += [words.text] if words.text else []
                # Who knows where a box of text stands that is anchored in a cell?
                boxed = any(_has_text(box) for box in words.boxes)
                hides |= boxed or (words.shows and not words.boxes)
            elif name == "tbl":
                framed = _framed(one)
                if framed is None:
                    nested.append(one)
                    hides |= _has_text(one)
                elif depth < _DEEPEST:
                    hides |= self._collect(framed, lines, nested, depth + 1)
            elif name in _WRAPPERS and depth < _DEEPEST and not _is_prompt(one):
                hides |= self._collect(one, lines, nested, depth + 1)
        return hides


def _is_prompt(field: Element) -> bool:
    """Tell whether a field was not filled in: it shows what to write there."""
    return is_on(child(field, "sdtPr", "showingPlcHdr"))


def _cells(table: Element) -> Iterator[Element]:
    return (one for one in table.iter() if local(one) == "tc" and _owner(one) is table)


def _owner(cell: Element) -> Element | None:
    return next((one for one in cell.iterancestors() if local(one) == "tbl"), None)


def _is_frame(table: Element) -> bool:
    """Tell whether a table only frames what is in it: one cell, with more than a line."""
    cells = list(_cells(table))
    if len(cells) != 1:
        return False
    blocks = sum(1 for one in cells[0].iter() if local(one) in {"p", "tbl"} and _has_text(one))
    return blocks > 1


def _framed(table: Element) -> Element | None:
    """The only cell with text of a table inside a cell; None where it has rows to read."""
    if any(local(one) == "tbl" for one in table.iterdescendants()):
        return None
    told = [cell for cell in _cells(table) if _has_text(cell)]
    return told[0] if len(told) == 1 else None


def _has_text(element: Element) -> bool:
    return any(local(one) == "t" and (one.text or "").strip() for one in element.iter())
