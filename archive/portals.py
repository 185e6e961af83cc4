"""The register: portals, divisions, and the bodies that are known before any report is found."""

# Members of a protocol are described by its class.
# ruff: noqa: D102

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import urljoin

from archive import publishers
from archive.db import Archive


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


class DivisionRow(Protocol):
    """An administrative division of GB/T 2260, six digits."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def parent(self) -> str | None: ...


def register(
    archive: Archive, portals: Iterable[PortalRow], divisions: Iterable[DivisionRow]
) -> None:
    """Enter portals and divisions, and the publishers that they name.

    A portal or column of one body registers that body; a portal of many registers its
    division's government. So a body has a coverage status before a report of it was found.

    Args:
        archive: The archive, open for writing.
        portals: The portals.
        divisions: The divisions, at least those of the portals.
    """
    with archive.atomic():
        archive.conn.executemany(
            """INSERT INTO divisions (code, name, level, parent) VALUES (?, ?, ?, ?)
            ON CONFLICT (code) DO UPDATE SET
            name = excluded.name, level = excluded.level, parent = excluded.parent""",
            [(item.code, item.name, item.level, item.parent or None) for item in divisions],
        )
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
        """INSERT INTO portals (host, title, division_code, level, agency, hosts, columns, evidence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (host) DO UPDATE SET title = excluded.title,
        division_code = excluded.division_code, level = excluded.level, agency = excluded.agency,
        hosts = excluded.hosts, columns = excluded.columns, evidence = excluded.evidence""",
        [
            host,
            portal.title,
            portal.division,
            portal.level,
            portal.agency,
            json.dumps(list(portal.hosts)),
            json.dumps(columns, ensure_ascii=False),
            portal.evidence,
        ],
    )
    for column in columns:
        publisher = publishers.registered(
            archive, host, column["agency"] or portal.agency, column["division"]
        )
        publishers.lists_in(archive, publisher, host, str(column["url"]), "register")
    if not columns:
        publishers.registered(archive, host, portal.agency, None)
