from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import payloads
from archive.db import Archive
from archive.errors import DamagedPayload
from tests.archive.world import one


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=2000))
def test_what_is_put_is_got(archive: Archive, data: bytes) -> None:
    name = payloads.put(archive, data)
    assert payloads.get(archive, name) == data
    assert payloads.put(archive, data) == name
    assert one(archive, "SELECT count(*) FROM payloads WHERE sha256 = ?", name) == 1
    assert one(archive, "SELECT size FROM payloads WHERE sha256 = ?", name) == len(data)


def test_a_payload_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(DamagedPayload, match="has no payload"):
        payloads.get(archive, "0" * 64)


def test_damage_is_seen(archive: Archive) -> None:
    right = payloads.put(archive, b"one digit: 1")
    wrong = payloads.put(archive, b"one digit: 7")
    archive.conn.execute(
        "UPDATE payloads SET data = (SELECT data FROM payloads WHERE sha256 = ?) WHERE sha256 = ?",
        [wrong, right],
    )
    archive.conn.execute("UPDATE payloads SET data = x'00' WHERE sha256 = ?", [wrong])
    for name in (right, wrong):
        with pytest.raises(DamagedPayload, match="do not match"):
            payloads.get(archive, name)


def test_the_blob_is_plain_zstd(archive: Archive, tmp_path: Path) -> None:
    """Decades from now, sqlite3 and zstd must be enough."""
    blob = one(
        archive, "SELECT data FROM payloads WHERE sha256 = ?", payloads.put(archive, b"abc" * 99)
    )
    assert blob[:4] == bytes.fromhex("28b52ffd")  # the magic number of RFC 8878
    try:
        done = subprocess.run(["zstd", "-dc"], input=blob, capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("the zstd program is not installed")
    assert done.stdout == b"abc" * 99
