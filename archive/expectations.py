"""Expectations: what a good crawl of a portal looks like, as SQL over the archive.

Each is judged for each portal of a campaign at its end, mostly against the last campaign in which
the portal answered. Only closed years count: those whose report was due before the day of the
judgement. Trouble that the last campaign had already is no news.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from archive import org_types
from archive.db import Archive

Severity = Literal["trouble", "notice"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a good crawl does.

    Attributes:
        name: Its name in the run report.
        sql: Returns (portal, count, of how many, first address) for the parameters ``campaign``,
            ``closed`` (the last closed year) and ``today`` (ISO date, China); on the tables
            of ``_PRELUDE`` besides the archive's.
        severity: ``trouble`` grades the exit code, ``notice`` is only reported.
        threshold: It is disappointed from this count on.
        share: And from this share of the second number on.
        explanation: What the count is, for the operator.
    """

    name: str
    sql: str
    severity: Severity
    threshold: int
    share: float
    explanation: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An expectation that a portal disappointed.

    Attributes:
        portal: Its first host.
        name: Of the expectation.
        severity: ``trouble`` or ``notice``.
        count: How many.
        address: The first one.
        text: What the count is.
        is_news: The portal's last campaign did not have it, or had less of it.
    """

    portal: str
    name: str
    severity: str
    count: int
    address: str | None
    text: str
    is_news: bool = True

    def line(self) -> str:
        """Return the finding in one line."""
        address = f", first {self.address}" if self.address else ""
        return f"{self.count} {self.text}{address}{'' if self.is_news else ' (known)'}"


# Rows that this campaign saw, and rows that the last campaign of the portal saw and this one did
# not: a row remembers the last crawl that saw it.
_PRELUDE = """WITH runs_now AS (SELECT id FROM crawls WHERE campaign = :campaign),
pages_now AS (SELECT * FROM frontier WHERE campaign = :campaign AND state = 'done'),
base AS (SELECT portal, max(campaign) AS campaign FROM frontier
    WHERE campaign < :campaign AND role IN ('column', 'list') AND outcome = 'ok'
    AND portal IN (SELECT portal FROM pages_now) GROUP BY portal),
rows_now AS (SELECT * FROM listings WHERE crawl_id IN (SELECT id FROM runs_now)
    AND verdict IN ('report', 'undecided')),
rows_before AS (SELECT listings.* FROM listings JOIN base USING (portal)
    JOIN crawls ON crawls.id = crawl_id AND crawls.campaign = base.campaign
    WHERE verdict IN ('report', 'undecided')),
columns_now AS (SELECT DISTINCT portal, column_url FROM pages_now
    WHERE role IN ('column', 'list') AND outcome IN ('ok', 'truncated', 'not_found'))
"""


def _failed(*outcomes: str) -> str:
    listed = ", ".join(f"'{outcome}'" for outcome in outcomes)
    return f"""SELECT portal, sum(outcome IN ({listed})), count(*),
        min(CASE WHEN outcome IN ({listed}) THEN url END) FROM pages_now GROUP BY portal"""


_BROKEN = """(outcome IN ('loop', 'too_large', 'cancelled', 'foreign_host')
    OR (outcome = 'truncated' AND id NOT IN (SELECT frontier_id FROM notes)))"""

EXPECTATIONS = (
    Expectation(
        "blocked",
        _failed("challenge", "block_page", "forbidden", "robots_denied"),
        "trouble", 1, 0.0, "pages behind a challenge, a firewall or robots.txt",
    ),
    Expectation(
        "unreachable",
        _failed("dns", "tls", "timeout", "reset", "server_error"),
        "trouble", 1, 0.0, "pages out of reach: dns, tls, timeouts, resets, server errors",
    ),
    Expectation(
        "broken",
        # A list that was cut short by its content has a note, and its own expectations.
        f"""SELECT portal, sum({_BROKEN}), count(*), min(CASE WHEN {_BROKEN} THEN url END)
        FROM pages_now GROUP BY portal""",
        "trouble", 1, 0.0, "pages that cannot be had: loops, other hosts, too large, cut off",
    ),
    Expectation(
        "lists_nothing",
        """SELECT portal, 1, 1, min(url) FROM pages_now
        WHERE portal NOT IN (SELECT portal FROM rows_now)
        -- A column of one report shows that report, and lists nothing.
        AND portal NOT IN (SELECT portal FROM frontier JOIN reports USING (address)
            WHERE campaign = :campaign)
        AND portal NOT IN (SELECT portal FROM frontier
            WHERE campaign = :campaign AND state != 'done') GROUP BY portal""",
        "trouble", 1, 0.0, "portal that lists no report at all",
    ),
    Expectation(
        "column_empty",
        """SELECT portal, count(DISTINCT column_url), 1, min(column_url)
        FROM rows_before JOIN columns_now USING (portal, column_url)
        WHERE (portal, column_url) NOT IN (SELECT portal, column_url FROM rows_now)
        GROUP BY portal""",
        "trouble", 1, 0.0, "columns that listed reports before and list none now",
    ),
    Expectation(
        "closed_years_fewer",
        """SELECT before.portal, before.number - coalesce(new.number, 0), 1, before.url
        FROM (SELECT portal, count(DISTINCT address) AS number, min(url) AS url
            FROM rows_before JOIN columns_now USING (portal, column_url)
            WHERE verdict = 'report' AND year <= :closed
            AND address NOT IN (SELECT address FROM rows_now) GROUP BY portal) AS before
        LEFT JOIN (SELECT portal, count(DISTINCT address) AS number FROM rows_now
            WHERE verdict = 'report' AND year <= :closed
            AND first_seen >= (SELECT started_at FROM crawls WHERE id = :campaign)
            GROUP BY portal) AS new USING (portal)""",
        "trouble", 1, 0.0, "reports of closed years fewer in the lists than in the last campaign",
    ),
    Expectation(
        "column_lost",
        """SELECT portal, count(*), 1, min(coalesce(column_url, '')) FROM notes
        WHERE campaign = :campaign AND code IN ('column_lost', 'unrelated_page')
        GROUP BY portal""",
        "trouble", 1, 0.0, "lists whose address shows another page, such as the home page",
    ),
    Expectation(
        "list_shape",
        """SELECT notes.portal, count(*), 1, min(coalesce(column_url, '')) FROM notes
        JOIN base ON base.portal = notes.portal WHERE notes.campaign = :campaign
        AND code NOT IN ('column_lost', 'unrelated_page', 'page_shift', 'jump')
        AND NOT EXISTS (SELECT 1 FROM notes AS old WHERE old.portal = notes.portal
            AND old.column_url IS notes.column_url AND old.code = notes.code
            AND old.campaign = base.campaign)
        GROUP BY notes.portal""",
        "trouble", 1, 0.0, "lists of another shape than in the last campaign (table notes)",
    ),
    Expectation(
        "cut_short",
        """SELECT portal, count(*), 1, min(coalesce(column_url, '')) FROM notes
        WHERE campaign = :campaign AND code IN ('pages_bounded', 'lists_bounded', 'depth_limit')
        GROUP BY portal""",
        "notice", 1, 0.0, "lists without an end, cut short",
    ),
    Expectation(
        "same_page",
        # Beside max(), SQLite answers the url of that very row.
        """SELECT portal, max(number), 1, url FROM (
            SELECT fetches.portal, count(DISTINCT fetches.address) AS number,
                min(fetches.url) AS url
            FROM fetches JOIN pages_now ON pages_now.fetch_id = fetches.id
            WHERE status = 200 AND payload_sha256 IS NOT NULL
            GROUP BY fetches.portal, payload_sha256)
        GROUP BY portal""",
        "trouble", 4, 0.0, "addresses that answer the very same page",
    ),
    Expectation(
        "future_dates",
        """SELECT portal, count(DISTINCT address), 1, min(url) FROM rows_now
        WHERE date > :today GROUP BY portal""",
        "trouble", 1, 0.0, "rows dated in the future",
    ),
    Expectation(
        "incomplete",
        """SELECT fetches.portal, sum(reports.year IS NULL OR reports.agency IS NULL), count(*),
            min(CASE WHEN reports.year IS NULL OR reports.agency IS NULL THEN reports.url END)
        FROM reports JOIN report_versions ON report_versions.id = current_version_id
        JOIN documents ON documents.id = document_id JOIN fetches ON fetches.id = fetch_id
        WHERE crawl_id IN (SELECT id FROM runs_now) GROUP BY fetches.portal""",
        "trouble", 2, 0.1, "reports without year or agency",
    ),
    Expectation(
        "unread",
        """SELECT fetches.portal, sum(reports.kind != 'report' OR body_sha256 IS NULL), count(*),
            min(CASE WHEN reports.kind != 'report' OR body_sha256 IS NULL THEN reports.url END)
        FROM reports JOIN report_versions ON report_versions.id = current_version_id
        JOIN documents ON documents.id = document_id JOIN fetches ON fetches.id = fetch_id
        WHERE crawl_id IN (SELECT id FROM runs_now) GROUP BY fetches.portal""",
        "trouble", 3, 0.5, "reports that could not be read: files, pictures",
    ),
    Expectation(
        "listed_no_report",
        """SELECT rows_now.portal, count(DISTINCT CASE WHEN kind IN ('not_report', 'index')
                THEN rows_now.address END),
            count(DISTINCT rows_now.address),
            min(CASE WHEN kind IN ('not_report', 'index') THEN rows_now.url END)
        FROM rows_now JOIN documents ON documents.address = rows_now.address
        WHERE verdict = 'report' GROUP BY rows_now.portal""",
        "trouble", 3, 0.2, "rows titled as reports whose pages are none",
    ),
)  # fmt: skip


def closed_year(today: date) -> int:
    """Return the last year whose reports were all due before a day (条例 art. 49)."""
    year = today.year - 1
    due = org_types.due_on("government", year)
    return year if due is not None and due < today.isoformat() else year - 1


_AT_ANY_TIME = frozenset({"blocked", "unreachable", "broken", "future_dates"})


def judge(
    archive: Archive, campaign: int, today: date, *, finished: bool = True
) -> list[Finding]:
    """Return what the portals of a campaign disappointed, by portal and in the order above.

    Args:
        archive: The archive.
        campaign: The campaign.
        today: The day of the judgement, in China.
        finished: The campaign has nothing left to do; else what it lacks is no finding.
    """
    given = {"campaign": campaign, "closed": closed_year(today), "today": today.isoformat()}
    known = _known(archive, campaign)
    found = []
    for expected in EXPECTATIONS:
        if not finished and expected.name not in _AT_ANY_TIME:
            continue
        for portal, count, total, address in archive.conn.execute(
            _PRELUDE + expected.sql, given
        ):
            if count >= expected.threshold and count >= expected.share * (total or 1):
                found.append(
                    Finding(
                        portal, expected.name, expected.severity, count, address or None,
                        expected.explanation,
                        is_news=count > known.get((portal, expected.name), 0),
                    )
                )  # fmt: skip
    return _without_the_dead(archive, campaign, sorted(found, key=lambda one: one.portal))


def _known(archive: Archive, campaign: int) -> Mapping[tuple[str, str], int]:
    """Return the counts of each portal's last campaign by (portal, expectation)."""
    seen: set[str] = set()
    known: dict[tuple[str, str], int] = {}
    for (text,) in archive.conn.execute(
        """SELECT summary FROM crawls WHERE campaign < ? AND summary IS NOT NULL
        ORDER BY campaign DESC, id DESC""",
        [campaign],
    ):
        summary: dict[str, Any] = json.loads(text)
        here = {portal["host"] for portal in summary.get("portals", [])} - seen
        seen |= here
        for finding in summary.get("findings", []):
            if finding["portal"] in here:
                known[finding["portal"], finding["name"]] = finding["count"]
    return known


def _without_the_dead(
    archive: Archive, campaign: int, findings: Iterable[Finding]
) -> list[Finding]:
    """Return the findings; those of portals that gave nothing, now and before, are no news."""
    dead = [
        {row[0] for row in archive.conn.execute(
            f"""SELECT portal FROM frontier WHERE campaign {which} GROUP BY portal
            HAVING sum(coalesce(outcome, '') IN ('ok', 'truncated', 'unchanged')) = 0""",
            {"campaign": campaign},
        )}
        for which in (
            "= :campaign",
            """= (SELECT max(campaign) FROM frontier AS last
            WHERE last.portal = frontier.portal AND campaign < :campaign)""",
        )
    ]  # fmt: skip
    still_dead = dead[0] & dead[1]
    return [
        Finding(**{**asdict(one), "is_news": False}) if one.portal in still_dead else one
        for one in findings
    ]
