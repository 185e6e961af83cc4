from __future__ import annotations

import pytest

from extract.attachments import archive_file, safe_xml, zipped
from extract.attachments.paper import UnreadableError
from tests.extract.attachments.hostile_zips import bomb, packed, with_raw_name


def names(data: bytes) -> list[str]:
    return [one.name for one in archive_file.members(data)]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        archive_file.members(data)
    return caught.value.code


def test_files_come_in_order_with_their_bytes() -> None:
    data = packed({"2024年报/": b"", "2024年报/年度报告.txt": b"one", "b.txt": b"two"})
    held = archive_file.members(data)
    assert [(one.name, one.data) for one in held] == [
        ("2024年报/年度报告.txt", b"one"), ("b.txt", b"two"),
    ]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_the_mark_of_unicode_are_read(encoding: str) -> None:
    assert names(with_raw_name("年度报告.txt".encode(encoding), b"x")) == ["年度报告.txt"]


def test_what_a_computer_adds_is_no_file_of_the_archive() -> None:
    litter = ("__MACOSX/._a.txt", "图/Thumbs.db", ".DS_Store")
    assert names(packed(dict.fromkeys((*litter, "a.txt"), b"x"))) == ["a.txt"]


def test_a_name_never_climbs_out_of_its_folder() -> None:
    data = packed({"../../etc/passwd": b"x", "C:\\windows\\a.doc": b"x", "/root/b": b"x"})
    assert names(data) == ["etc/passwd", "windows/a.doc", "root/b"]


def test_archives_in_an_archive_stand_for_their_files() -> None:
    inner = packed({"报告.txt": b"x"})
    assert names(packed({"附件.zip": inner, "a.txt": b"x"})) == ["附件.zip/报告.txt", "a.txt"]
    assert refused(packed({"1.zip": packed({"2.zip": inner})})) == "too_large"


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    assert refused(bomb()) == "too_large"
    assert refused(packed({f"{n}.txt": b"x" for n in range(archive_file.MAX_FILES + 1)})
                   ) == "too_large"


def test_a_size_that_the_directory_lies_about_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_MEMBER", 5_000)
    data = with_raw_name(b"a.txt", b"0123456789" * 2_000, claimed=100)
    assert refused(data) in {"too_large", "broken"}


def test_many_members_and_many_bytes_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed({f"{n}.txt": bytes([n]) * 400 for n in range(9)})
    assert len(names(data)) == 9
    monkeypatch.setattr(zipped, "MAX_TOTAL", 3_000)
    assert refused(data) == "too_large"
    monkeypatch.setattr(zipped, "MAX_TOTAL", 100_000)
    monkeypatch.setattr(zipped, "MAX_MEMBERS", 8)
    assert refused(data) == "too_large"


def test_encrypted_and_broken_are_said() -> None:
    assert refused(with_raw_name(b"a.doc", b"secret", flags=1)) == "encrypted"
    whole = packed({"a.txt": b"text " * 100, "b.txt": b"x"})
    assert refused(whole[:-30]) == "broken"
    assert refused(b"PK\x03\x04" + b"\0" * 40) == "broken"
    damaged = bytearray(whole)
    damaged[40] ^= 0xFF
    assert refused(bytes(damaged)) == "broken"


def test_xml_resolves_nothing() -> None:
    root = safe_xml.parse(b"<a>1 &lt; 2<!-- no --><b/></a>", "a.xml")
    assert "".join(root.itertext()) == "1 < 2"
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    for data in (laughs, outside, b"<a>", b"", b"<a>" * 5_000 + b"</a>" * 5_000):
        with pytest.raises(UnreadableError):
            safe_xml.parse(data, "a.xml")
