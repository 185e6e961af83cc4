"""Addresses: what belongs to the visitor and not to the page is taken off."""

import pytest

from spiders.links import is_file, without_session
from spiders.portals.daoxian import Daoxian

PAGE = "http://www.dx.gov.cn/dx/ndbg/list.jsp"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"{PAGE};jsessionid=0A1B2C", PAGE),
        (f"{PAGE};JSESSIONID=0A1B2C?id=7", f"{PAGE}?id=7"),
        (f"{PAGE}?jsessionid=0A1B2C&id=7", f"{PAGE}?id=7"),
        (f"{PAGE}?id=7&PHPSESSID=abc", f"{PAGE}?id=7"),
        (f"{PAGE}?session=abc", PAGE),
        (f"{PAGE}?sid=0123456789abcdef", PAGE),
        (f"{PAGE}?sid=175&page=2", f"{PAGE}?sid=175&page=2"),
        (f"{PAGE}?id=7&sessions=2024", f"{PAGE}?id=7&sessions=2024"),
        (f"{PAGE}?obsession=1", f"{PAGE}?obsession=1"),
        (PAGE, PAGE),
    ],
)
def test_a_session_is_taken_off(url: str, expected: str) -> None:
    assert without_session(url) == expected


def test_a_portal_knows_its_pages_without_a_session() -> None:
    assert Daoxian().own_url(f"{PAGE};jsessionid=0A1B2C") == PAGE


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("https://x.gov.cn/module/download/downfile.jsp?classid=0&filename=8f0c21.pdf", True),
        ("https://x.gov.cn/system/_content/download.jsp?owner=1&name=%E6%8A%A5.docx", True),
        ("https://x.gov.cn/attach/0/nb2024.ofd", True),
        ("https://x.gov.cn/module/web/jpage/dataproxy.jsp?page=1&webid=7", False),
        ("https://x.gov.cn/search?q=a.pdf", False),
        ("https://x.gov.cn/download/index.html", False),
    ],
)  # fmt: skip
def test_a_download_that_names_a_document_is_one(url: str, file: bool) -> None:
    assert is_file(url) is file
