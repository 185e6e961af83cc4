"""Crawls and campaigns. A campaign is one crawl with all its resumptions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.clock import now
from archive.db import Archive

#: The reason of a crawl that had nothing left to do (the engine's own word).
FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Crawl:
    """One run of one spider.

    Attributes:
        id: The run.
        campaign: The id of the first run of the campaign.
        resumed: This run takes up the unfinished frontier of an earlier one.
    """

    id: int
    campaign: int
    resumed: bool


def begin(
    archive: Archive, *, spider: str, arguments: Mapping[str, Any], campaign: int | None = None
) -> Crawl:
    """Start a run: resume the spider's unfinished campaign, or open a new one.

    A campaign is resumed when its spider and arguments are the same, frontier rows are left,
    and none of its runs ended with the reason ``finished``.

    Args:
        archive: The archive, open for writing.
        spider: The spider's name.
        arguments: Its arguments, as JSON types.
        campaign: The campaign to take up, finished or not; None to look for an unfinished one.

    Returns:
        The run.
    """
    given = json.dumps(dict(arguments), ensure_ascii=False, sort_keys=True)
    with archive.atomic():
        found = campaign or archive.conn.execute(
            """SELECT max(campaign) FROM crawls
            WHERE spider = ? AND arguments = ?
            AND campaign NOT IN (SELECT campaign FROM crawls WHERE reason = ?)
            AND EXISTS (SELECT 1 FROM frontier
                WHERE frontier.campaign = crawls.campaign AND state != 'done')""",
            [spider, given, FINISHED],
        ).fetchone()[0]
        crawl_id = int(
            archive.conn.execute(
                """INSERT INTO crawls (campaign, spider, arguments, started_at)
                VALUES (0, ?, ?, ?) RETURNING id""",
                [spider, given, now()],
            ).fetchone()[0]
        )
        taken = crawl_id if found is None else int(found)
        archive.conn.execute("UPDATE crawls SET campaign = ? WHERE id = ?", [taken, crawl_id])
    return Crawl(crawl_id, taken, resumed=found is not None)


def finish(
    archive: Archive,
    crawl_id: int,
    *,
    reason: str,
    exit_code: int,
    summary: Mapping[str, Any],
) -> None:
    """End a run.

    Args:
        archive: The archive, open for writing.
        crawl_id: The run.
        reason: ``finished`` when nothing was left to do; anything else may be resumed.
        exit_code: What the command returns: 0 good, 3 new trouble on some portals, 1 unusable.
        summary: The numbers of the run, as JSON types.
    """
    with archive.atomic():
        archive.conn.execute(
            """UPDATE crawls SET finished_at = ?, reason = ?, exit_code = ?, summary = ?
            WHERE id = ?""",
            [now(), reason, exit_code, json.dumps(dict(summary), ensure_ascii=False), crawl_id],
        )
