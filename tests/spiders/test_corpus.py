"""Real list pages give their rows, dates and further pages."""

from __future__ import annotations

import pytest

from spiders.families import Hanweb, Plain, recognise
from spiders.families.base import StaticFamily
from spiders.families.trs import Trs
from spiders.families.ucap import Ucap
from spiders.page import Page
from tests.corpus import CORPUS

FOLDER = CORPUS / "pages"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpus is not here"),
]

LISTS: list[tuple[str, type[StaticFamily], str, int, int, str, str | None]] = [
    # file, family, address, rows, rows with a date, first row, last page
    (
        "ndrc_list.html", Trs, "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/", 25, 25,
        "202604/t20260409_1404577.html", "index_8.html",
    ),
    (
        "most_list.html", Trs, "https://www.most.gov.cn/xxgk/xinxifenlei/fdzdgknr/fgzc/", 17, 17,
        "flfg/202412/t20241226_192778.html", None,
    ),
    (
        "csrc_list.html", Ucap, "http://www.csrc.gov.cn/csrc/c106256/fg.shtml", 20, 0,
        "c3217074/content.shtml", "fg_5.shtml",
    ),
    (
        "gansu_1.html", Ucap, "http://jyt.gansu.gov.cn/jyt/c110634/zwgklist.shtml", 20, 20,
        "202511/174240943.shtml", "zwgklist_10.shtml",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "family", "url", "rows", "dated", "first", "last"), LISTS, ids=lambda value: str(value)
)
def test_real_lists(
    file: str,
    family: type[StaticFamily],
    url: str,
    rows: int,
    dated: int,
    first: str,
    last: str | None,
) -> None:
    root = url.rsplit("/", 1)[0] + "/"
    found = family.look(Page(url, (FOLDER / file).read_bytes()))
    assert len(found.rows) == rows
    assert sum(row.date is not None for row in found.rows) == dated
    assert found.rows[0].url == root + first
    assert (found.pages[-1] if found.pages else None) == (root + last if last else None)
    assert not found.is_article


def test_titles_and_dates_of_a_real_list() -> None:
    page = Page(LISTS[0][2], (FOLDER / "ndrc_list.html").read_bytes())
    row = Trs.rows(page)[0]
    assert row.title == "《电力重大事故隐患判定标准及治理监督管理规定》 2026年第41号令"
    assert row.date == "2026-04-09"


def test_sublists_of_a_real_landing() -> None:
    page = Page(LISTS[1][2], (FOLDER / "most_list.html").read_bytes())
    assert [label for _, label in Trs.sublists(page)] == [
        "法律法规", "部门规章", "规范性文件", "政策解读",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "family", "url"),
    [
        (
            "ndrc_detail_1.html", Trs,
            "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/202604/t20260409_1404577.html",
        ),
        (
            "most_bmgz_202508_194336.html", Trs,
            "https://www.most.gov.cn/xxgk/fgzc/bmgz/202508/t20250805_194336.html",
        ),
        (
            "csrc_detail_1.html", Ucap,
            "http://www.csrc.gov.cn/csrc/c106256/c3217074/content.shtml",
        ),
    ],
)  # fmt: skip
def test_real_articles(file: str, family: type[StaticFamily], url: str) -> None:
    found = family.look(Page(url, (FOLDER / file).read_bytes()))
    assert found.is_article
    assert (found.rows, found.pages, found.sublists) == ((), (), ())


@pytest.mark.parametrize(
    ("file", "family", "url"),
    [
        *((file, family, url) for file, family, url, *_ in LISTS),
        ("csrc_detail_1.html", Ucap, "http://www.csrc.gov.cn/csrc/c106256/c3217074/content.shtml"),
        (
            "ndrc_detail_1.html", Trs,
            "https://www.ndrc.gov.cn/xxgk/zcfb/fzggwl/202604/t20260409_1404577.html",
        ),
        ("gne_gzggw.html", Hanweb, "http://fzggw.zj.gov.cn/art/2020/11/20/art_1621002_589256.html"),
        ("sasac_detail_1.html", None, "http://www.sasac.gov.cn/n2588035/n2588320/c202/content.html"),
    ],
)  # fmt: skip
def test_the_right_family_recognises_a_real_page(
    file: str, family: type[StaticFamily] | None, url: str
) -> None:
    page = Page(url, (FOLDER / file).read_bytes())
    assert recognise(page) is family
    assert (family or Plain).look(page).is_article == ("detail" in file or "gne" in file)
