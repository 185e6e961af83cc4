"""The archived original in a frame, with the cell that a number was read from marked."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from archive.site.requests import Asked, text
from archive.takedowns import is_withheld

_AT = re.compile(r"[a-z0-9!:]{1,20}[\w:/+,.!\-]{0,120}")


def archived(conn: sqlite3.Connection, sha256: str, asked: Asked) -> dict[str, Any] | None:
    """Return what the page round an archived document shows, None when nobody knows it."""
    row = conn.execute(
        """SELECT documents.id, documents.url, documents.host, media_type, fetched_at
        FROM documents JOIN fetches ON fetches.id = fetch_id WHERE documents.payload_sha256 = ?
        ORDER BY documents.id LIMIT 1""",
        [sha256],
    ).fetchone()
    if row is None:
        return None
    key = text(asked, "report")
    known = conn.execute(
        """SELECT report_key, title FROM reports JOIN report_documents ON report_id = reports.id
        WHERE document_id = ? ORDER BY report_key != ?""",
        [row[0], key],
    ).fetchone()
    return {
        "sha256": sha256,
        "url": row[1],
        "host": row[2],
        "media_type": row[3],
        "fetched_at": row[4],
        "report": known,
        "at": place(asked),
        "is_here": is_here(conn, sha256),
    }


def place(asked: Asked) -> str | None:
    """Return the locator that an address asks for, if it looks like one."""
    at = text(asked, "at")
    return at if _AT.fullmatch(at) else None


def is_here(conn: sqlite3.Connection, sha256: str) -> bool:
    """Tell whether the bytes may be shown: a release has none, and some were taken down."""
    there = conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'payloads'").fetchone()
    if there is None or is_withheld(conn, sha256):
        return False
    row = conn.execute("SELECT 1 FROM payloads WHERE sha256 = ?", [sha256]).fetchone()
    return row is not None
