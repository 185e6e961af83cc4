"""What was mistyped is an error that names the choices."""

from __future__ import annotations

import pytest

from spiders.arguments import ALL, LEAF, ArgumentError, Arguments, parse

HOSTS = {
    "www.qy.gov.cn": "www.qy.gov.cn",
    "qy.gov.cn": "www.qy.gov.cn",
    "jzx.gov.cn": "www.huaihua.gov.cn",
}
PLACES = ["湖北省", "湖北省/襄阳市", "湖北省/襄阳市/襄城区", "甲省/城区", "乙省/城区"]


def read(**given: str) -> Arguments:
    return parse(given, ALL, hosts=HOSTS, places=PLACES, this_year=2026)


def test_nothing_given_means_everything() -> None:
    assert read() == Arguments(None, None, None, "new", None)


def test_values() -> None:
    asked = read(
        portals="qy.gov.cn, https://jzx.gov.cn/x,www.qy.gov.cn",
        divisions="湖北省/襄阳市，襄城区",
        years="2019-2021,2023",
        recheck="all",
        limit="20",
    )
    assert asked == Arguments(
        ("www.qy.gov.cn", "www.huaihua.gov.cn"),
        ("湖北省/襄阳市", "湖北省/襄阳市/襄城区"),
        frozenset({2019, 2020, 2021, 2023}),
        "all",
        20,
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"year": "2023"}, "Did you mean years?"),
        ({"portal": "x"}, "Choices: portals, divisions, hosts, years, recheck, limit"),
        ({"portals": "www.gy.gov.cn"}, "Did you mean www.qy.gov.cn"),
        ({"portals": "nowhere"}, "Choices: www.huaihua.gov.cn, www.qy.gov.cn"),
        ({"divisions": "襄阳"}, "Did you mean 襄阳市?"),
        ({"divisions": "城区"}, "ambiguous: 甲省/城区, 乙省/城区"),
        ({"years": "2027"}, "2004 to 2026"),
        ({"years": "1999-2003"}, "year 1999 is impossible"),
        ({"years": "2023-2019"}, "write 2019-2023"),
        ({"years": "二〇二三"}, "is not a year"),
        ({"years": "20233"}, "is not a year"),
        ({"years": " "}, "is empty"),
        ({"recheck": "al"}, "Choices: new, all"),
        ({"limit": "0"}, "above 0"),
        ({"limit": "-5"}, "above 0"),
        ({"limit": "ten"}, "above 0"),
    ],
)
def test_errors_name_the_choices(given: dict[str, str], says: str) -> None:
    with pytest.raises(ArgumentError) as error:
        read(**given)
    assert says in str(error.value)


def test_a_leaf_takes_no_portals() -> None:
    with pytest.raises(ArgumentError, match="Choices: years, recheck, limit"):
        parse({"portals": "www.qy.gov.cn"}, LEAF)


def test_the_current_year_is_the_clock_s_when_none_is_given() -> None:
    assert parse({"years": "2024"}, LEAF).years == frozenset({2024})
    with pytest.raises(ArgumentError):
        parse({"years": "9999"}, LEAF)
