"""The unit of politeness is the registered domain."""

from __future__ import annotations

import pytest

from crawler.politeness import is_public_suffix, slot_of


@pytest.mark.parametrize(
    ("url", "slot"),
    [
        ("http://xzsp.xiangyang.gov.cn/zwgk/", "xiangyang.gov.cn"),
        ("https://WWW.xiangyang.gov.cn:443/", "xiangyang.gov.cn"),
        ("http://xiangyang.gov.cn/", "xiangyang.gov.cn"),
        ("http://www.hbhr.gov.cn/", "hbhr.gov.cn"),
        ("http://127.0.0.1:8080/", "127.0.0.1"),
        ("http://localhost/", "localhost"),
    ],
)
def test_slot(url: str, slot: str) -> None:
    assert slot_of(url) == slot


def test_gov_cn_is_nobodys_domain() -> None:
    assert is_public_suffix("gov.cn")
    assert not is_public_suffix("xiangyang.gov.cn")
