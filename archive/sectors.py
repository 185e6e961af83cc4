"""What a body deals with (公安, 住建, 自然资源 …), told by its name; unknown stays unknown."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of ``data/sectors.tsv``; ``pattern`` is found in the names of its bodies."""

    key: str
    label: str
    label_en: str
    pattern: re.Pattern[str]


@cache
def sectors() -> tuple[Sector, ...]:
    """Return the sectors in the order of their file."""
    found = []
    for line in _text().splitlines()[1:]:
        key, label, label_en, pattern = line.split("\t")
        found.append(Sector(key, label, label_en, re.compile(pattern)))
    return tuple(found)


@cache
def sector_of(body: str) -> str | None:
    """Return the key of a body's sector, None when its name does not say.

    A body of several tasks belongs to the one it names first (教育和体育局: education).

    Args:
        body: The name in comparison form, without its place.
    """
    hits = [
        (hit.start(), -len(hit.group()), sector.key)
        for sector in sectors()
        if (hit := sector.pattern.search(body))
    ]
    return min(hits)[2] if hits else None


def sync(conn: sqlite3.Connection) -> None:
    """Fill the table ``sectors`` and the publishers' sectors when they are not of today's file.

    Args:
        conn: The connection of an archive open for writing, inside the caller's transaction.
    """
    today = sha256(_text().encode()).hexdigest()
    found = conn.execute("SELECT value FROM archive_meta WHERE key = 'sectors'").fetchone()
    if found is not None and found[0] == today:
        return
    conn.execute("DELETE FROM sectors")
    conn.executemany(
        "INSERT INTO sectors (key, label, label_en) VALUES (?, ?, ?)",
        [(item.key, item.label, item.label_en) for item in sectors()],
    )
    bodies = conn.execute("SELECT id, substr(key, instr(key, '/') + 1) FROM publishers").fetchall()
    conn.executemany(
        "UPDATE publishers SET sector = ? WHERE id = ?",
        [(sector_of(body), publisher) for publisher, body in bodies],
    )
    conn.execute("INSERT OR REPLACE INTO archive_meta (key, value) VALUES ('sectors', ?)", [today])


def _text() -> str:
    return files("archive").joinpath("data/sectors.tsv").read_text(encoding="utf-8")
