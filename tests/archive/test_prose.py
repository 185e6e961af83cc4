"""What the running text says is kept with its version, and read anew with it."""

from __future__ import annotations

import json
from dataclasses import replace

from archive.db import Archive
from archive.digest import content_digest
from extract.record import Check, Indicator, Section, SectionPart
from tests.archive.world import HOST, Run, one, reading, rows

URL = f"http://{HOST}/gknb/1.html"
WECHAT = Indicator("wechat_items", 12000, "条", "全区", "approximate", "推送1.2万余条。", 1,
                   "shipped")
FEE = Indicator("info_fee_amount", 0, "元", None, "stated_none", "未收取。", 6, "shipped")
FIFTH = Section(5, "五、问题", "上年问题已改。今年人手不足。",
                (SectionPart("last_year", 0, 7), SectionPart("this_year", 7, 14)))


def test_indicators_and_parts_are_kept_with_the_version(archive: Archive) -> None:
    record = reading(indicators=[WECHAT, FEE])
    record.sections.append(FIFTH)
    Run(archive).article(URL, [record])
    assert rows(
        archive,
        """SELECT key, value, unit, subject, basis, quote, section, status
        FROM indicators JOIN reports ON current_version_id = version_id ORDER BY key""",
    ) == [
        ("info_fee_amount", 0, "元", None, "stated_none", "未收取。", 6, "shipped"),
        ("wechat_items", 12000, "条", "全区", "approximate", "推送1.2万余条。", 1, "shipped"),
    ]
    parts = rows(archive, "SELECT number, parts FROM sections ORDER BY number")
    assert parts[0] == (1, None)
    assert [FIFTH.text[part["start"] : part["end"]] for part in json.loads(parts[1][1])] == [
        "上年问题已改。", "今年人手不足。",
    ]


def test_a_better_rule_reads_the_same_version_anew(archive: Archive) -> None:
    """What our code makes of the text is no change of the government's."""
    Run(archive).article(URL, [reading(indicators=[WECHAT])])
    before = content_digest(archive)
    again = reading(indicators=[replace(WECHAT, value=12001), FEE], extractor="2")
    (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(URL, [again])
    assert stored.version is None
    assert one(archive, "SELECT count(*) FROM report_versions") == 1
    assert sorted(rows(archive, "SELECT value FROM indicators")) == [(0,), (12001,)]
    assert content_digest(archive) != before


def test_the_digest_sees_all_of_an_indicator_and_the_parts(archive: Archive) -> None:
    Run(archive).article(URL, [reading(indicators=[WECHAT], sections=[FIFTH])])
    seen = {content_digest(archive)}
    for column in ("key", "value", "unit", "subject", "basis", "quote", "section"):
        archive.conn.execute(f"UPDATE indicators SET {column} = '7'")
        seen.add(content_digest(archive))
    archive.conn.execute("UPDATE indicators SET status = 'experimental'")
    seen.add(content_digest(archive))
    archive.conn.execute("UPDATE sections SET parts = NULL")
    seen.add(content_digest(archive))
    assert len(seen) == 10


def test_a_text_that_contradicts_its_table_lowers_no_consistency(archive: Archive) -> None:
    """Prose, deadline and range stand beside the sums (formats.json, meta.checks_note)."""
    beside = [
        Check("N.RECEIVED", "prose/received", 9, 5, "fail", False, "prose", False, "source", ()),
        Check("D.DEADLINE", "published_on", 20, 0, "fail", True, "deadline", False, "source", ()),
        Check("R.NONNEG", "t2/a/b", -1, 0, "fail", False, "range", False, "source", ()),
    ]
    record = reading()
    record.checks += beside
    Run(archive).article(URL, [record])
    assert one(archive, "SELECT source_consistency FROM panel") == 0
    assert one(archive, "SELECT count(*) FROM checks WHERE verdict = 'fail'") == 3
