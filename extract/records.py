"""From what was found in a document to its records: one for each body that reports in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml.html import HtmlElement

from extract import identity, indicators, kind, page, problems, sections
from extract.checks import check
from extract.checks.flags import flags
from extract.damage import text_flags
from extract.fields import PageFields
from extract.record import DocumentKind, Issue, Record, Section, Source
from extract.tables.assemble import Body
from extract.tables.found import Found
from extract.tables.second import SecondReading
from extract.titles import judge
from extract.tree import Line

# What holds a report, or stands in its place: its lines say whose it is.
_BEGUN = 40  # lines of a page that is no report in which its damage is told
_IN_ITS_PLACE = frozenset(["attachment_only", "image_only"])
_OF_A_REPORT = _IN_ITS_PLACE | {"report"}


@dataclass(frozen=True, slots=True)
class Document:
    """What was found in a document, before it is told what it is.

    Attributes:
        fields: What it says about itself.
        prose: Its paragraphs, furniture and form tables left out.
        source: What the list said that led to it.
        found: Its form tables, with what could not be placed.
        article: The article's element; None for loose text.
        shown: The lines of the whole page; none for loose text.
        hopeful: It may be a report; else nobody looks for sections in it.
    """

    fields: PageFields
    prose: Sequence[str]
    source: Source
    found: Found
    article: HtmlElement | None = None
    shown: Sequence[Line] = ()
    hopeful: bool = True


def records_of(
    document: Document, bodies: Sequence[Body], second: SecondReading | None = None
) -> list[Record]:
    """Make the records of a document.

    Args:
        document: What was found in it.
        bodies: The tables of each body that reports in it.
        second: A second reading of the tables, for failed checks.

    Returns:
        One record for each body; one without tables when no table was found. Only a report has
        tables, checks and indicators.
    """
    parts = _parts(document.prose) if len(bodies) > 1 else [list(document.prose)]
    records: list[Record] = []
    for number, body in enumerate(bodies or [Body()]):
        rows = parts[number] if number < len(parts) else []
        split = sections.split(rows) if document.hopeful else _whole(rows)
        what = kind.classify(
            fields=document.fields, article=document.article, lines=document.prose,
            source=document.source, tables=len(body.tables), sections=split, shown=document.shown,
        )
        record = _record(document, what, rows, split, records[0] if records else None)
        if what == "report":
            _add_tables(record, body, document.prose)
            record.sections = problems.marked(record.sections, record.year)
            record.indicators = indicators.find(record.sections, record.year)
            if second is not None and len(bodies) > 1:
                before = bodies[number - 1].tables if number else None
                record.checks = check(record, second.of(body.tables, before).agrees)
            else:
                record.checks = check(record, second.agrees if second else None)
            record.flags = sorted({*record.flags, *flags(record)})
        if len(bodies) > 1:
            detail = f"{len(bodies)} reports in one document"
            record.issues.append(Issue("several_bodies", detail))
        records.append(record)
    return records


def _whole(rows: Sequence[str]) -> list[Section]:
    return [Section(0, "", "\n".join(rows))] if rows else []


def _record(
    document: Document,
    what: DocumentKind,
    rows: Sequence[str],
    split: list[Section],
    first: Record | None,
) -> Record:
    """A record with all but its tables. What the page says of itself is its first report's."""
    looked_at = rows if document.hopeful else rows[:_BEGUN]
    about = page.text_fields("\n".join(rows)) if first else document.fields
    told = Source() if first else document.source
    if what in _OF_A_REPORT:
        who = identity.identify(about, split, rows, told)
    else:
        who = identity.identify(about, (), (), told)
    # Around a file or a picture nothing tells a cover note from the news beside it, which change
    # every day: what such a page says of the report is its title, its date and what it shows.
    stands_in = what in _IN_ITS_PLACE and not any(section.number for section in split)
    return Record(
        what,
        title=who.title,
        year=who.year or (first.year if first else None),
        report_scope=who.report_scope,
        published_on=first.published_on if first else who.published_on,
        signed_on=None if stands_in else who.signed_on,
        agency=who.agency,
        sections=[] if stands_in else split,
        claims=list(who.claims),
        issues=[] if first else list(document.found.issues),
        flags=sorted({
            *who.flags, *document.found.flags,
            *text_flags("\n".join((who.title or "", *looked_at))),
        }),
    )


def _add_tables(record: Record, body: Body, prose: Sequence[str]) -> None:
    record.tables, record.format = body.tables, body.format
    if not record.tables and _names_tables(prose):
        # The form's labels stand in the text with their cells run together: a guess is a defect.
        record.flags = sorted({*record.flags, "TBL_FLATTENED"})
        record.issues.append(Issue("unreadable_table", "labels of the form without cells"))


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


def _names_tables(prose: Sequence[str]) -> bool:
    text = "".join(prose)
    return "第二十条第" in text or "本年新收政府信息公开申请数量" in text
