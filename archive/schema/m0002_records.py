"""What was read: publishers, documents, reports, their versions, and all that a version says."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import among, one_of, run
from extract import formats

ORG_TYPES = (
    "government",  # 县级以上地方人民政府
    "department",  # 政府部门
    "vertical",  # 垂直管理
    "township",  # 街道、乡镇
    "zone",  # 开发区、功能区管委会
    "public_institution",  # 公共企事业单位
    "unknown",
)
RELATION_KINDS = ("renamed", "merged", "split")
CHANGE_KINDS = (
    "cell_changed",
    "cell_added",
    "cell_removed",
    "section_changed",
    "section_added",
    "section_removed",
    "field_changed",
)
SOURCE_RANKS = ("issuing_host", "other_gov_host", "copy")


def apply(db: sqlite_utils.Database) -> None:
    """Make the tables."""
    run(db, [*_publishers(), *_reports(), *_versions()])


def _publishers() -> list[str]:
    return [
        f"""CREATE TABLE publishers (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            org_type TEXT NOT NULL {among("org_type", ORG_TYPES)},
            sector TEXT,
            admin_level TEXT NOT NULL {one_of("admin_level", "admin_level")},
            division_code TEXT,
            uscc TEXT,
            org_code TEXT,
            register_source TEXT NOT NULL
        )""",
        "CREATE INDEX publishers_division ON publishers (division_code)",
        "CREATE INDEX publishers_uscc ON publishers (uscc) WHERE uscc IS NOT NULL",
        """CREATE TABLE publisher_names (
            publisher_id INTEGER NOT NULL REFERENCES publishers (id),
            name TEXT NOT NULL,
            source TEXT NOT NULL,
            PRIMARY KEY (publisher_id, name)
        ) WITHOUT ROWID""",
        "CREATE INDEX publisher_names_name ON publisher_names (name)",
        f"""CREATE TABLE publisher_relations (
            publisher_id INTEGER NOT NULL REFERENCES publishers (id),
            successor_id INTEGER NOT NULL REFERENCES publishers (id),
            kind TEXT NOT NULL {among("kind", RELATION_KINDS)},
            since TEXT,
            evidence TEXT NOT NULL,
            PRIMARY KEY (publisher_id, successor_id, kind)
        ) WITHOUT ROWID""",
        # Where a publisher's reports are listed: said by the register, or seen with a report.
        """CREATE TABLE publisher_columns (
            publisher_id INTEGER NOT NULL REFERENCES publishers (id),
            portal TEXT NOT NULL,
            column_url TEXT NOT NULL,
            source TEXT NOT NULL CHECK (source IN ('register', 'listing', 'report')),
            PRIMARY KEY (publisher_id, portal, column_url)
        ) WITHOUT ROWID""",
    ]


def _reports() -> list[str]:
    return [
        f"""CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            payload_sha256 TEXT NOT NULL REFERENCES payloads (sha256),
            fetch_id INTEGER NOT NULL REFERENCES fetches (id),
            url TEXT NOT NULL,
            host TEXT NOT NULL,
            media_type TEXT,
            kind TEXT NOT NULL {one_of("kind", "document_kind")},
            address TEXT NOT NULL,
            source TEXT NOT NULL CHECK (json_valid(source)),
            encoding TEXT NOT NULL CHECK (json_valid(encoding)),
            extractor TEXT NOT NULL,
            UNIQUE (payload_sha256, url)
        )""",
        "CREATE INDEX documents_address ON documents (address)",
        "CREATE INDEX documents_fetch ON documents (fetch_id)",
        f"""CREATE TABLE reports (
            id INTEGER PRIMARY KEY,
            report_key TEXT NOT NULL UNIQUE,
            publisher_id INTEGER NOT NULL REFERENCES publishers (id),
            agency TEXT,
            year INTEGER,
            report_scope TEXT NOT NULL {one_of("report_scope", "report_scope")},
            title TEXT,
            url TEXT NOT NULL,
            host TEXT NOT NULL,
            published_on TEXT,
            published_source TEXT,
            signed_on TEXT,
            due_on TEXT,
            format TEXT,
            kind TEXT NOT NULL {one_of("kind", "document_kind")},
            is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
            duplicate_of INTEGER REFERENCES reports (id),
            current_version_id INTEGER REFERENCES report_versions (id),
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL,
            address TEXT NOT NULL,
            source_rank TEXT NOT NULL {among("source_rank", SOURCE_RANKS)},
            CHECK (is_primary = 0 OR year IS NOT NULL)
        )""",
        "CREATE INDEX reports_publisher ON reports (publisher_id, year)",
        "CREATE INDEX reports_address ON reports (address)",
        "CREATE INDEX reports_year ON reports (year, is_primary)",
        """CREATE UNIQUE INDEX reports_primary ON reports (publisher_id, report_scope, year)
            WHERE is_primary = 1""",
        """CREATE TABLE report_documents (
            report_id INTEGER NOT NULL REFERENCES reports (id),
            document_id INTEGER NOT NULL REFERENCES documents (id),
            part INTEGER NOT NULL,
            PRIMARY KEY (report_id, document_id)
        ) WITHOUT ROWID""",
        "CREATE INDEX report_documents_document ON report_documents (document_id)",
        f"""CREATE TABLE report_versions (
            id INTEGER PRIMARY KEY,
            report_id INTEGER NOT NULL REFERENCES reports (id),
            document_id INTEGER NOT NULL REFERENCES documents (id),
            number INTEGER NOT NULL,
            reason TEXT NOT NULL {one_of("reason", "version_reason")},
            extractor TEXT NOT NULL,
            content_sha256 TEXT NOT NULL,
            made_at TEXT NOT NULL,
            body_sha256 TEXT,
            fields TEXT NOT NULL CHECK (json_valid(fields)),
            flags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(flags)),
            UNIQUE (report_id, number)
        )""",
        "CREATE INDEX report_versions_document ON report_versions (document_id)",
    ]


def _versions() -> list[str]:
    return [
        """CREATE TABLE sections (
            version_id INTEGER NOT NULL REFERENCES report_versions (id),
            number INTEGER NOT NULL,
            heading TEXT NOT NULL,
            text TEXT NOT NULL
        )""",
        "CREATE INDEX sections_version ON sections (version_id, number)",
        f"""CREATE TABLE cells (
            version_id INTEGER NOT NULL REFERENCES report_versions (id),
            table_key TEXT NOT NULL,
            row_key TEXT NOT NULL,
            column_key TEXT NOT NULL,
            occurrence INTEGER NOT NULL,
            document_id INTEGER NOT NULL REFERENCES documents (id),
            raw TEXT NOT NULL,
            value NUMERIC,
            missing TEXT {among("missing", formats.missing_codes())},
            unit TEXT,
            unit_source TEXT CHECK (unit_source IN ('cell', 'header', 'form')),
            row_label TEXT NOT NULL,
            column_label TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (version_id, table_key, row_key, column_key, occurrence),
            CHECK (missing IS 'conflict' OR (value IS NULL) != (missing IS NULL))
        ) WITHOUT ROWID""",
        f"""CREATE TABLE checks (
            version_id INTEGER NOT NULL REFERENCES report_versions (id),
            check_id TEXT NOT NULL,
            scope TEXT NOT NULL,
            kind TEXT NOT NULL,
            official INTEGER NOT NULL CHECK (official IN (0, 1)),
            left_value NUMERIC,
            right_value NUMERIC,
            verdict TEXT NOT NULL {one_of("verdict", "verdict")},
            assumes_blank_zero INTEGER NOT NULL CHECK (assumes_blank_zero IN (0, 1)),
            cause TEXT {one_of("cause", "failure_cause")},
            cells TEXT NOT NULL CHECK (json_valid(cells))
        )""",
        "CREATE INDEX checks_version ON checks (version_id)",
        "CREATE INDEX checks_verdict ON checks (verdict, check_id)",
        """CREATE TABLE claims (
            version_id INTEGER NOT NULL REFERENCES report_versions (id),
            field TEXT NOT NULL,
            value TEXT NOT NULL,
            source TEXT NOT NULL,
            quote TEXT NOT NULL
        )""",
        "CREATE INDEX claims_version ON claims (version_id, field)",
        """CREATE TABLE indicators (
            version_id INTEGER NOT NULL REFERENCES report_versions (id),
            key TEXT NOT NULL,
            value NUMERIC,
            unit TEXT,
            basis TEXT,
            quote TEXT,
            section INTEGER
        )""",
        "CREATE INDEX indicators_version ON indicators (version_id)",
        "CREATE INDEX indicators_key ON indicators (key)",
        """CREATE TABLE attachments (
            version_id INTEGER NOT NULL REFERENCES report_versions (id),
            url TEXT NOT NULL,
            name TEXT NOT NULL,
            type TEXT NOT NULL
        )""",
        "CREATE INDEX attachments_version ON attachments (version_id)",
        """CREATE TABLE issues (
            document_id INTEGER NOT NULL REFERENCES documents (id),
            version_id INTEGER REFERENCES report_versions (id),
            code TEXT NOT NULL,
            detail TEXT NOT NULL,
            at TEXT
        )""",
        "CREATE INDEX issues_document ON issues (document_id)",
        "CREATE INDEX issues_version ON issues (version_id)",
        "CREATE INDEX issues_code ON issues (code)",
        f"""CREATE TABLE changes (
            report_id INTEGER NOT NULL REFERENCES reports (id),
            from_version INTEGER NOT NULL REFERENCES report_versions (id),
            to_version INTEGER NOT NULL REFERENCES report_versions (id),
            kind TEXT NOT NULL {among("kind", CHANGE_KINDS)},
            table_key TEXT,
            row_key TEXT,
            column_key TEXT,
            old_raw TEXT,
            new_raw TEXT
        )""",
        "CREATE INDEX changes_report ON changes (report_id, to_version)",
        """CREATE TABLE errata (
            id INTEGER PRIMARY KEY,
            report_id INTEGER NOT NULL REFERENCES reports (id),
            table_key TEXT,
            row_key TEXT,
            column_key TEXT,
            old_value TEXT,
            new_value TEXT,
            note TEXT NOT NULL,
            author TEXT NOT NULL,
            made_at TEXT NOT NULL
        )""",
        """CREATE TABLE takedowns (
            id INTEGER PRIMARY KEY,
            report_id INTEGER REFERENCES reports (id),
            payload_sha256 TEXT,
            reason TEXT NOT NULL,
            asked_on TEXT NOT NULL,
            done_at TEXT
        )""",
    ]
