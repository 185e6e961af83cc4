"""What a crawl came to: as data for the archive, and as text for the person who ran it."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from archive.db import Archive
from archive.expectations import Finding
from archive.summary import PortalNumbers, Totals
from crawler.terminal import say, table

_EXAMPLE = (
    "SELECT publisher, year, r_new_tot AS requests FROM panel ORDER BY requests DESC LIMIT 10"
)


@dataclass(frozen=True)
class Summary:
    """The numbers of a campaign.

    Attributes:
        portals: What was done on each portal.
        totals: What the archive holds now.
        troubles: Portal to what was wrong with it, in one line.
        new_reports: Reports that this run read for the first time.
        findings: The same as data: which expectation each portal disappointed.
    """

    portals: list[PortalNumbers]
    totals: Totals
    troubles: Mapping[str, str]
    new_reports: int
    findings: Sequence[Finding] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON types, for the table ``crawls`` and the setting REPORT."""
        return {
            "portals": [_plain(portal) for portal in self.portals],
            "totals": _plain(self.totals),
            "troubles": dict(self.troubles),
            "new_reports": self.new_reports,
            "findings": [asdict(finding) for finding in self.findings],
        }


def _plain(numbers: PortalNumbers | Totals) -> dict[str, Any]:
    # dataclasses.asdict would count the items of a Counter instead of copying it.
    values = {field.name: getattr(numbers, field.name) for field in fields(numbers)}
    return {
        name: dict(value) if isinstance(value, dict) else value for name, value in values.items()
    }


def show_portals(portals: Iterable[PortalNumbers]) -> None:
    """Print what was done on each portal."""
    table(
        ["portal", "", "listed", "read", "unread", "not fetched"],
        [
            [
                portal.host,
                portal.title,
                portal.listed,
                portal.read,
                portal.unread or "",
                counted({**portal.failed, **({"left": portal.left} if portal.left else {})}),
            ]
            for portal in portals
        ],
    )


def show_totals(portals: Iterable[PortalNumbers], totals: Totals) -> None:
    """Print what the archive holds, and why the rest was refused."""
    refused: Counter[str] = Counter()
    for portal in portals:
        refused.update(portal.refused)
    years = {str(year): number for year, number in totals.years.items()}
    checks = totals.checks
    for label, text in (
        ("Reports", f"{totals.reports}, of {totals.publishers} publishers"),
        ("Years", counted(years, by_number=False)),
        ("Refused", counted(refused)),
        ("Checks", ", ".join(f"{checks[key]} {word}" for key, word in _VERDICTS.items())),
        ("Coverage", counted(totals.coverage)),
        ("Issues", counted(totals.issues)),
    ):
        if text:
            say(f"{label:<9} {text}")


_VERDICTS = {"pass": "passed", "fail": "failed", "not_assessable": "not assessable"}


def counted(counts: Mapping[str, int], *, by_number: bool = True) -> str:
    """Return counts as one line (``12 notice, 3 format``), the largest first."""
    items = sorted(counts.items(), key=lambda item: -item[1]) if by_number else counts.items()
    if not by_number:
        return ", ".join(f"{key}: {number}" for key, number in items)
    return ", ".join(f"{number} {key}" for key, number in items)


def show_commands(archive: Archive) -> None:
    """Print where the archive is and three commands to look into it."""
    path = Path(archive.path).resolve()
    name = shlex.quote(str(archive.path))
    key = archive.conn.execute(
        "SELECT report_key FROM panel ORDER BY year DESC, r_new_tot DESC LIMIT 1"
    ).fetchone()
    say(f"Database  {path}")
    say(f'  sqlite-utils {name} "{_EXAMPLE}" --table')
    say(f"  scrapy coverage -s ARCHIVE={name}")
    if key is not None:
        say(f"  scrapy show {shlex.quote(key[0])} -s ARCHIVE={name}")
