"""What the sandbox's generator prints is what is found: no number more, none less."""

from __future__ import annotations

import re

import pytest

from crawler.sandbox.dice import dice
from crawler.sandbox.figures import YEARS, figures
from crawler.sandbox.model import Body, Place
from crawler.sandbox.prose import Voice, sections
from extract.indicators import find
from extract.record import Section

PLACE = Place("xf", "襄樊市", "襄樊市", "市", "420699", "prefecture", "0710")
BODY = Body("xf/sl", "襄樊市水利局", ("市水利局",), "我局", "sl", "department", PLACE, 2019)

# The generator's own sentences, each with the one number that an indicator takes from it.
PRINTED = {
    "site_items_published": r"门户网站公开各类信息(\d+)条",
    "wechat_items": r"微信公众号推送信息(\d+)条",
    "interviews": r"线上访谈(\d+)期",
    "interpretation_items": r"发布解读材料(\d+)篇",
    "requests_received_prose": r"本年新收政府信息公开申请(\d+)件",
    "trainings": r"组织业务培训(\d+)次",
    "npc_suggestions": r"人大代表建议(\d+)件",
    "cppcc_proposals": r"政协委员提案(\d+)件",
}


@pytest.mark.parametrize("seed", range(40))
def test_the_indicators_are_what_was_printed(seed: int) -> None:
    year = YEARS[seed % len(YEARS)]
    counts = figures(seed, BODY)[year].counts
    name = BODY.own if seed % 2 else BODY.name
    prose = sections(Voice(BODY, name, BODY.own, year, counts), dice(seed, "prose"))
    texts = ["\n".join(paragraphs) for paragraphs in prose]
    expected = {
        (key, int(value))
        for text in texts
        for key, pattern in PRINTED.items()
        for value in re.findall(pattern, text)
    }
    found = find([Section(at, "", text) for at, text in enumerate(texts)], year)
    told = {(one.key, one.value) for one in found if one.basis == "stated"}
    assert told == expected
    no_fee = any("没有收取信息处理费" in text for text in texts)
    assert ({one.key for one in found if one.basis == "stated_none"} >= {"info_fee_none"}) == no_fee
