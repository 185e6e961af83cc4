"""Bytes in, records out: the one entrance to the reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lxml.html import HtmlElement

from extract import VERSION, chrome, identity, kind, page
from extract.bounds import MAX_LINES, MAX_PLACES, bounded
from extract.decode import Decoded, decode
from extract.locate import shown_text
from extract.media import media_kind
from extract.page import PageFields
from extract.record import DocumentKind, Issue, Record, Source
from extract.records import Document, records_of
from extract.tables import leftovers
from extract.tables.annex import ANNEX
from extract.tables.assemble import assemble
from extract.tables.found import Found
from extract.tables.grid import Grid, grids
from extract.tables.labels import T3, T4
from extract.tables.local import LOCAL, read_local
from extract.tables.loose import read_text
from extract.tables.markup import read_grids
from extract.tables.second import SecondReading
from extract.tree import Line

# Files that a later reader may open; what they say of a report is kept, not guessed.
_FILES: dict[str, DocumentKind] = {
    "pdf": "attachment_only",
    "office": "attachment_only",
    "archive": "attachment_only",
    "image": "image_only",
}


def read(data: bytes, source: Source) -> list[Record]:
    """Read one document.

    Args:
        data: The document's bytes, as fetched and decompressed.
        source: Its address, Content-Type, and what the list that led to it said.

    Returns:
        One record for each report in the document; a document that is no report gives one record
        whose ``kind`` says what it is. Never raises on bad input: what could not be read is in
        the record's issues.
    """
    medium = media_kind(data)
    if medium not in ("markup", "text"):
        return [_file(medium, source)]
    decoded = decode(data, source.content_type)
    one = _markup if page.is_html(decoded.text) else _text
    records = one(decoded, source)
    for record in records:
        record.url = source.url
        record.extractor = VERSION
        record.encoding = {"declared": decoded.declared, "used": decoded.used}
        if decoded.undecodable:
            detail = f"{decoded.undecodable} characters could not be decoded as {decoded.used}"
            record.issues.append(Issue("undecodable", detail))
    return records


def _file(medium: str, source: Source) -> Record:
    """A file that is no page: its kind is known, its content waits for a reader."""
    record = Record(_FILES.get(medium, "not_report"), url=source.url, title=source.row_title,
                    extractor=VERSION)
    code = "empty" if medium == "empty" else "needs_reader"
    record.issues.append(Issue(code, f"the document is {medium}, not a page"))
    if record.kind != "not_report":
        who = identity.identify(PageFields(), [], [], source)
        record.title, record.year, record.agency = who.title, who.year, who.agency
        record.published_on, record.claims = who.published_on, list(who.claims)
    return record


def _markup(decoded: Decoded, source: Source) -> list[Record]:
    root = page.parse(decoded.text)
    _kept = list(root.iter())  # lxml makes an element anew for each pass otherwise
    shown = page.lines(root)
    tables, whole = _grids(root)
    missing = [page.cut(root), None if whole else f"no table after the {len(tables)}th was read"]
    if len(shown) > MAX_LINES:
        missing.append(f"{MAX_LINES} of {len(shown)} lines were read")
        shown = shown[:MAX_LINES]
    found = read_grids(tables)
    read_local([table for table in tables if table.number not in found.used], found)
    article = page.container(root, shown)
    fields = page.fields(root, article, shown)
    inside = page.lines_of(article, shown)
    # Loose tables, and what trafilatura thinks, are looked for where it is worth their time.
    hopeful = bool(found.tables) or kind.may_be_report(fields, inside, source)
    loose = _add_loose(shown, found) if hopeful else set()
    if hopeful:
        own = set(article.iter("table"))
        leftovers.tell_unknown((table for table in tables if table.element in own), found)
    bodies = assemble(found)
    used = [table for table in tables if table.number in found.used]
    prose = _prose(article, inside, {table.element for table in used}, judge=hopeful)
    prose = [line for line in prose if line not in loose]
    document = Document(fields, prose, source, found, article, shown, hopeful)
    records = records_of(document, bodies, SecondReading(used))
    files = kind.attachments(article, source.url)
    for record in records:
        record.attachments = list(files)
        record.issues += [Issue("page_cut", detail) for detail in missing if detail]
    return records


def _text(decoded: Decoded, source: Source) -> list[Record]:
    part = bounded(decoded.text)
    found = read_text(part.text)
    rows = part.text.splitlines()
    prose = chrome.filter_lines(
        row for number, row in enumerate(rows) if number not in found.lines
    )
    document = Document(page.text_fields(part.text), prose, source, found)
    records = records_of(document, assemble(found))
    for record in records:
        if part.cut:
            record.issues.append(Issue("page_cut", part.cut))
    return records


def _grids(root: HtmlElement) -> tuple[list[Grid], bool]:
    """Lay the tables out, and tell whether all of them were: their spans may fill the memory."""
    found: list[Grid] = []
    places = 0
    for grid in grids(root):
        if places > MAX_PLACES:
            return found, False
        found.append(grid)
        places += sum(map(len, grid.rows))
    return found, True


def _add_loose(lines: Sequence[Line], found: Found) -> set[str]:
    """Read the national tables that no HTML table holds from what the page shows as text.

    Some pages set a table in blocks or tabs. Tables of the grid stay as they are.

    Returns:
        The lines of the page that belong to the tables read here.
    """
    # What a grid showed and refused is not tried again as lines: nothing there is better known.
    have = {table.key for table in found.tables} | found.seen
    if have >= {T3, T4} or (have & {LOCAL, ANNEX} and not found.seen):
        return set()
    text = shown_text(lines)
    loose = read_text(text)
    added = [table for table in loose.tables if table.key not in have]
    if not added:
        return set()
    found.tables += added
    found.labels |= loose.labels
    found.issues += loose.issues
    found.flags |= loose.flags | {"TBL_FLATTENED"}
    rows = text.split("\n")
    return {rows[number] for number in loose.lines}


def _prose(
    article: HtmlElement, inside: Sequence[Line], used: Collection[HtmlElement], *, judge: bool
) -> list[str]:
    """The article's paragraphs, without the form tables in it."""
    tables = {table for table in article.iter("table") if table in used} - {article}
    if tables:
        taken = {element for table in tables for element in table.iter()}
        inside = [line for line in inside if line.element not in taken]
    return chrome.prose(article, inside, tables, judge=judge)
