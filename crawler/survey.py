"""What an exploration of one portal came to, read from the archive that it filled."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive import exploration, payloads
from archive.db import Archive
from spiders import headings
from spiders.discovery.explore import trail_of
from spiders.domains import bare
from spiders.families import Plain, StaticFamily, recognise
from spiders.page import Page
from spiders.tasks import Post

_SITE = re.compile(r"(?:人民政府|政府)?(?:门户)?(?:网站|网|首页|主站)*$")


@dataclass(frozen=True)
class FoundColumn:
    """A column of annual reports that the exploration found.

    Attributes:
        url: As asked.
        form: The body it was asked for with, or None.
        agency: The body whose reports it lists, None when it lists many.
        why: Why it was taken for one.
        trail: The labels of the links that led to it.
        reports: Addresses that it lists as reports, in full titles.
        read: Those of them that were fetched, and read as reports.
        page: Its first page.
    """

    url: str
    form: str | None
    agency: str | None
    why: str
    trail: tuple[str, ...]
    reports: tuple[str, ...]
    read: tuple[str, ...]
    page: Page


@dataclass(frozen=True)
class Survey:
    """One portal.

    Attributes:
        host: Its host.
        scheme: In which it answered.
        site_name: What its entry page calls it, or "".
        columns: On its own host, the one with most reports first.
        elsewhere: Columns on other hosts of its domain.
        family: Of the first column; Plain when it is recognised as none.
        is_recognised: The family is no fallback.
        further_pages: List pages behind the first that were fetched and had rows.
        tried: What was looked at in vain, when there is no column.
        failed: Pages that did not answer, by outcome.
    """

    host: str
    scheme: str
    site_name: str
    columns: tuple[FoundColumn, ...]
    elsewhere: tuple[str, ...]
    family: type[StaticFamily]
    is_recognised: bool
    further_pages: int
    tried: str
    failed: dict[str, int]


def survey(archive: Archive, host: str) -> Survey:
    """Return what the archive of an exploration says of a portal.

    Args:
        archive: Filled by a crawl of this portal alone.
        host: The portal's host.
    """
    found = _columns(archive)
    own = [one for one in found if _is_on(one.url, host)]
    own.sort(key=lambda one: (-len(one.read), -len(one.reports), len(one.url)))
    family = _family(archive, host, own[0].page) if own else Plain
    return Survey(
        host=host,
        scheme=own[0].url.partition(":")[0] if own else "http",
        site_name=_site_name(archive, host),
        columns=_without_repetitions(own),
        elsewhere=tuple(one.url for one in found if not _is_on(one.url, host)),
        family=family,
        is_recognised=family is not Plain,
        further_pages=archive.conn.execute(
            "SELECT count(*) FROM frontier WHERE role = 'list' AND outcome = 'ok'"
        ).fetchone()[0],
        tried=_tried(archive),
        failed=dict(
            archive.conn.execute(
                """SELECT outcome, count(*) FROM frontier WHERE state = 'done'
                AND outcome NOT IN ('ok', 'truncated') GROUP BY 1"""
            ).fetchall()
        ),
    )


def _family(archive: Archive, host: str, first: Page) -> type[StaticFamily]:
    """Return the family of a column. Where its own page shows lists but no sign of a CMS, it is
    that of most lists below."""
    if (own := recognise(first)) is not None or Plain.look(first).rows:
        return own or Plain
    votes: Counter[type[StaticFamily]] = Counter()
    for url, digest in archive.conn.execute(
        """SELECT frontier.url, payload_sha256 FROM frontier
        JOIN fetches ON fetches.id = frontier.fetch_id
        WHERE frontier.portal = ? AND role IN ('column', 'list') AND payload_sha256 IS NOT NULL""",
        [host],
    ).fetchall():
        if family := recognise(Page(url, payloads.get(archive, digest))):
            votes[family] += 1
    return votes.most_common(1)[0][0] if votes else Plain


def _columns(archive: Archive) -> list[FoundColumn]:
    found = []
    for url, body, text, digest, headers in archive.conn.execute(
        """SELECT frontier.url, frontier.body, args, payload_sha256, headers FROM frontier
        JOIN fetches ON fetches.id = frontier.fetch_id
        WHERE role = 'column' AND frontier.outcome IN ('ok', 'truncated')
        AND payload_sha256 IS NOT NULL ORDER BY frontier.id"""
    ).fetchall():
        args = json.loads(text)
        if "why" not in args:
            continue  # a list below a column
        named = {name.lower(): value for name, value in json.loads(headers)}
        column = args["column"]
        found.append(
            FoundColumn(
                url=url,
                form=body or None,
                agency=args.get("column_agency"),
                why=args["why"],
                trail=tuple(label for _, label, _ in trail_of(args, url) if label),
                reports=_listed(archive, column, read_only=False),
                read=_listed(archive, column, read_only=True),
                page=Page(
                    url.partition("#")[0],
                    payloads.get(archive, digest),
                    named.get("content-type"),
                    asked=Post(url, body) if body else url,
                ),
            )
        )
    return found


def _listed(archive: Archive, column: str, *, read_only: bool) -> tuple[str, ...]:
    kinds = "AND documents.kind = 'report'" if read_only else ""
    rows = archive.conn.execute(
        f"""SELECT DISTINCT listings.url FROM listings
        LEFT JOIN documents USING (address)
        WHERE column_url = ? AND verdict = 'report' {kinds} ORDER BY listings.date DESC""",
        [column],
    )
    return tuple(row[0] for row in rows)


def _without_repetitions(columns: Sequence[FoundColumn]) -> tuple[FoundColumn, ...]:
    """Leave out a column all of whose reports others list: a year's list below the column."""
    kept: list[FoundColumn] = []
    seen: set[str] = set()
    for column in columns:
        if not kept or set(column.reports) - seen:
            kept.append(column)
            seen |= set(column.reports)
    return tuple(kept)


def _site_name(archive: Archive, host: str) -> str:
    """Return what the portal's entry page calls the site: its meta field, else its title."""
    row = archive.conn.execute(
        """SELECT fetches.url, payload_sha256 FROM frontier
        JOIN fetches ON fetches.id = frontier.fetch_id
        WHERE frontier.portal = ? AND payload_sha256 IS NOT NULL ORDER BY frontier.id LIMIT 1""",
        [host],
    ).fetchone()
    if row is None:
        return ""
    page = Page(row[0], payloads.get(archive, row[1]))
    name = page.selector.xpath("//meta[@name='SiteName']/@content").get("").strip()
    name = name or headings.heading(page)
    return name if headings.is_agency(name) else _SITE.sub("", name)


def _tried(archive: Archive) -> str:
    row = archive.conn.execute(
        "SELECT detail FROM notes WHERE code = ?", [exploration.NO_COLUMN]
    ).fetchone()
    return "" if row is None else str(row[0])


def _is_on(url: str, host: str) -> bool:
    return bare(url.split("/")[2]) == bare(host)
