"""The register: portals, divisions, and the bodies that are known before any report is found."""

# Members of a protocol are described by its class.
# ruff: noqa: D102

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin

from archive import publishers, registers
from archive.db import Archive
from archive.registers import ChangeRow, DivisionRow


class ColumnRow(Protocol):
    """A column of a portal: path or full URL, and whose reports it lists."""

    @property
    def path(self) -> str: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def division(self) -> str | None: ...
    @property
    def name(self) -> str: ...


class PortalRow(Protocol):
    """A portal as its leaf describes it; the first host is canonical."""

    @property
    def hosts(self) -> Sequence[str]: ...
    @property
    def scheme(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def division(self) -> str | None: ...
    @property
    def level(self) -> str: ...
    @property
    def agency(self) -> str | None: ...
    @property
    def columns(self) -> Sequence[ColumnRow]: ...
    @property
    def evidence(self) -> str: ...


@dataclass(frozen=True, slots=True)
class KnownPortal:
    """A portal as the archive knows it, to be made anew by another run.

    Attributes:
        host: Its host.
        scheme: ``http`` or ``https``.
        title: The body's or the place's name.
        division: Its code, None when unknown.
        level: ``enums.admin_level``.
        agency: The body whose site it is, or None.
        evidence: Why the host is official.
        discovered_from: The official page that linked to it; None when somebody named it.
    """

    host: str
    scheme: str
    title: str
    division: str | None
    level: str
    agency: str | None
    evidence: str
    discovered_from: str | None


def discovered(archive: Archive, campaign: int) -> list[str]:
    """Return the portals of a campaign that were found on the pages of others, by host."""
    return [
        host
        for (host,) in archive.conn.execute(
            """SELECT host FROM portals WHERE discovered_from IS NOT NULL AND host IN
            (SELECT portal FROM frontier WHERE campaign = ?) ORDER BY host""",
            [campaign],
        )
    ]


def named(archive: Archive, host: str) -> KnownPortal | None:
    """Return what the archive knows of a portal by its first host, None when it has none."""
    row = archive.conn.execute(
        """SELECT host, scheme, title, division_code, level, agency, evidence, discovered_from
        FROM portals WHERE host = ? AND scheme IS NOT NULL""",
        [host],
    ).fetchone()
    return None if row is None else KnownPortal(*row)


def register(
    archive: Archive,
    portals: Iterable[PortalRow],
    divisions: Iterable[DivisionRow],
    changes: Iterable[ChangeRow] = (),
) -> None:
    """Enter portals and divisions, and the publishers that they name.

    A portal or column of one body registers that body; a portal of many registers its
    division's government. So a body has a coverage status before a report of it was found.

    Args:
        archive: The archive, open for writing.
        portals: The portals.
        divisions: The divisions of all years, at least those of the portals.
        changes: Which division followed which.
    """
    with archive.atomic():
        registers.save(archive, divisions, changes)
        for portal in portals:
            _enter(archive, portal)


def _enter(archive: Archive, portal: PortalRow) -> None:
    host = portal.hosts[0]
    root = f"{portal.scheme}://{host}/"
    columns = [
        {
            "url": urljoin(root, column.path),
            "agency": column.agency,
            "division": column.division,
            "name": column.name,
        }
        for column in portal.columns
    ]
    archive.conn.execute(
        """INSERT INTO portals (host, title, division_code, level, agency, hosts, columns, evidence,
        scheme, discovered_from)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (host) DO UPDATE SET title = excluded.title,
        division_code = excluded.division_code, level = excluded.level, agency = excluded.agency,
        hosts = excluded.hosts, columns = excluded.columns, evidence = excluded.evidence,
        scheme = excluded.scheme, discovered_from = excluded.discovered_from""",
        [
            host,
            portal.title,
            portal.division or None,
            portal.level,
            portal.agency,
            json.dumps(list(portal.hosts)),
            json.dumps(columns, ensure_ascii=False),
            portal.evidence,
            portal.scheme,
            getattr(portal, "discovered_from", None),
        ],
    )
    for column in columns:
        publisher = publishers.registered(
            archive, host, column["agency"] or portal.agency, column["division"]
        )
        publishers.lists_in(archive, publisher, host, str(column["url"]), "register")
    if not columns and (portal.agency or portal.division):
        publishers.registered(archive, host, portal.agency, None)
