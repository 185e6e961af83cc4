"""``-a hosts=FILE``: what is no host of a portal is an error that names its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.arguments import ALL, ArgumentError, parse
from spiders.discovery.hosts import HostLine, HostsError, read_host, read_hosts
from tests.corpus import CORPUS

COPIES = CORPUS / "foreign_copies.txt"


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "hosts.txt"
    file.write_bytes(text.encode(encoding))
    return file


def test_hosts_addresses_comments_and_blank_lines(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "\ufeff# the counties\n\nwww.A-B.gov.cn\nhttps://c.gov.cn/xxgk/index.html   # its list\n"
        "http://a-b.gov.cn/gk/?id=3#top\nhttps://D.gov.cn:443/\n",
    )
    assert read_hosts(file) == (
        HostLine("www.a-b.gov.cn", "http", ("http://a-b.gov.cn/gk/?id=3#top",)),
        HostLine("c.gov.cn", "https", ("https://c.gov.cn/xxgk/index.html",)),
        HostLine("d.gov.cn", "https"),
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("www.example.com", "not under gov.cn"),
        ("www.qy.gov.cn.example.com", "not under gov.cn"),
        ("gov.cn", "is no host"),
        ("127.0.0.1", "no host of a portal"),
        ("http://[::1]/", "no host of a portal"),
        ("http://[::1", "no address"),
        ("ftp://www.qy.gov.cn/", "no web address"),
        ("www.qy.gov.cn:8888", "has port 8888"),
        ("http://admin.yzcity.gov.cn:8888/qy/", "has port 8888"),
        ("www.qy.gov.cn:port", "no address"),
        ("user@www.qy.gov.cn", "no host of a portal"),
        ("www.qy.gov.cn www.dx.gov.cn", "no host of a portal"),
        ("祁阳市", "is no host"),
        ("localhost", "is no host"),
    ],
)
def test_a_line_that_is_no_portal_is_named(tmp_path: Path, line: str, says: str) -> None:
    file = written(tmp_path, f"# hosts\nwww.dx.gov.cn\n{line}\n")
    with pytest.raises(HostsError, match="line 3: ") as error:
        read_hosts(file)
    assert says in str(error.value)
    with pytest.raises(ArgumentError, match="line 3"):
        parse({"hosts": str(file)}, ALL)


@pytest.mark.parametrize(
    ("text", "encoding", "says"),
    [("", "utf-8", "names no host"), ("# none\n", "utf-8", "names no host"),
     ("襄阳", "gbk", "no UTF-8 text")],
)  # fmt: skip
def test_a_file_without_hosts_is_an_error(
    tmp_path: Path, text: str, encoding: str, says: str
) -> None:
    with pytest.raises(HostsError, match=says):
        read_hosts(written(tmp_path, text, encoding))


def test_a_missing_file_or_a_folder_is_an_error(tmp_path: Path) -> None:
    for file in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(HostsError, match="cannot be read"):
            read_hosts(file)


@pytest.mark.corpus
@pytest.mark.skipif(not COPIES.exists(), reason="the corpus is not here")
def test_copies_on_foreign_domains_are_refused() -> None:
    lines = COPIES.read_text(encoding="utf-8").split()
    assert len(lines) > 20
    for line in lines:
        with pytest.raises(HostsError):
            read_host(line)
