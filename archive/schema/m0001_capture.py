"""What was asked and what came back: portals, crawls, frontier, fetches, payloads, listings."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import among, one_of, run

ROLES = ("column", "list", "article")
STATES = ("pending", "fetched", "done")
TITLE_VERDICTS = ("report", "other", "undecided")
WORLDS = ("real", "sandbox")


def apply(db: sqlite_utils.Database) -> None:
    """Make the tables."""
    run(db, _statements())


def _statements() -> list[str]:
    return [
        """CREATE TABLE archive_meta (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID""",
        f"""CREATE TABLE divisions (
            code TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            level TEXT NOT NULL {one_of("level", "admin_level")},
            parent TEXT,
            valid_from TEXT,
            valid_to TEXT,
            successor TEXT
        ) WITHOUT ROWID""",
        "CREATE INDEX divisions_parent ON divisions (parent)",
        f"""CREATE TABLE portals (
            host TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            division_code TEXT,
            level TEXT NOT NULL DEFAULT 'unknown' {one_of("level", "admin_level")},
            agency TEXT,
            hosts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(hosts)),
            columns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(columns)),
            family TEXT,
            evidence TEXT NOT NULL DEFAULT '',
            discovered_from TEXT
        ) WITHOUT ROWID""",
        """CREATE TABLE crawls (
            id INTEGER PRIMARY KEY,
            campaign INTEGER NOT NULL,
            spider TEXT NOT NULL,
            arguments TEXT NOT NULL CHECK (json_valid(arguments)),
            started_at TEXT NOT NULL,
            finished_at TEXT,
            reason TEXT,
            exit_code INTEGER,
            summary TEXT CHECK (summary IS NULL OR json_valid(summary))
        )""",
        "CREATE INDEX crawls_campaign ON crawls (campaign)",
        f"""CREATE TABLE frontier (
            id INTEGER PRIMARY KEY,
            campaign INTEGER NOT NULL,
            portal TEXT NOT NULL,
            role TEXT NOT NULL {among("role", ROLES)},
            url TEXT NOT NULL,
            method TEXT NOT NULL DEFAULT 'GET',
            body TEXT NOT NULL DEFAULT '',
            args TEXT NOT NULL CHECK (json_valid(args)),
            state TEXT NOT NULL DEFAULT 'pending' {among("state", STATES)},
            outcome TEXT {one_of("outcome", "fetch_outcome")},
            fetch_id INTEGER REFERENCES fetches (id),
            parent INTEGER REFERENCES frontier (id),
            column_url TEXT,
            address TEXT NOT NULL,
            added_at TEXT NOT NULL,
            CHECK ((state = 'done') = (outcome IS NOT NULL)),
            CHECK (state != 'fetched' OR fetch_id IS NOT NULL),
            UNIQUE (campaign, portal, role, url, method, body)
        )""",
        "CREATE INDEX frontier_unfinished ON frontier (campaign, id) WHERE state != 'done'",
        "CREATE INDEX frontier_column ON frontier (portal, column_url, campaign, role)",
        "CREATE INDEX frontier_address ON frontier (address)",
        """CREATE TABLE payloads (
            sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
            size INTEGER NOT NULL,
            codec TEXT NOT NULL CHECK (codec = 'zstd'),
            data BLOB NOT NULL
        )""",
        f"""CREATE TABLE fetches (
            id INTEGER PRIMARY KEY,
            crawl_id INTEGER REFERENCES crawls (id),
            portal TEXT NOT NULL,
            url TEXT NOT NULL,
            final_url TEXT,
            host TEXT NOT NULL,
            method TEXT NOT NULL DEFAULT 'GET',
            fetched_at TEXT NOT NULL,
            status INTEGER,
            outcome TEXT NOT NULL {one_of("outcome", "fetch_outcome")},
            error TEXT,
            payload_sha256 TEXT REFERENCES payloads (sha256),
            headers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(headers)),
            elapsed_ms INTEGER,
            frontier_id INTEGER REFERENCES frontier (id),
            address TEXT NOT NULL
        )""",
        "CREATE INDEX fetches_crawl ON fetches (crawl_id, portal, outcome)",
        "CREATE INDEX fetches_address ON fetches (address)",
        "CREATE INDEX fetches_payload ON fetches (payload_sha256)",
        "CREATE INDEX fetches_frontier ON fetches (frontier_id)",
        f"""CREATE TABLE listings (
            id INTEGER PRIMARY KEY,
            portal TEXT NOT NULL,
            column_url TEXT NOT NULL,
            url TEXT NOT NULL,
            title TEXT NOT NULL,
            date TEXT,
            verdict TEXT NOT NULL {among("verdict", TITLE_VERDICTS)},
            reason TEXT NOT NULL,
            year INTEGER,
            crawl_id INTEGER REFERENCES crawls (id),
            fetch_id INTEGER REFERENCES fetches (id),
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL,
            address TEXT NOT NULL,
            UNIQUE (portal, column_url, url)
        )""",
        "CREATE INDEX listings_address ON listings (address)",
        "CREATE INDEX listings_verdict ON listings (portal, verdict)",
        # How far each column was paged in each campaign: the evidence of "not listed".
        """CREATE VIEW column_visits AS
            SELECT frontier.portal, frontier.column_url, frontier.campaign,
                count(*) AS pages,
                sum(frontier.state = 'done' AND frontier.outcome IN ('ok', 'unchanged'))
                    AS pages_ok,
                sum(frontier.state = 'done' AND frontier.outcome NOT IN ('ok', 'unchanged'))
                    AS pages_failed,
                sum(frontier.state != 'done') AS pages_left,
                min(fetches.fetched_at) AS first_fetched_at,
                max(fetches.fetched_at) AS last_fetched_at,
                max(frontier.fetch_id) AS last_fetch_id
            FROM frontier LEFT JOIN fetches ON fetches.id = frontier.fetch_id
            WHERE frontier.role IN ('column', 'list') AND frontier.column_url IS NOT NULL
            GROUP BY frontier.portal, frontier.column_url, frontier.campaign""",
    ]
