from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import dictionaries, payloads
from archive.db import Archive
from archive.errors import DamagedPayload
from archive.packing import pack
from archive.verify import Fault, verify
from tests.archive.world import HOST, Run, one


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


def page(number: int, design: str = "blue") -> bytes:
    """A page of a portal: much of it the same on every page, and not for a compressor to guess."""
    chrome = "".join(
        f"<li class='{sha256(f'{design}{item}'.encode()).hexdigest()}'>" for item in range(40)
    )
    own = "".join(sha256(f"{number}:{item}".encode()).hexdigest() for item in range(6))
    return f"<html>{chrome}<p>{own}</p></html>".encode()


def verify_payloads(archive: Archive) -> Iterator[Fault]:
    return (fault for fault in verify(archive) if fault.code == "payload")


def crawl(archive: Archive, pages: Sequence[bytes], day: str = "2024-06-01") -> Run:
    run = Run(archive, day)
    for number, data in enumerate(pages):
        run.article(f"http://{HOST}/{sha256(data).hexdigest()}{number}.html", data=data)
    return run


def sizes(archive: Archive) -> tuple[int, int, int]:
    """(bytes of payloads, how many have a dictionary, how many dictionaries)."""
    return (
        one(archive, "SELECT sum(length(data)) FROM payloads"),
        one(archive, "SELECT count(dictionary) FROM payloads"),
        one(archive, "SELECT count(*) FROM dictionaries"),
    )


def test_packing_keeps_every_byte_and_takes_a_fraction_of_the_room(archive: Archive) -> None:
    pages = [page(number) for number in range(20)]
    crawl(archive, pages)
    before, *_ = sizes(archive)
    saved = pack(archive)
    after, packed, dictionaries = sizes(archive)
    assert (packed, dictionaries) == (20, 1)
    weight = one(archive, "SELECT length(data) FROM dictionaries")
    assert saved == before - after - weight > 0.5 * before
    assert [payloads.get(archive, payloads.digest(data)) for data in pages] == pages
    assert list(verify_payloads(archive)) == []
    assert pack(archive) == 0, "nothing is left to do"


def test_a_page_that_comes_later_uses_the_dictionary_at_once(archive: Archive) -> None:
    crawl(archive, [page(number) for number in range(20)])
    pack(archive)
    alone = len(payloads.compressed(archive, page(99), None))
    name = payloads.put(archive, page(99), HOST)
    assert one(archive, "SELECT length(data) FROM payloads WHERE sha256 = ?", name) < alone / 2
    assert payloads.get(archive, name) == page(99)
    other = payloads.put(archive, page(98), "www.elsewhere.gov.cn")
    assert one(archive, "SELECT dictionary FROM payloads WHERE sha256 = ?", other) is None


@pytest.mark.parametrize(
    "pages",
    [[page(number) for number in range(5)], [page(n, design=str(n)) for n in range(20)]],
    ids=["few", "strangers"],
)
def test_pages_that_are_few_or_share_nothing_get_none(archive: Archive, pages: list[bytes]) -> None:
    crawl(archive, pages)
    pack(archive)
    assert sizes(archive)[1:] == (0, 0)


def test_a_new_design_gets_a_further_dictionary_and_the_old_one_stays(archive: Archive) -> None:
    old = [page(number) for number in range(20)]
    new = [page(number, design="red") for number in range(100, 240)]
    crawl(archive, old)
    pack(archive)
    crawl(archive, new, "2025-06-01")
    pack(archive)
    assert sizes(archive)[2] == 2
    assert one(archive, "SELECT count(*) FROM payloads WHERE dictionary = 1") >= 20
    assert all(payloads.get(archive, payloads.digest(data)) == data for data in old + new)
    pack(archive)
    assert sizes(archive)[2] == 2, "once is enough"


def test_a_damaged_dictionary_loses_nothing_that_arrives(archive: Archive) -> None:
    crawl(archive, [page(number) for number in range(20)])
    pack(archive)
    archive.conn.execute("UPDATE dictionaries SET data = x'00'")
    with Archive.open(archive.path, write=False, world="sandbox") as reader:
        with pytest.raises(DamagedPayload, match="dictionary 1"):
            payloads.get(reader, payloads.digest(page(3)))
        assert len(list(verify_payloads(reader))) == 20
    dictionaries._loaded.clear()
    name = payloads.put(archive, page(99), HOST)
    assert payloads.get(archive, name) == page(99)
    assert pack(archive) == 0, "what cannot be read is left as it is"


@pytest.mark.parametrize("stop", [1, 5, 20, 60, 150])
def test_packing_may_end_at_any_moment(archive: Archive, stop: int) -> None:
    pages = [page(number) for number in range(80)]
    crawl(archive, pages)
    before = sizes(archive)[0]
    moments = iter(range(stop))
    archive.conn.set_progress_handler(lambda: next(moments, None) is None, 200)
    with suppress(sqlite3.OperationalError):
        pack(archive)
    archive.conn.set_progress_handler(None, 0)
    dictionaries._loaded.clear()
    assert all(payloads.get(archive, payloads.digest(data)) == data for data in pages)
    pack(archive)
    after, packed, made = sizes(archive)
    assert (packed, made) == (80, 1)
    assert after < before / 2


def test_only_so_many_dictionaries_are_held(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dictionaries, "_KEPT", 3)
    contents = [dictionaries.make([page(10 * n + m) for m in range(8)]) for n in range(9)]
    with archive.atomic():
        made = [dictionaries.save(archive, f"{n}.gov.cn", one) for n, one in enumerate(contents)]
    for number, content in (*zip(made, contents, strict=True),) * 2:
        assert dictionaries.load(archive, number).dict_content == content
    assert len(dictionaries._loaded[archive]) == 3
