from __future__ import annotations

import asyncio
import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html

from archive import errata, takedowns
from archive.site.plugin import OWN_POLICY, _path
from archive.site.questions import QUESTIONS
from archive.site.serve import site
from tests.archive.site import country
from tests.archive.site.conftest import Built
from tests.archive.world import open_archive


def ask(built: Built, *addresses: str, cookies: dict[str, str] | None = None) -> list[Any]:
    async def answers() -> list[Any]:
        server = site(built.path)
        await server.invoke_startup()
        return [await server.client.get(one, cookies=cookies) for one in addresses]

    return asyncio.run(answers())


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(" ".join(lxml_html.fromstring(answer.text).itertext()).split())


def test_the_start_page_counts_and_leads_on(built: Built) -> None:
    (answer,) = ask(built, "/")
    page = text(answer)
    assert "5 报告 · 2 机关" in page
    assert "湖北省 66% 33% 66%" in page  # the city's government is missing in every year
    assert re.search(r"2024 2 34 34 4", page)  # reports, received, concluded, refused
    assert "生成的演示数据" in page


def test_a_place_says_what_was_refused_and_why(built: Built) -> None:
    own, below = ask(
        built, "/divisions/420600?year=2024", "/divisions/420600?year=2024&below=1&lang=en"
    )
    assert "不予公开 2 8.3% 1" in text(own)
    assert "4.保护第三方合法权益 2 8.3% 1" in text(own)
    assert "Refused 4 11.8% 2" in text(below)
    assert "third party" in text(below)


def test_a_body_shows_its_years_and_why_one_is_missing(built: Built) -> None:
    key = built.keys["宜城市教育局2022"].rsplit(":", 3)[0]
    (answer,) = ask(built, _path("publishers", key))
    page = text(answer)
    assert "2023 该日未列出" in page
    assert "新收政府信息公开申请数量 · 总计 10 10" in page


def test_a_report_is_laid_out_like_the_form_with_its_failed_check(built: Built) -> None:
    (answer,) = ask(built, _path("reports", built.keys["襄阳市财政局2024"]))
    tree = lxml_html.fromstring(answer.text)
    (failed,) = tree.xpath('//td[contains(@class, "failed")]')
    assert "T3.RESULT_SUM" in failed.text_content()
    rows = {
        row.find("th").text: [cell.text_content() for cell in row.findall("td")]
        for row in tree.xpath('//table[@id="t3_requests"]/tbody/tr')
    }
    assert rows["(三)不予公开"] == [""]
    assert rows["4.保护第三方合法权益"][-1] == "2"
    assert rows["二、上年结转政府信息公开申请数量"][0] == ""  # no such cell in this report
    assert "原文如此" in answer.text
    assert f"sha256:{_sha256(built, '襄阳市财政局2024')}" in answer.text


def _sha256(built: Built, name: str) -> str:
    conn = sqlite3.connect(built.path)
    return str(
        conn.execute(
            """SELECT payload_sha256 FROM documents
            JOIN report_documents ON document_id = documents.id JOIN reports
            ON reports.id = report_id WHERE report_key = ?""",
            [built.keys[name]],
        ).fetchone()[0]
    )


def test_every_number_of_a_report_leads_to_its_very_cell(built: Built) -> None:
    async def walk() -> None:
        server = site(built.path)
        await server.invoke_startup()
        answer = await server.client.get(
            _path("reports", built.keys["襄阳市财政局2024"])
        )
        links = lxml_html.fromstring(answer.text).xpath('//table[@class="form"]//td/a')
        assert len(links) == 13
        for link in links:
            outer = await server.client.get(link.get("href"))
            (frame,) = lxml_html.fromstring(outer.text).xpath("//iframe")
            assert frame.get("sandbox") == ""
            inner = await server.client.get(frame.get("src"))
            assert "sandbox; default-src 'none'" in inner.headers["content-security-policy"]
            (cell,) = lxml_html.fromstring(inner.text).xpath('//*[@id="cell"]')
            assert cell.text_content() == link.text

    asyncio.run(walk())


def test_words_are_marked_in_hits_and_in_the_report(built: Built) -> None:
    (answer,) = ask(built, "/search?q=秘密&section=5")
    tree = lxml_html.fromstring(answer.text)
    assert tree.xpath("//ol//mark/text()") == ["秘密"] * 5
    link = tree.xpath("//ol//a/@href")[0]
    assert link.endswith("#s5")
    (report,) = ask(built, link.partition("#")[0])
    assert lxml_html.fromstring(report.text).xpath('//*[@id="s5"]//mark/text()') == ["秘密"]


@pytest.mark.parametrize(
    "asked",
    ["q=秘密&from=2030", "q=没有这个词", "q=秘密&division=999999", 'q="', "q=%00", "q=a&offset=-1"],
)
def test_strange_searches_are_answered(built: Built, asked: str) -> None:
    assert ask(built, f"/search?{asked}")[0].status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/reports/none", "/publishers/x", "/divisions/999999", "/archived/" + "0" * 64,
     "/reports/%3Cscript%3E", "/bytes/" + "0" * 64],
)  # fmt: skip
def test_what_is_not_there_is_said(built: Built, address: str) -> None:
    answer = ask(built, address)[0]
    assert answer.status_code == 404
    assert "<script" not in answer.text


def test_the_language_is_kept_and_every_text_has_both(built: Built) -> None:
    chosen, kept = ask(built, "/?lang=en", "/")
    assert "language=en" in chosen.headers["set-cookie"]
    assert '<html lang="en">' in chosen.text
    assert '<html lang="zh-Hans">' in kept.text
    (again,) = ask(built, "/", cookies={"language": "en"})
    assert '<html lang="en">' in again.text


def test_no_page_asks_for_anything_from_elsewhere(built: Built) -> None:
    key = built.keys["襄阳市财政局2024"]
    pages = ask(
        built, "/", "/divisions/420000", "/codebook", "/search?q=申请", _path("reports", key),
        _path("publishers", key.rsplit(":", 3)[0]),
    )  # fmt: skip
    for page in pages:
        assert page.headers["content-security-policy"] == OWN_POLICY
        tree = lxml_html.fromstring(page.text)
        for link in tree.xpath("//@href | //@src | //@action"):
            assert not urlsplit(unescape(link)).netloc, link
        assert not tree.xpath("//script | //@style | //style")
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        for control in tree.xpath("//input | //select"):
            assert control.xpath("ancestor::label") or control.get("id") == "q"


@pytest.mark.parametrize("question", [item.name for item in QUESTIONS])
def test_the_usual_questions_are_answered(built: Built, question: str) -> None:
    (answer,) = ask(built, f"/{built.path.stem}/{question}.json?_shape=objects")
    assert answer.status_code == 200
    assert answer.json()["ok"]


def test_a_report_that_was_taken_down_leaves_a_tombstone(tmp_path: Path) -> None:
    keys = country.build(tmp_path / "sandbox.db")
    gone = Built(tmp_path / "sandbox.db", keys)
    sha256 = _sha256(gone, "襄阳市财政局2023")
    with open_archive(gone.path) as archive:
        takedowns.take_down(archive, keys["襄阳市财政局2023"], reason="判决", asked_on="2026-01-31")
        errata.add(archive, keys["襄阳市财政局2024"], path=None, new_value=None, note="更正说明",
                   author="读者")  # fmt: skip
    page, frame, inner, other = ask(
        gone, _path("reports", keys["襄阳市财政局2023"]), _path("archived", sha256),
        _path("bytes", sha256), _path("reports", keys["襄阳市财政局2024"]),
    )  # fmt: skip
    assert "判决" in page.text and "全年收到申请" not in page.text
    assert "<iframe" not in frame.text
    assert inner.status_code == 404
    assert "更正说明" in other.text


def test_a_year_without_a_report_is_a_gap_in_the_chart(built: Built) -> None:
    key = built.keys["宜城市教育局2022"].rsplit(":", 3)[0]
    (answer,) = ask(built, _path("publishers", key))
    tree = lxml_html.fromstring(answer.text)
    assert [text for text in tree.xpath("//svg//text/text()") if text.startswith("20")] == [
        "2022", "2023", "2024"
    ]  # fmt: skip
    lines = tree.xpath("//svg//polyline/@points")
    assert len(lines) == 4 and all(" " not in line for line in lines)  # two years apart, each alone
