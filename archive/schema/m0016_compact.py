"""Cells, checks and missing codes in little room: what all reports share is kept once.

Nearly every row of ``cells`` repeats words of the form: which cell it is, under which labels, in
which unit. The tables made here hold each such thing once, under a number. ``cells``, ``checks``
and ``panel_missing`` become views; the first two may be written to as before.
"""

from __future__ import annotations

import sqlite_utils

from archive.panel_names import VARIABLES
from archive.schema.ddl import among, one_of, run
from extract import formats

# A further code needs a migration that adds it here and makes the view anew.
_CODES = (
    "blank", "slash", "dash", "none_word", "na_word", "row_absent", "col_absent", "table_absent",
    "not_in_format", "image_only", "attachment_only", "unparsed", "conflict", "merged", "masked",
    "unit_unknown",
)  # fmt: skip

_OLD = ("cells", "checks", "panel_missing")


def apply(db: sqlite_utils.Database) -> None:
    """Make the compact tables and the views in front, and move the old rows over."""
    run(db, [f"ALTER TABLE {name} RENAME TO old_{name}" for name in _OLD])
    run(db, [*_cell_tables(), *_cell_views(), *_check_tables(), *_check_views(), *_codes()])
    codes = list(enumerate(_CODES, start=1))
    db.conn.executemany("INSERT INTO missing_codes (id, code) VALUES (?, ?)", codes)
    numbers = ", ".join(f"(SELECT id FROM missing_codes WHERE code = {x.name})" for x in VARIABLES)
    run(
        db,
        [
            "INSERT INTO cells SELECT * FROM old_cells",
            "INSERT INTO checks SELECT *, NULL FROM old_checks ORDER BY version_id, rowid",
            f"INSERT INTO compact_missing SELECT report_id, {numbers} FROM old_panel_missing",
            *(f"DROP TABLE old_{name}" for name in _OLD),
        ],
    )


def _cell_tables() -> list[str]:
    return [
        """CREATE TABLE cell_places (
            id INTEGER PRIMARY KEY,
            table_key TEXT NOT NULL,
            row_key TEXT NOT NULL,
            column_key TEXT NOT NULL,
            occurrence INTEGER NOT NULL,
            UNIQUE (table_key, row_key, column_key, occurrence)
        )""",
        """CREATE TABLE cell_headings (
            id INTEGER PRIMARY KEY,
            unit TEXT,
            unit_source TEXT CHECK (unit_source IN ('cell', 'header', 'form')),
            row_label TEXT NOT NULL,
            column_label TEXT NOT NULL
        )""",
        "CREATE INDEX cell_headings_labels ON cell_headings (row_label, column_label)",
        # What stands before the row and the column in a locator: html:t3, pdf:p2/t1.
        "CREATE TABLE cell_grids (id INTEGER PRIMARY KEY, locator TEXT NOT NULL UNIQUE)",
        # at: a number for a row and a column of a grid, the locator itself for all else.
        # raw: NULL for the value's own text. document_id: NULL for the version's own document.
        f"""CREATE TABLE compact_cells (
            version_id INTEGER NOT NULL REFERENCES report_versions (id),
            place_id INTEGER NOT NULL REFERENCES cell_places (id),
            heading_id INTEGER NOT NULL REFERENCES cell_headings (id),
            value NUMERIC,
            at NOT NULL,
            raw TEXT,
            missing TEXT {among("missing", formats.missing_codes())},
            document_id INTEGER REFERENCES documents (id),
            PRIMARY KEY (version_id, place_id),
            CHECK (missing IS 'conflict' OR (value IS NULL) != (missing IS NULL))
        ) WITHOUT ROWID""",
    ]


def _place(row: str) -> str:
    return f"""(SELECT id FROM cell_places WHERE table_key = {row}.table_key
            AND row_key = {row}.row_key AND column_key = {row}.column_key
            AND occurrence = {row}.occurrence)"""


_HEADING = """FROM cell_headings WHERE row_label = NEW.row_label
            AND column_label = NEW.column_label AND unit IS NEW.unit
            AND unit_source IS NEW.unit_source"""

# A locator taken apart, and put together again to see that nothing of it is lost.
_PARTS = """FROM (SELECT grid, row, CAST(substr(rest, instr(rest, '/c') + 2) AS INTEGER) AS col
            FROM (SELECT substr(NEW.at, 1, instr(NEW.at, '/r') - 1) AS grid,
                substr(NEW.at, instr(NEW.at, '/r') + 2) AS rest,
                CAST(substr(NEW.at, instr(NEW.at, '/r') + 2) AS INTEGER) AS row))
            WHERE row BETWEEN 0 AND 1023 AND col BETWEEN 0 AND 63
            AND NEW.at = grid || '/r' || row || '/c' || col"""

_WRITE_CELL = f"""INSERT OR IGNORE INTO cell_places (table_key, row_key, column_key, occurrence)
            VALUES (NEW.table_key, NEW.row_key, NEW.column_key, NEW.occurrence);
            INSERT INTO cell_headings (unit, unit_source, row_label, column_label)
            SELECT NEW.unit, NEW.unit_source, NEW.row_label, NEW.column_label
            WHERE NOT EXISTS (SELECT 1 {_HEADING});
            INSERT OR IGNORE INTO cell_grids (locator) SELECT grid {_PARTS};
            INSERT INTO compact_cells (version_id, place_id, heading_id, value, at, raw, missing,
            document_id) VALUES (NEW.version_id, {_place("NEW")}, (SELECT id {_HEADING}),
            NEW.value,
            coalesce((SELECT (SELECT id FROM cell_grids WHERE locator = grid) * 65536
                + row * 64 + col {_PARTS}), NEW.at),
            nullif(NEW.raw,
                coalesce(CAST(CAST(CAST(NEW.value AS TEXT) AS NUMERIC) AS TEXT), '')),
            NEW.missing,
            (SELECT nullif(NEW.document_id, document_id) FROM report_versions
                WHERE id = NEW.version_id));"""

_TAKE_CELL = f"""DELETE FROM compact_cells WHERE version_id = OLD.version_id
            AND place_id = {_place("OLD")};"""


def _cell_views() -> list[str]:
    # What a query does not name is not looked up: SQLite leaves such LEFT JOINs out.
    return [
        """CREATE VIEW cells AS
            SELECT it.version_id, table_key, row_key, column_key, occurrence,
                coalesce(it.document_id, version.document_id) AS document_id,
                coalesce(raw, CAST(value AS TEXT), '') AS raw, value, missing, unit, unit_source,
                row_label, column_label,
                CASE typeof(at) WHEN 'integer'
                    THEN locator || '/r' || (at / 64 % 1024) || '/c' || (at % 64)
                    ELSE at END AS at
            FROM compact_cells AS it
            JOIN cell_places AS place ON place.id = it.place_id
            LEFT JOIN cell_headings AS heading ON heading.id = it.heading_id
            LEFT JOIN cell_grids AS grid ON grid.id = it.at / 65536
            LEFT JOIN report_versions AS version ON version.id = it.version_id""",
        """CREATE TRIGGER cells_of_another_document AFTER UPDATE OF document_id ON report_versions
            WHEN OLD.document_id IS NOT NEW.document_id BEGIN
            UPDATE compact_cells
            SET document_id = nullif(coalesce(document_id, OLD.document_id), NEW.document_id)
            WHERE version_id = NEW.id; END""",
        f"CREATE TRIGGER cells_insert INSTEAD OF INSERT ON cells BEGIN {_WRITE_CELL} END",
        f"CREATE TRIGGER cells_delete INSTEAD OF DELETE ON cells BEGIN {_TAKE_CELL} END",
        f"""CREATE TRIGGER cells_update INSTEAD OF UPDATE ON cells BEGIN
            {_TAKE_CELL} {_WRITE_CELL} END""",
    ]


def _check_tables() -> list[str]:
    return [
        # A rule applied to one column or row: which cells take part is the same in all reports.
        """CREATE TABLE check_rules (
            id INTEGER PRIMARY KEY,
            check_id TEXT NOT NULL,
            scope TEXT NOT NULL,
            kind TEXT NOT NULL,
            official INTEGER NOT NULL CHECK (official IN (0, 1)),
            cells TEXT NOT NULL CHECK (json_valid(cells)),
            UNIQUE (check_id, scope, kind, official, cells)
        )""",
        f"""CREATE TABLE compact_checks (
            version_id INTEGER NOT NULL REFERENCES report_versions (id),
            nth INTEGER NOT NULL,
            rule_id INTEGER NOT NULL REFERENCES check_rules (id),
            left_value NUMERIC,
            right_value NUMERIC,
            verdict TEXT NOT NULL {one_of("verdict", "verdict")},
            assumes_blank_zero INTEGER NOT NULL CHECK (assumes_blank_zero IN (0, 1)),
            cause TEXT {one_of("cause", "failure_cause")},
            PRIMARY KEY (version_id, nth)
        ) WITHOUT ROWID""",
        """CREATE INDEX compact_checks_failed ON compact_checks (rule_id)
            WHERE verdict = 'fail'""",
    ]


_RULE = """(SELECT id FROM check_rules WHERE check_id = NEW.check_id AND scope = NEW.scope
            AND kind = NEW.kind AND official = NEW.official AND cells = NEW.cells)"""

_WRITE_RULE = """INSERT OR IGNORE INTO check_rules (check_id, scope, kind, official, cells)
            VALUES (NEW.check_id, NEW.scope, NEW.kind, NEW.official, NEW.cells);"""


def _check_views() -> list[str]:
    return [
        """CREATE VIEW checks AS
            SELECT version_id, check_id, scope, kind, official, left_value, right_value, verdict,
                assumes_blank_zero, cause, cells, nth
            FROM compact_checks JOIN check_rules ON check_rules.id = rule_id""",
        f"""CREATE TRIGGER checks_insert INSTEAD OF INSERT ON checks BEGIN {_WRITE_RULE}
            INSERT INTO compact_checks (version_id, nth, rule_id, left_value, right_value,
            verdict, assumes_blank_zero, cause) VALUES (NEW.version_id,
            (SELECT 1 + coalesce(max(nth), 0) FROM compact_checks
                WHERE version_id = NEW.version_id),
            {_RULE}, NEW.left_value, NEW.right_value, NEW.verdict,
            NEW.assumes_blank_zero, NEW.cause); END""",
        f"""CREATE TRIGGER checks_update INSTEAD OF UPDATE ON checks BEGIN {_WRITE_RULE}
            UPDATE compact_checks SET version_id = NEW.version_id, rule_id = {_RULE},
            left_value = NEW.left_value, right_value = NEW.right_value, verdict = NEW.verdict,
            assumes_blank_zero = NEW.assumes_blank_zero, cause = NEW.cause
            WHERE version_id = OLD.version_id AND nth = OLD.nth; END""",
        """CREATE TRIGGER checks_delete INSTEAD OF DELETE ON checks BEGIN
            DELETE FROM compact_checks WHERE version_id = OLD.version_id
            AND nth = OLD.nth; END""",
    ]


def _codes() -> list[str]:
    numbers = ",".join(f"\n            {item.name} INTEGER" for item in VARIABLES)
    # A subquery for each of the columns would take milliseconds a row.
    words = " ".join(f"WHEN {id} THEN '{code}'" for id, code in enumerate(_CODES, start=1))
    codes = ",".join(
        f"\n            CASE it.{item.name} {words} END AS {item.name}" for item in VARIABLES
    )
    return [
        "CREATE TABLE missing_codes (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE)",
        f"""CREATE TABLE compact_missing (
            report_id INTEGER PRIMARY KEY REFERENCES reports (id),{numbers}
        )""",
        f"""CREATE VIEW panel_missing AS SELECT it.report_id, report_key,{codes}
            FROM compact_missing AS it JOIN reports ON reports.id = it.report_id""",
    ]
