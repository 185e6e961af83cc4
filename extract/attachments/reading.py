"""From a file to its records, the very way of a page, and back from a locator to its text."""

from __future__ import annotations

import re

from extract import chrome, identity, page
from extract.attachments import doubt
from extract.attachments.compilation import parts
from extract.attachments.kinds import paper_of
from extract.attachments.paper import Paper, Paragraph, UnreadableError
from extract.attachments.printed import PrintedPaper
from extract.bounds import MAX_LINES
from extract.media import PICTURES, MediaKind
from extract.page import PageFields
from extract.record import Claim, DocumentKind, Issue, Record, Source
from extract.records import Document, records_of
from extract.tables import leftovers
from extract.tables.assemble import assemble
from extract.tables.local import read_local
from extract.tables.markup import read_grids
from extract.tables.shown import add_loose, laid_out
from extract.titles import judge
from extract.tree import Line

_FEWEST = 20  # characters that a file with any text in it has
# The codes of files that were not read; UnreadableError names them, and two more.
_UNREAD = frozenset({
    "needs_extra", "needs_program", "needs_reader", "encrypted", "broken", "too_large",
    "unknown_type", "no_text", "empty", "reader_died", "reader_timeout",
})  # fmt: skip
_NO_SIGN = re.compile("[\ufffd\ue000-\uf8ff]")
# What nobody would look for a report in.
_NOTHING = frozenset({"empty", "binary"})


def read_file(kind: MediaKind, data: bytes, source: Source) -> list[Record]:
    """Read a file that is no page.

    Args:
        kind: What ``media_kind`` says it is.
        data: Its bytes.
        source: Its address, and what the list or the page that led to it said.

    Returns:
        As ``extract.read.read``: a file that could not be read gives one record of the kind
        ``attachment_only`` (a picture: ``image_only``) with the reason as its issue.
    """
    try:
        paper = paper_of(kind, data)
    except UnreadableError as error:
        return [unread(kind, source, Issue(error.code, error.detail))]
    words = "".join(_words(paper))
    if len(words) < _FEWEST or _is_garbled(words):
        why = [one for one in paper.issues if one.code in _UNREAD]
        what = "text that nobody can decode" if len(words) >= _FEWEST else "no text"
        nothing = Issue("no_text", f"the {kind} file shows {what}")
        record = unread(kind, source, why[0] if why else nothing)
        record.issues += [one for one in paper.issues if one is not record.issues[0]]
        return [record]
    records = records_of_paper(paper, source)
    first = records[0]
    if first.kind == "not_report" and first.title and judge(first.title).verdict == "report":
        # It says that it is one, or the list does: what it holds was not understood.
        first.kind = _unread_kind(kind)
        first.issues.insert(0, Issue("no_text", f"the {kind} file shows no text of a report"))
    return records


def _is_garbled(text: str) -> bool:
    """Tell whether a third of a text are signs that its fonts give no meaning."""
    return 3 * len(_NO_SIGN.findall(text)) > len(text)


def _unread_kind(kind: MediaKind) -> DocumentKind:
    return "image_only" if kind in PICTURES else "attachment_only"


def unread(kind: MediaKind, source: Source, issue: Issue) -> Record:
    """Return the record of a file that could not be read: what led to it, and why not."""
    what = "not_report" if kind in _NOTHING else _unread_kind(kind)
    record = Record(what, title=source.row_title)
    record.issues.append(issue)
    if record.kind != "not_report":
        who = identity.identify(PageFields(), [], [], source)
        record.title, record.year, record.agency = who.title, who.year, who.agency
        record.published_on, record.claims = who.published_on, list(who.claims)
    return record


def why_unread(record: Record) -> str | None:
    """Say why a document could not be read; None if it was."""
    if record.kind == "report":
        return None
    return next((one.detail for one in record.issues if one.code in _UNREAD), None)


def records_of_paper(paper: Paper, source: Source) -> list[Record]:
    """Make the records of what a file shows.

    Args:
        paper: What it shows.
        source: Its address, and what led to it.

    Returns:
        One record for each report in it, places and all; as ``extract.read.read``.
    """
    found: list[Record] = []
    start = 0
    held = parts(paper)
    for number, part in enumerate(held):
        printed = PrintedPaper(part, start)
        found += _records(part, printed, Source(url=source.url) if number else source)
        start += len(printed.text) + 1
    if len(held) > 1:
        for record in found:
            detail = f"{len(held)} reports in one document"
            record.issues.append(Issue("several_bodies", detail))
    return found


def _records(paper: Paper, printed: PrintedPaper, source: Source) -> list[Record]:
    shown = printed.lines[:MAX_LINES]
    tables, whole = laid_out(printed.root)
    found = read_grids(tables)
    read_local([table for table in tables if table.number not in found.used], found)
    loose = add_loose(shown, found)
    leftovers.tell_unknown(tables, found)
    bodies = assemble(found)
    used = [table for table in tables if table.number in found.used]
    taken = {element for table in used for element in table.element.iter()}
    prose = [line for line in shown if line.element not in taken and line.plain not in loose]
    rows = chrome.filter_lines(line.plain for line in prose)
    document = Document(_fields(paper, prose), rows, source, found)
    records = records_of(document, bodies, doubt.SecondReading(used, printed.sure))
    for record in records:
        doubt.tell(record, printed.sure)
        printed.settle(record)
        record.flags = sorted({*record.flags, *paper.flags})
    first = records[0]
    first.issues += paper.issues
    if not whole or len(shown) < len(printed.lines):
        first.issues.append(Issue("page_cut", f"{len(tables)} tables and {len(shown)} lines"))
    return records


def _fields(paper: Paper, prose: list[Line]) -> PageFields:
    """What a file says about itself: its head, and last the title in its properties."""
    claims = page.text_fields("\n".join(line.plain for line in prose)).claims
    named = " ".join((paper.title or "").split())
    if judge(named).verdict == "report":
        claims = (*claims, Claim("title", named, "file_properties", named))
    return PageFields(claims)


def _words(paper: Paper) -> list[str]:
    found: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text.strip())
        else:
            found += [box.text.strip() for row in block.rows for box in row]
    return found
