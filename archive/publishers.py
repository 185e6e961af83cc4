"""Publishers: one row for each body, whatever its reports call it."""

from __future__ import annotations

from dataclasses import dataclass

from archive import divisions, org_types, sectors
from archive.db import Archive
from archive.divisions import Place
from extract.record import Agency, Record, Source

GOVERNMENT = "人民政府"
COMMITTEE = "管理委员会"
OFFICE = "行政公署"


@dataclass(frozen=True, slots=True)
class _Portal:
    host: str
    title: str
    division: str | None
    level: str
    agency: str | None


def resolve(
    archive: Archive,
    record: Record,
    portal: str,
    *,
    source: Source | None = None,
    division: str | None = None,
) -> int:
    """Return the publisher of a report, entering it when it is new.

    The name comes from the report; failing that from the column it was listed in, then from the
    portal. When nobody says, the report goes to the portal's ``unknown`` publisher: nothing is
    lost, and nothing is guessed.

    Args:
        archive: The archive, open for writing.
        record: The report.
        portal: The portal's first host.
        source: What the list said.
        division: The column's division, when it is not the portal's.

    Returns:
        The id in ``publishers``. Its key is ``<division code>/<name in comparison form>``.
    """
    site = _portal(archive, portal)
    code = division or site.division
    said, year = record.agency, record.year
    if said is not None and said.name.strip():
        code = code or said.division_code
        return _enter(archive, site, code, said.name, said.source, said, year)
    if source is not None and source.column_agency:
        return _enter(archive, site, code, source.column_agency, "column", said, year)
    if site.agency:
        return _enter(archive, site, code, site.agency, "portal", said, year)
    return _unknown(archive, site, code)


def registered(archive: Archive, portal: str, agency: str | None, division: str | None) -> int:
    """Return the publisher that the register names, entering it when it is new.

    Args:
        archive: The archive, open for writing.
        portal: The portal's first host.
        agency: The body; None for the government of the division (a zone's 管理委员会).
        division: The column's division, when it is not the portal's.
    """
    if agency is None:
        site = _portal(archive, portal)
        place = divisions.get(archive, division or site.division)
        agency = government_name(place.name or site.title)
    return named(archive, portal, agency, division, "register")


def government_name(place: str) -> str:
    """Return what the government of a place is called.

    Prefectures that are no unit of self-government (地区, 盟) have a 行政公署, zones a 管理委员会.
    """
    if place.endswith(("地区", "盟")):
        return place + OFFICE
    if org_types.org_type(place) == "zone":
        return place + COMMITTEE
    return place if place.endswith("兵团") else place + GOVERNMENT


def named(
    archive: Archive,
    portal: str,
    agency: str,
    division: str | None,
    source: str,
    year: int | None = None,
) -> int:
    """Return the publisher that a name on a portal means, entering it when it is new.

    Args:
        archive: The archive, open for writing.
        portal: The portal's first host.
        agency: The body's name.
        division: The column's division, when it is not the portal's.
        source: Who names it: ``register`` or ``listing``.
        year: The year reported on, None for today: a place may have had another code and name.
    """
    site = _portal(archive, portal)
    return _enter(archive, site, division or site.division, agency, source, None, year)


def find(
    archive: Archive,
    portal: str,
    name: str,
    division: str | None = None,
    year: int | None = None,
    memo: divisions.Memo | None = None,
) -> int | None:
    """Return the publisher that a name on a portal means, or None when it was not entered yet."""
    meant = key(archive, portal, name, division, year, memo)
    row = archive.conn.execute("SELECT id FROM publishers WHERE key = ?", [meant]).fetchone()
    return None if row is None else int(row[0])


def key(
    archive: Archive,
    portal: str,
    name: str,
    division: str | None = None,
    year: int | None = None,
    memo: divisions.Memo | None = None,
) -> str:
    """Return the key of the publisher that a name on a portal means, entered or not."""
    site = _portal(archive, portal)
    place, body = _split(archive, name, division or site.division, year, memo)
    return f"{place.code or site.host}/{body}"


def lists_in(archive: Archive, publisher: int, portal: str, column: str, source: str) -> None:
    """Note that the publisher's reports are listed in a column.

    Args:
        archive: The archive, open for writing.
        publisher: The publisher.
        portal: The portal's first host.
        column: The root column's URL.
        source: ``register``, ``listing``, or ``report`` when one was found there: the strongest.
    """
    archive.conn.execute(
        """INSERT INTO publisher_columns (publisher_id, portal, column_url, source)
        VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET source = 'report'
        WHERE excluded.source = 'report'""",
        [publisher, portal, column, source],
    )


def _portal(archive: Archive, host: str) -> _Portal:
    row = archive.conn.execute(
        "SELECT host, title, division_code, level, agency FROM portals WHERE host = ?", [host]
    ).fetchone()
    return _Portal(host, host, None, "unknown", None) if row is None else _Portal(*row)


def _split(
    archive: Archive,
    name: str,
    code: str | None,
    year: int | None,
    memo: divisions.Memo | None = None,
) -> tuple[Place, str]:
    place, body = divisions.split(archive, name, code, year, memo)
    return place, GOVERNMENT if body in (OFFICE, "行署") else body


def _enter(
    archive: Archive,
    site: _Portal,
    code: str | None,
    name: str,
    source: str,
    said: Agency | None,
    year: int | None,
) -> int:
    place, body = _split(archive, name, code, year)
    if not body:
        return _unknown(archive, site, code)
    kind = org_types.org_type(body)
    level = site.level if place.level == "unknown" else place.level
    called = divisions.get(archive, place.code).name  # one row, under its latest name
    full = government_name(called) if called and body == GOVERNMENT else called + body
    publisher = _insert(
        archive,
        key=f"{place.code or site.host}/{body}",
        name=body if body.startswith(called) else full,
        org_type=kind,
        level="township" if kind == "township" else level,
        place=place,
        source=source,
    )
    if body == GOVERNMENT:
        _name_through_time(archive, publisher, place.code)
    archive.conn.execute(
        """INSERT INTO publisher_names (publisher_id, name, source, since, until)
        VALUES (?, ?, ?, ?4, ?4) ON CONFLICT DO UPDATE SET
        since = min(coalesce(since, ?4), coalesce(?4, since)),
        until = max(coalesce(until, ?4), coalesce(?4, until)) WHERE ?5 OR source != 'register'""",
        [publisher, name.strip(), source, year, body != GOVERNMENT],
    )
    if said is not None:
        archive.conn.execute(
            """UPDATE publishers SET uscc = coalesce(uscc, ?), org_code = coalesce(org_code, ?)
            WHERE id = ?""",
            [said.uscc, said.org_code, publisher],
        )
    return publisher


def _name_through_time(archive: Archive, publisher: int, code: str | None) -> None:
    """Enter what a government was called in which years, by the register of divisions."""
    rows = archive.conn.execute(
        "SELECT name, valid_from, valid_to FROM divisions WHERE code = ?", [code]
    ).fetchall()
    archive.conn.executemany(
        """INSERT INTO publisher_names (publisher_id, name, source, since, until)
        VALUES (?, ?, 'register', ?, ?) ON CONFLICT DO UPDATE SET
        source = excluded.source, since = excluded.since, until = excluded.until""",
        [(publisher, government_name(name), first, last) for name, first, last in rows],
    )


def _unknown(archive: Archive, site: _Portal, code: str | None) -> int:
    place = divisions.get(archive, code)
    return _insert(
        archive,
        key=f"{code or site.host}/unknown@{site.host}",
        name=f"{site.title}（未署名）",
        org_type="unknown",
        level=site.level if place.level == "unknown" else place.level,
        place=place,
        source="unknown",
    )


def _insert(
    archive: Archive,
    *,
    key: str,
    name: str,
    org_type: str,
    level: str,
    place: Place,
    source: str,
) -> int:
    body = key.partition("/")[2]
    found = archive.conn.execute(
        "SELECT id, register_source FROM publishers WHERE key = ?", [key]
    ).fetchone()
    if found is not None:
        if found[1] == "listing" != source:  # a title is the weakest source
            archive.conn.execute(
                "UPDATE publishers SET register_source = ? WHERE id = ?", [source, found[0]]
            )
        return int(found[0])
    return int(
        archive.conn.execute(
            """INSERT INTO publishers
            (key, name, org_type, sector, admin_level, division_code, register_source)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            [key, name, org_type, sectors.sector_of(body), level, place.code, source],
        ).fetchone()[0]
    )
