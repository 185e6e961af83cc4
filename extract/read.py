"""Bytes in, records out: the one entrance to the reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from extract import VERSION, chrome, kind, page
from extract.attachments import mht
from extract.attachments.images import pictures
from extract.attachments.links import attachments
from extract.attachments.members import inside, kept, members, stem
from extract.attachments.paper import UnreadableError
from extract.attachments.reading import read_file, unread
from extract.bounds import MAX_LINES, bounded
from extract.decode import Decoded, decode
from extract.media import PAGES, media_kind
from extract.record import Issue, Record, Source
from extract.records import Document, records_of
from extract.tables import leftovers
from extract.tables.assemble import assemble
from extract.tables.local import read_local
from extract.tables.loose import read_text
from extract.tables.markup import read_grids
from extract.tables.second import SecondReading
from extract.tables.shown import add_loose, laid_out
from extract.tree import Line


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
    records = _read(data, source)
    for record in records:
        record.url = source.url
        record.extractor = VERSION
    return records


def _read(data: bytes, source: Source) -> list[Record]:
    medium = media_kind(data)
    if medium == "zip":
        return _archive(data, source)
    if medium not in PAGES:
        return read_file(medium, data, source)
    charset = source.content_type
    if medium == "mht":
        data, charset = mht.page_in(data)
    decoded = decode(data, charset)
    one = _markup if page.is_html(decoded.text) else _text
    records = one(decoded, source)
    for record in records:
        record.encoding = {"declared": decoded.declared, "used": decoded.used}
        if decoded.undecodable:
            detail = f"{decoded.undecodable} characters could not be decoded as {decoded.used}"
            record.issues.append(Issue("undecodable", detail))
    return records


def _archive(data: bytes, source: Source) -> list[Record]:
    """The records of what an archive holds; one that says why, if nothing in it is a report."""
    try:
        held = list(members(data))
    except UnreadableError as error:
        return [unread("zip", source, Issue(error.code, error.detail))]
    found: list[tuple[Record, str]] = []
    for number, member in enumerate(held, start=1):
        # The list spoke of the archive, the name in it of the file: either may name the report.
        told = replace(source, content_type=None, row_title=source.row_title or stem(member.name))
        records = _read(member.data, told)
        found += [(inside(record, number, member.name), member.name) for record in records]
    return kept(found) or [unread("zip", source, Issue("empty", "the archive holds no file"))]


def _markup(decoded: Decoded, source: Source) -> list[Record]:
    root = page.parse(decoded.text)
    _kept = list(root.iter())  # lxml makes an element anew for each pass otherwise
    shown = page.lines(root)
    tables, whole = laid_out(root)
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
    loose = add_loose(shown, found) if hopeful else set()
    if hopeful:
        own = set(article.iter("table"))
        leftovers.tell_unknown((table for table in tables if table.element in own), found)
    bodies = assemble(found)
    used = [table for table in tables if table.number in found.used]
    prose = _prose(article, inside, {table.element for table in used}, judge=hopeful)
    prose = [line for line in prose if line not in loose]
    document = Document(fields, prose, source, found, article, shown, hopeful)
    records = records_of(document, bodies, SecondReading(used))
    files = attachments(article, source.url)
    if any(kind.may_be_pictures(record) for record in records):
        files += pictures(article, source.url)
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


def _prose(
    article: HtmlElement, inside: Sequence[Line], used: Collection[HtmlElement], *, judge: bool
) -> list[str]:
    """The article's paragraphs, without the form tables in it."""
    tables = {table for table in article.iter("table") if table in used} - {article}
    if tables:
        taken = {element for table in tables for element in table.iter()}
        inside = [line for line in inside if line.element not in taken]
    return chrome.prose(article, inside, tables, judge=judge)
