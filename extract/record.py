"""The record: what a document says, as plain types that know no database and no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

DocumentKind = Literal[
    "report", "attachment_only", "image_only", "index", "blocked", "not_report"
]
AgencySource = Literal[
    "title", "signature", "meta", "index_table", "column", "footer", "inferred"
]
Verdict = Literal["pass", "fail", "not_assessable"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from and what the list that led to it said.

    Everything here is stored with the fetch, so that a rebuild reads the same record.

    Attributes:
        url: The address of the document, or None for a loose file.
        content_type: The Content-Type header as sent, or None.
        row_title: The text of the list row that linked here.
        row_date: The date printed in that row, ISO ``YYYY-MM-DD``.
        column_agency: The body whose column listed it, when the column belongs to one body.
        column_name: The heading of the column.
    """

    url: str | None = None
    content_type: str | None = None
    row_title: str | None = None
    row_date: str | None = None
    column_agency: str | None = None
    column_name: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell. Exactly one of value and missing is None, but for ``conflict``.

    Attributes:
        raw: The cell's text as printed, white space trimmed.
        value: The printed number, never converted to another unit.
        missing: A code of formats.json ``missingness`` (blank, slash, dash, none_word, na_word,
            merged, masked, unparsed, conflict).
        unit: 件, 项, 万元 …, or None when nobody said.
        unit_source: ``cell``, ``header`` or ``form``.
        at: Locator in the document, as ``extract.locate`` reads it: ``html:t3/r5/c2``.
        row_label: The row's label as printed.
        column_label: The column's label as printed.
    """

    raw: str
    value: int | float | None
    missing: str | None
    unit: str | None
    unit_source: str | None
    at: str
    row_label: str = ""
    column_label: str = ""


Row = dict[str, Cell]  # column key -> cell
Table = dict[str, Row]  # row key -> row
Tables = dict[str, Table]  # table key -> table


@dataclass(frozen=True, slots=True)
class Agency:
    """The body that wrote the report, with the place that says so."""

    name: str
    source: AgencySource
    uscc: str | None = None
    org_code: str | None = None
    site_id_code: str | None = None
    division_code: str | None = None


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A part of a section: characters ``start`` up to ``end`` of its text.

    Attributes:
        role: ``last_year`` (last year's problems and their mending) or ``this_year`` (this year's
            problems and the plans), in section 5.
        start: Offset of its first character in the section's text.
        end: Offset behind its last one.
    """

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections.

    Attributes:
        number: 1 to 6 by the form, 0 for the preamble.
        heading: The heading as printed.
        text: What stands behind it; the signature under the report is no part of it.
        parts: The parts of section 5, which cover its text; empty for the others.
    """

    number: int
    heading: str
    text: str
    parts: tuple[SectionPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One arithmetic identity, applied to one column or row.

    Attributes:
        id: The identity of formats.json, such as ``T3.BALANCE``.
        scope: ``t3_requests/natural_person`` (a column) or ``t3_requests/granted`` (a row).
        left: Value of the left side, None when not assessable.
        right: Value of the right side, None when not assessable.
        verdict: pass, fail or not_assessable.
        official: The form itself prints the identity.
        kind: ``sum``, ``range``, ``prose``, ``deadline``.
        assumes_blank_zero: A blank was counted as zero, in this sum only.
        cause: ``source``, ``reading`` or ``unknown``; None unless failed.
        cells: Paths ``table/row/column`` of the cells that took part.
    """

    id: str
    scope: str
    left: float | None
    right: float | None
    verdict: Verdict
    official: bool
    kind: str
    assumes_blank_zero: bool
    cause: str | None
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about the report (its year, agency, date …) and who makes it."""

    field: str
    value: str
    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something the reader met and could not place."""

    code: str
    detail: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of the running text, or one statement that there was none.

    Attributes:
        key: A key of ``narrative_indicators`` in formats.json.
        value: The number, 万 and 亿 multiplied in; 1 for a flag.
        unit: The unit printed, or the key's own.
        subject: Whose number: ``own_body``, the printed word (全区, 全县), None when nothing says.
        basis: ``stated``; ``approximate`` (余, 近, 突破); ``stated_none`` (无, 未收取, 均为0);
            ``sum`` over levels that one sentence names.
        quote: The sentence as printed.
        section: The number of its section.
        status: ``shipped`` when its rule is right in 98 of 100 cases, else ``experimental``.
    """

    key: str
    value: int | float
    unit: str
    subject: str | None
    basis: str
    quote: str
    section: int
    status: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the page links as part of the report."""

    url: str
    name: str
    type: str


@dataclass(slots=True)
class Record:
    """One report, or one document that is none (then ``kind`` says what it is)."""

    kind: DocumentKind
    url: str | None = None
    title: str | None = None
    year: int | None = None
    format: str | None = None
    report_scope: str = "unknown"
    published_on: str | None = None
    signed_on: str | None = None
    agency: Agency | None = None
    sections: list[Section] = field(default_factory=list)
    tables: Tables = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    encoding: dict[str, str | None] = field(default_factory=dict)
    extractor: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the record in the public shape of ``scrapy extract`` (plain JSON types)."""
        shape = asdict(self)
        for table, rows in shape["tables"].items():
            for columns in rows.values():
                for cell in columns.values():
                    # A place's own rows have no key that means anything: their labels stay.
                    if table != "t_local":
                        del cell["row_label"], cell["column_label"]
        return shape


def cells(tables: Mapping[str, Table]) -> list[tuple[str, str, str, Cell]]:
    """Flatten tables to (table, row, column, cell), in document order."""
    return [
        (table, row, column, cell)
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, cell in columns.items()
    ]
