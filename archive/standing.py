"""Where reports stand today: removed, no longer listed, or moved to another address.

Gone is not withdrawn: nobody says why a page is no longer there. The archived copy stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.db import Archive
from archive.evidence import ReportEvidence
from archive.statuses import Facts

Kind = Literal["removed", "unlisted", "moved"]
_ALWAYS = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Standing:
    """A report that does not stand where it was found.

    Attributes:
        report_key: The report.
        publisher: The body's name.
        year: The report year.
        url: Where it was found.
        kind: ``removed`` (nothing, or another page, answers there), ``unlisted`` (it may answer,
            but no list leads to it any more) or ``moved``.
        to: Where it stands now, None unless it has moved.
        evidence_fetch_id: The fetch that proves it.
        seen: When that was, UTC.
        detail: What it proves, in words.
    """

    report_key: str
    publisher: str
    year: int
    url: str
    kind: Kind
    to: str | None
    evidence_fetch_id: int
    seen: str
    detail: str


def standings(archive: Archive, *, years: Collection[int] | None = None) -> Iterator[Standing]:
    """Yield the reports that do not stand where they were found, by year and body.

    A report has moved when its address leads elsewhere, or when the same text of the same body and
    year stands at another address.

    Args:
        archive: The archive; reading is enough.
        years: Report years, None for all.
    """
    facts = Facts(archive, _ALWAYS, _ALWAYS)
    found: list[Standing] = []
    for year, reports in facts.reports():
        if years is None or year in years:
            lost = [facts.lost(report, year) for report in reports]
            standing = [one for one, gone in zip(reports, lost, strict=True) if gone is None]
            for report, gone in zip(reports, lost, strict=True):
                if (one := _standing(archive, report, year, gone, standing)) is not None:
                    found.append(one)
    yield from sorted(found, key=lambda one: (one.year, one.report_key))


def _standing(
    archive: Archive,
    report: ReportEvidence,
    year: int,
    gone: tuple[str, int | None, str] | None,
    others: Sequence[ReportEvidence],
) -> Standing | None:
    same = next((one for one in others if report.body and one.body == report.body), None)
    kind: Kind
    if report.led_to is not None and report.last_fetch[1] in ("ok", "unchanged"):
        kind, to, evidence = "moved", report.led_to, report.last_fetch[0]
        detail = "its address leads there"
    elif gone is None:
        return None
    else:
        kind = "removed" if report.last_fetch[1] == "not_found" else "unlisted"
        to, evidence, detail = None, gone[1] or report.last_fetch[0], gone[2]
        if same is not None:
            kind, to = "moved", same.address
            detail = f"{detail}; the same text stands at another address"
    key, publisher, url = archive.conn.execute(
        """SELECT report_key, name, url FROM reports
        JOIN publishers ON publishers.id = publisher_id WHERE reports.id = ?""",
        [report.report_id],
    ).fetchone()
    seen = archive.conn.execute(
        "SELECT fetched_at FROM fetches WHERE id = ?", [evidence]
    ).fetchone()[0]
    return Standing(key, publisher, year, url, kind, to, evidence, seen, detail)
