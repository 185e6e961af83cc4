"""Checks between the reports of two years."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import one_of, run


def apply(db: sqlite_utils.Database) -> None:
    """Make the table; it is filled when statuses are next computed."""
    run(
        db,
        [
            f"""CREATE TABLE cross_checks (
                report_id INTEGER NOT NULL REFERENCES reports (id),
                check_id TEXT NOT NULL,
                scope TEXT NOT NULL,
                earlier_id INTEGER NOT NULL REFERENCES reports (id),
                left_value NUMERIC NOT NULL,
                right_value NUMERIC NOT NULL,
                verdict TEXT NOT NULL {one_of("verdict", "verdict")},
                assumes_blank_zero INTEGER NOT NULL CHECK (assumes_blank_zero IN (0, 1)),
                cause TEXT {one_of("cause", "failure_cause")},
                PRIMARY KEY (report_id, check_id, scope)
            ) WITHOUT ROWID""",
            "CREATE INDEX cross_checks_earlier ON cross_checks (earlier_id)",
            "CREATE INDEX cross_checks_verdict ON cross_checks (verdict, check_id)",
        ],
    )
