"""What an archive holds: its files one by one, and the records that were read in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module

from extract.attachments.compose import Whole, belongs, compose
from extract.attachments.paper import UnreadableError
from extract.normal import match_form
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


def kept(held: Sequence[tuple[Record, str]]) -> list[Record]:
    """Return the reports that an archive holds, one for each: a report in several files is one.

    Args:
        held: What was read of each file, and its name.

    Returns:
        The reports in the order of the archive; without any, the first of those that may be one,
        with the issues of all.
    """
    reports = [one for one in held if one[0].kind == "report"]
    if reports:
        found = _once(reports)
        for record, _ in held:
            if record.kind in {"attachment_only", "image_only"}:
                found[0].issues += record.issues
        return found
    records = [record for record, _ in held]
    unread = [one for one in records if one.kind in {"attachment_only", "image_only"}]
    for one in (unread or records)[1:]:
        (unread or records)[0].issues += one.issues
    return (unread or records)[:1]


def _once(reports: Sequence[tuple[Record, str]]) -> list[Record]:
    """Put together what files say of the same report; what they print otherwise is a conflict."""
    found: list[Record] = []
    left = list(reports)
    while left:
        (first, name), *others = left
        same = [one for one in others if belongs(first, one[0], _same, alone=False)]
        whole = compose(first, same, name) if same else Whole(first, {})
        found.append(whole.record)
        taken = {id(one) for number, one in enumerate(same, start=1)
                 if number not in whole.left_out}
        left = [one for one in others if id(one) not in taken]
    return found


def _same(one: str, other: str) -> bool:
    return match_form(one) == match_form(other)


def stem(name: str) -> str:
    """Return a file's name without its folders and ending."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    front, dot, _ = last.rpartition(".")
    return front if dot else last
