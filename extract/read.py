"""Bytes in, records out: the one entrance to the reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from lxml.html import HtmlElement

from extract import VERSION, chrome, identity, indicators, kind, page, sections
from extract.bounds import MAX_LINES, MAX_PLACES, bounded
from extract.checks import check
from extract.decode import Decoded, decode
from extract.locate import shown_text
from extract.media import media_kind
from extract.page import PageFields
from extract.record import DocumentKind, Issue, Record, Source
from extract.tables.annex import ANNEX
from extract.tables.assemble import Body, assemble
from extract.tables.found import Found
from extract.tables.grid import Grid, grids
from extract.tables.labels import T3, T4
from extract.tables.local import LOCAL, read_local
from extract.tables.markup import read_grids
from extract.tables.second import SecondReading
from extract.tables.text import read_text
from extract.titles import judge
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
    if not found.tables:
        read_local(tables, found)
    loose = _add_loose(shown, found)
    bodies = assemble(found)
    article = page.container(root, shown)
    fields = page.fields(root, article, shown)
    used = [table for table in tables if table.number in found.used]
    files = kind.attachments(article, source.url)
    prose = _prose(article, {table.element for table in used}, shown, fields, source)
    prose = [line for line in prose if line not in loose]
    records = _records(bodies, prose, fields, source, found)
    confirm = SecondReading(used).agrees if len(bodies) < 2 else None
    for record in records:
        record.attachments = list(files)
        _classify(record, fields, article, prose, source, shown)
        if record.kind == "report":
            record.checks = check(record, confirm)
        record.issues += [Issue("page_cut", detail) for detail in missing if detail]
    return records


def _text(decoded: Decoded, source: Source) -> list[Record]:
    part = bounded(decoded.text)
    found = read_text(part.text)
    rows = part.text.splitlines()
    prose = chrome.filter_lines(
        row for number, row in enumerate(rows) if number not in found.lines
    )
    fields = page.text_fields(part.text)
    records = _records(assemble(found), prose, fields, source, found)
    for record in records:
        _classify(record, fields, None, prose, source)
        if record.kind == "report":
            record.checks = check(record)
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
    have = {table.key for table in found.tables}
    if have >= {T3, T4} or have & {LOCAL, ANNEX}:
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
    article: HtmlElement,
    used: Collection[HtmlElement],
    shown: Sequence[Line],
    fields: PageFields,
    source: Source,
) -> list[str]:
    """The article's paragraphs, without the form tables in it."""
    inside = page.lines_of(article, shown)
    tables = {table for table in article.iter("table") if table in used} - {article}
    if tables:
        taken = {element for table in tables for element in table.iter()}
        inside = [line for line in inside if line.element not in taken]
    judge = bool(used) or kind.may_be_report(fields, inside, source)
    return chrome.prose(article, inside, tables, judge=judge)


def _records(
    bodies: Sequence[Body],
    prose: Sequence[str],
    fields: PageFields,
    source: Source,
    found: Found,
) -> list[Record]:
    """One record for each body that reports; one without tables when no table was found."""
    parts = _parts(prose) if len(bodies) > 1 else [list(prose)]
    records: list[Record] = []
    for number, body in enumerate(bodies or [Body()]):
        rows = parts[number] if number < len(parts) else []
        # What the page says of itself speaks of its first report only.
        about = fields if number == 0 else page.text_fields("\n".join(rows))
        split = sections.split(rows)
        who = identity.identify(about, split, rows, source if number == 0 else Source())
        records.append(
            Record(
                "report",
                title=who.title,
                year=who.year if number == 0 else who.year or records[0].year,
                format=body.format,
                report_scope=who.report_scope,
                published_on=who.published_on if number == 0 else records[0].published_on,
                signed_on=who.signed_on,
                agency=who.agency,
                sections=split,
                tables=body.tables,
                claims=list(who.claims),
                issues=list(found.issues) if number == 0 else [],
                flags=sorted({*who.flags, *found.flags}),
            )
        )
    if len(bodies) > 1:
        for record in records:
            record.issues.append(Issue("several_bodies", f"{len(bodies)} reports in one document"))
    return records


def _parts(prose: Sequence[str]) -> list[list[str]]:
    """Cut the prose of a document with several reports where the first section begins anew.

    A line above that reads like a report's title goes with what follows it.
    """
    starts = [0]
    heads = [part.start for part in _first_sections(prose)]
    for head in heads[1:]:
        title = next((at for at in range(head - 1, max(head - 8, 0), -1)
                      if judge(prose[at]).verdict == "report"), head)
        starts.append(title)
    return [list(prose[start:end]) for start, end in pairwise([*starts, len(prose)])]


def _first_sections(prose: Sequence[str]) -> list[sections.Part]:
    found = []
    for at, row in enumerate(prose):
        parts = sections.locate([row]) if len(row) < 60 else []
        if parts and parts[0].number == 1:
            found.append(replace(parts[0], start=at))
    return found


def _classify(
    record: Record,
    fields: PageFields,
    article: HtmlElement | None,
    prose: Sequence[str],
    source: Source,
    shown: Sequence[Line] = (),
) -> None:
    """Say what the document is; only a report has tables, checks and indicators."""
    record.kind = kind.classify(
        fields=fields, article=article, lines=prose, source=source,
        tables=len(record.tables), sections=record.sections, shown=shown,
    )
    if record.kind != "report":
        record.tables, record.format = {}, None
    elif not record.tables and _names_tables(prose):
        # The form's labels stand in the text with their cells run together: a guess is a defect.
        record.flags = sorted({*record.flags, "TBL_FLATTENED"})
        record.issues.append(Issue("unreadable_table", "labels of the form without cells"))
    if record.kind == "report":
        record.indicators = indicators.find(record.sections, record.year)


def _names_tables(prose: Sequence[str]) -> bool:
    text = "".join(prose)
    return "第二十条第" in text or "本年新收政府信息公开申请数量" in text
