"""Reports that no list shows any more: their addresses are asked whether they still answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.db import Archive

_FAILED = "outcome NOT IN ('ok', 'unchanged', 'truncated', 'not_found')"


@dataclass(frozen=True, slots=True)
class Missing:
    """A page to ask for, as the frontier takes it.

    Attributes:
        portal: Where it was listed.
        url: Its address, as listed.
        args: What the parser was told of it when it was listed; ``missing`` besides.
    """

    portal: str
    url: str
    args: dict[str, Any]
    role: str = "article"
    method: str = "GET"
    body: str | None = None


def rows(
    archive: Archive, campaign: int, portals: Iterable[str], *, again: bool = False
) -> list[Missing]:
    """Return the reports of some portals that their lists showed before, and not in a campaign.

    A list that failed hides its rows, so columns with such a list are left out. A row whose
    address gave an answer after it had vanished is known to be missing.

    Args:
        archive: The archive.
        campaign: The campaign, all of whose lists were seen.
        portals: The portals that it visits.
        again: Ask also for those that are known to be missing.
    """
    found = archive.conn.execute(
        f"""WITH visited AS (SELECT portal, column_url FROM frontier
            WHERE campaign = :campaign AND role IN ('column', 'list')
            AND portal IN (SELECT value FROM json_each(:portals))
            GROUP BY 1, 2 HAVING sum(state != 'done' OR {_FAILED}) = 0
            AND sum(url = column_url AND outcome != 'not_found') > 0),
        gone AS (SELECT listings.address, portal, url, title, date, column_url,
                max(coalesce(campaign, 0)) AS last
            FROM listings LEFT JOIN crawls ON crawls.id = crawl_id
            WHERE verdict IN ('report', 'undecided') AND address IN (SELECT address FROM reports)
            AND portal IN (SELECT value FROM json_each(:portals))
            GROUP BY listings.address HAVING last != :campaign
            AND min((portal, column_url) IN (SELECT portal, column_url FROM visited)) = 1)
        SELECT portal, url, title, date, column_url,
            (SELECT args FROM frontier WHERE frontier.address = gone.address AND role = 'article'
                ORDER BY id DESC LIMIT 1)
        FROM gone WHERE NOT EXISTS (SELECT 1 FROM frontier AS asked
            WHERE asked.address = gone.address
            AND asked.campaign > CASE WHEN :again THEN :campaign - 1 ELSE last END
            AND (asked.campaign = :campaign AND role IN ('article', 'column')
                OR role = 'article' AND state = 'done' AND NOT {_FAILED}))
        ORDER BY address""",
        {"campaign": campaign, "portals": json.dumps(list(portals)), "again": again},
    )
    return [
        Missing(portal, url, _args(args, title, date, column))
        for portal, url, title, date, column, args in found
    ]


def _args(args: str | None, title: str, date: str | None, column: str) -> dict[str, Any]:
    told: dict[str, Any] = (
        json.loads(args) if args else {"column": column, "row_title": title, "row_date": date}
    )
    told.pop("changed", None)
    return told | {"missing": True}
