"""The parts of an XLSX package: its sheets, shared texts, number formats and borders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from extract.attachments.excel import formats
from extract.attachments.excel.leaf import Leaf, Range, Told
from extract.attachments.paper import UnreadableError
from extract.attachments.safe_xml import parse
from extract.attachments.word.parts import Element, attribute, child, is_on, local
from extract.attachments.zipped import Members

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
_DOCUMENT = "/officeDocument"
_MOST_SHEETS = 100
_MOST_CELLS = 500_000
_SIDES = frozenset({"left", "right", "top", "bottom", "start", "end"})


@dataclass(slots=True)
class _Styles:
    """Number format and border of each style, by its number."""

    formats: list[str] = field(default_factory=list)
    framed: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """What is read of a workbook.

    Attributes:
        leaves: The sheets that are shown, in the order of their tabs.
        hidden: The names of those that are not.
        title: The title in its properties.
        odd: Number formats that are not known here.
        cut: Sheets or cells beyond what is read.
    """

    leaves: list[Leaf] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    title: str | None = None
    odd: set[str] = field(default_factory=set)
    cut: bool = False


def opened(data: bytes) -> Book:
    """Open a workbook.

    Args:
        data: An XLSX or XLSM package; macros are not looked at.

    Raises:
        UnreadableError: It is encrypted, broken or a bomb.
    """
    return _Package(Members(data)).book()


class _Package:
    def __init__(self, members: Members) -> None:
        self._members = members
        self._names = {name.lower(): name for name in members.names}
        self._left = _MOST_CELLS
        self._book = Book()

    def _part(self, path: str | None) -> Element | None:
        name = self._names.get((path or "").lower())
        return None if name is None else parse(self._members.read(name), name)

    def book(self) -> Book:
        book = self._book
        root = self._related("_rels/.rels", "")
        main = next((path for kind, path in root.values() if kind.endswith(_DOCUMENT)),
                    "xl/workbook.xml")
        workbook = self._part(main)
        if workbook is None:
            raise UnreadableError("broken", "the package has no workbook")
        rels = join(dirname(main), "_rels", main.rpartition("/")[2] + ".rels")
        related = self._related(rels, dirname(main))
        kinds = {kind.rpartition("/")[2]: path for kind, path in related.values()}
        self._texts = list(_texts(self._part(kinds.get("sharedStrings"))))
        self._styles = _styles(self._part(kinds.get("styles")))
        self._since_1904 = is_on(_flagged(child(workbook, "workbookPr"), "date1904"))
        title = child(self._part("docProps/core.xml"), "title")
        book.title = title.text if title is not None else None
        sheets = child(workbook, "sheets")
        for number, sheet in enumerate(sheets if sheets is not None else ()):
            name = attribute(sheet, "name") or f"{number + 1}"
            kind, path = related.get(_id_of(sheet), ("", ""))
            if attribute(sheet, "state") in {"hidden", "veryHidden"}:
                book.hidden.append(name)
            elif kind.endswith("/worksheet") and number < _MOST_SHEETS:
                found = self._part(path)
                if found is not None:
                    book.leaves.append(self._leaf(name, found))
            book.cut |= number >= _MOST_SHEETS
        return book

    def _related(self, path: str, folder: str) -> dict[str, tuple[str, str]]:
        """(kind, path in the package) by id; what lies outside is left out."""
        found: dict[str, tuple[str, str]] = {}
        part = self._part(path)
        for one in part if part is not None else ():
            target = one.get("Target") or ""
            if one.get("TargetMode") != "External":
                inside = target[1:] if target.startswith("/") else normpath(join(folder, target))
                found[one.get("Id") or ""] = (one.get("Type") or "", inside)
        return found

    def _leaf(self, name: str, sheet: Element) -> Leaf:
        leaf = Leaf(name)
        view = child(sheet, "sheetViews", "sheetView")
        zeros = attribute(view, "showZeros") not in {"0", "false"}
        columns = child(sheet, "cols")
        for one in columns if columns is not None else ():
            if attribute(one, "hidden") in {"1", "true"} or attribute(one, "width") == "0":
                first, last = _number(attribute(one, "min")), _number(attribute(one, "max"))
                leaf.hidden_columns |= set(range(first - 1, min(last, first + 20_000)))
        data = child(sheet, "sheetData")
        row = -1
        for line in data if data is not None else ():
            row = _number(attribute(line, "r")) - 1 if attribute(line, "r") else row + 1
            if attribute(line, "hidden") in {"1", "true"}:
                leaf.hidden_rows.add(row)
            self._row(leaf, line, row, zeros)
        merged = child(sheet, "mergeCells")
        leaf.merges = list(filter(None, map(_range, merged if merged is not None else ())))
        return leaf

    def _row(self, leaf: Leaf, line: Element, row: int, zeros: bool) -> None:
        column = -1
        for cell in line:
            if local(cell) != "c":
                continue
            self._left -= 1
            if self._left < 0:
                self._book.cut = True
                return
            place = _PLACE.match(attribute(cell, "r") or "")
            column = _column(place[1]) if place else column + 1
            at = (int(place[2]) - 1 if place else row, column)
            style = _number(attribute(cell, "s"))
            told = self._told(cell, style, zeros)
            if told.text or told.hides:
                leaf.cells[at] = told
            elif style < len(self._styles.framed) and self._styles.framed[style]:
                leaf.framed.add(at)

    def _told(self, cell: Element, style: int, zeros: bool) -> Told:
        kind, held = attribute(cell, "t") or "n", child(cell, "v")
        text = held.text or "" if held is not None else ""
        if kind == "inlineStr":
            return Told(_rich(child(cell, "is")).strip())
        if held is None or not text:
            formula = child(cell, "f")
            # A program that does not calculate leaves the result to the reader.
            return Told("", formula is not None and kind != "str")
        if kind == "s":
            number = _number(text)
            return Told(self._texts[number].strip() if number < len(self._texts) else "",
                        number >= len(self._texts))
        if kind == "b":
            return Told("TRUE" if text in {"1", "true"} else "FALSE")
        if kind in {"str", "e", "d"}:
            return Told(text.strip())
        return self._printed(text, style, zeros)

    def _printed(self, text: str, style: int, zeros: bool) -> Told:
        try:
            value = float(text)
        except ValueError:
            return Told(text.strip())
        if value == 0 and not zeros:
            return Told("")
        if value != value or abs(value) == float("inf"):
            return Told("", hides=True)
        known = self._styles.formats
        code = known[style] if style < len(known) else formats.GENERAL
        shown = formats.printed(value, code, since_1904=self._since_1904)
        if shown is None:
            self._book.odd.add(code)
            return Told(formats.general(value))
        return Told(shown)


def _styles(part: Element | None) -> _Styles:
    found = _Styles()
    own = {_number(attribute(one, "numFmtId")): attribute(one, "formatCode") or formats.GENERAL
           for one in _children(part, "numFmts")}
    borders = [
        any(local(side) in _SIDES and attribute(side, "style") not in {None, "none"}
            for side in border)
        for border in _children(part, "borders")
    ]
    for one in _children(part, "cellXfs"):
        number = _number(attribute(one, "numFmtId"))
        code = own.get(number) or formats.BUILT_IN.get(number, formats.GENERAL)
        found.formats.append(code)
        border = _number(attribute(one, "borderId"))
        found.framed.append(border < len(borders) and borders[border])
    return found


def _texts(part: Element | None) -> Iterator[str]:
    return (_rich(one) for one in (part if part is not None else ()))


def _rich(element: Element | None) -> str:
    """A text with its runs; readings of characters and struck out runs are no text."""
    text = ""
    for one in element if element is not None else ():
        if local(one) == "t":
            text += one.text or ""
        elif local(one) == "r":
            dress, said = child(one, "rPr"), child(one, "t")
            if said is not None and not is_on(child(dress, "strike")):
                raised = attribute(child(dress, "vertAlign")) in {"superscript", "subscript"}
                text += f" {said.text or ''} " if raised else said.text or ""
    return text.replace("_x000D_", "\n")


def _children(part: Element | None, name: str) -> Iterator[Element]:
    found = child(part, name)
    return iter(found if found is not None else ())


def _flagged(element: Element | None, name: str) -> Element | None:
    return element if attribute(element, name) in {"1", "true"} else None


def _id_of(sheet: Element) -> str:
    """The relation that a sheet names; its number is another attribute without a namespace."""
    return next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _range(merge: Element) -> Range | None:
    first, _, last = (attribute(merge, "ref") or "").partition(":")
    one, other = _PLACE.match(first), _PLACE.match(last or first)
    if one is None or other is None:
        return None
    return int(one[2]) - 1, _column(one[1]), int(other[2]) - 1, _column(other[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0
