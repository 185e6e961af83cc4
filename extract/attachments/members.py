"""What an archive holds: its files one by one, and the records that were read in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module

from extract.attachments.paper import UnreadableError
from extract.record import Issue, Record

BETWEEN = "!"
"""Stands in a locator between a file in an archive and the place in that file."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive.

    Attributes:
        name: Its name, folders included, decoded.
        data: Its bytes, unpacked.
    """

    name: str
    data: bytes


def members(data: bytes) -> Sequence[Member]:
    """Return the files of an archive in their order; folders are none.

    Raises:
        UnreadableError: It is encrypted, broken, or larger than is unpacked.
    """
    try:
        module = import_module("extract.attachments.archive_file")
    except ModuleNotFoundError:
        raise UnreadableError("needs_reader", "the document is zip, not a page") from None
    found: Sequence[Member] = list(module.members(data))
    return found


def member_at(data: bytes, at: str) -> bytes:
    """Return the bytes of the file that a locator ``zip:2!docx:t1/r3/c2`` names.

    Raises:
        LookupError: The archive has no such file.
        ValueError: It is no locator of a file in an archive.
        UnreadableError: The archive cannot be opened.
    """
    outer, between, _ = at.partition(BETWEEN)
    number = outer.removeprefix("zip:")
    if not between or not number.isdecimal():
        raise ValueError(f"{at} is no locator of a file in an archive: zip:2!docx:t1/r3/c2")
    held = members(data)
    if not 0 < int(number) <= len(held):
        raise LookupError(f"the archive has no file {number}")
    return held[int(number) - 1].data


def inside(record: Record, number: int, name: str) -> Record:
    """Put a file's place in the archive before the places of its record.

    Args:
        record: A record read in the file; it is changed.
        number: The place of the file among the archive's, from 1.
        name: Its name, which the record's issues then begin with.
    """
    front = f"zip:{number}{BETWEEN}"
    for rows in record.tables.values():
        for row in rows.values():
            for column, cell in row.items():
                row[column] = replace(cell, at=front + cell.at)
    record.issues = [
        Issue(one.code, f"{name}: {one.detail}", front + one.at if one.at else None)
        for one in record.issues
    ]
    return record


def kept(records: Iterable[Record]) -> list[Record]:
    """Return the reports among the records of an archive's files; without any, the first of those
    that may be one, with the issues of all."""
    found = list(records)
    reports = [one for one in found if one.kind == "report"]
    if reports:
        first = reports[0]
        for one in found:
            if one.kind in {"attachment_only", "image_only"}:
                first.issues += one.issues
        return reports
    unread = [one for one in found if one.kind in {"attachment_only", "image_only"}]
    for one in (unread or found)[1:]:
        (unread or found)[0].issues += one.issues
    return (unread or found)[:1]


def stem(name: str) -> str:
    """Return a file's name without its folders and ending."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    front, dot, _ = last.rpartition(".")
    return front if dot else last
