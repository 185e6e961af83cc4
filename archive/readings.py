"""Readings of documents that share a report, kept so that one of them can be read alone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from archive.db import Archive
from extract.record import (
    Agency,
    Attachment,
    Cell,
    Check,
    Claim,
    Indicator,
    Issue,
    Record,
    Section,
    SectionPart,
)


def save(archive: Archive, document_id: int, records: Sequence[Record]) -> None:
    """Keep what was read of a document, in place of what was read of it before."""
    text = json.dumps([asdict(record) for record in records], ensure_ascii=False)
    archive.conn.execute(
        "INSERT OR REPLACE INTO readings (document_id, records) VALUES (?, ?)",
        [document_id, zlib.compress(text.encode("utf-8"), 6)],
    )


def load(archive: Archive, document_id: int) -> list[Record] | None:
    """Return what was read of a document; None when that was not kept."""
    row = archive.conn.execute(
        "SELECT records FROM readings WHERE document_id = ?", [document_id]
    ).fetchone()
    if row is None:
        return None
    return [_record(value) for value in json.loads(zlib.decompress(row[0]))]


def _record(value: dict[str, Any]) -> Record:
    """Return a record from its plain form, as ``dataclasses.asdict`` gives it."""
    given = dict(value)
    agency = given.pop("agency")
    sections = [
        Section(**{**one, "parts": tuple(SectionPart(**part) for part in one["parts"])})
        for one in given.pop("sections")
    ]
    tables = {
        table: {
            row: {column: Cell(**cell) for column, cell in columns.items()}
            for row, columns in rows.items()
        }
        for table, rows in given.pop("tables").items()
    }
    checks = [Check(**{**one, "cells": tuple(one["cells"])}) for one in given.pop("checks")]
    return Record(
        agency=None if agency is None else Agency(**agency),
        sections=sections,
        tables=tables,
        checks=checks,
        indicators=[Indicator(**one) for one in given.pop("indicators")],
        claims=[Claim(**one) for one in given.pop("claims")],
        attachments=[Attachment(**one) for one in given.pop("attachments")],
        issues=[Issue(**one) for one in given.pop("issues")],
        **given,
    )
