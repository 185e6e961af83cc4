"""Payloads: the decoded bodies of responses, compressed, each stored once under its hash."""

from __future__ import annotations

from hashlib import sha256

from backports import zstd

from archive import dictionaries
from archive.db import Archive
from archive.errors import DamagedPayload


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes, 64 hexadecimal digits: the payload's name."""
    return sha256(data).hexdigest()


def put(archive: Archive, data: bytes, portal: str | None = None) -> str:
    """Store a body, unless the archive has it.

    Args:
        archive: The archive, open for writing.
        data: The body after content decoding (no gzip), as received otherwise.
        portal: The portal it came from, whose dictionary makes it smaller if there is one.

    Returns:
        The SHA-256 of ``data``.
    """
    name = digest(data)
    found = archive.conn.execute("SELECT 1 FROM payloads WHERE sha256 = ?", [name]).fetchone()
    if found is None:
        number = None if portal is None else dictionaries.sound(archive, portal)
        archive.conn.execute(
            "INSERT INTO payloads (sha256, size, codec, data, dictionary) "
            "VALUES (?, ?, 'zstd', ?, ?)",
            [name, len(data), compressed(archive, data, number), number],
        )
    return name


def compressed(archive: Archive, data: bytes, dictionary: int | None) -> bytes:
    """Return a body as one zstd frame, made with a dictionary of the archive or without."""
    shared = None if dictionary is None else dictionaries.load(archive, dictionary)
    return dictionaries.compress(data, shared)


def get(archive: Archive, sha256: str) -> bytes:
    """Return a stored body, after proving that it is the one of that hash.

    Raises:
        DamagedPayload: There is none, it does not decompress, its dictionary is damaged, or its
            bytes have another hash.
    """
    row = archive.conn.execute(
        "SELECT data, dictionary FROM payloads WHERE sha256 = ?", [sha256]
    ).fetchone()
    if row is None:
        raise DamagedPayload(f"{archive.path} has no payload {sha256}.")
    shared = None if row[1] is None else dictionaries.load(archive, row[1])
    try:
        data = zstd.decompress(row[0], zstd_dict=shared)
    except zstd.ZstdError as error:
        raise DamagedPayload(_damaged(archive, sha256)) from error
    if digest(data) != sha256:
        raise DamagedPayload(_damaged(archive, sha256))
    return data


def _damaged(archive: Archive, name: str) -> str:
    return (
        f"The payload {name} in {archive.path} is damaged: its bytes do not match its hash. "
        "Take the file from a backup."
    )
