"""A page whose text a script would show is read as any other, and its cells lead to the bytes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from extract.locate import locate
from extract.read import read
from extract.record import Source, cells
from extract.shells import unfolded
from tests.extract import sheets

TITLE = "和平县合水镇人民政府2024年政府信息公开工作年度报告"
DETAIL = {
    "id": 638777, "title": TITLE, "content": "", "publisher": "和平县合水镇人民政府",
    "display_publish_time": "2025-01-20 10:00:00", "date": 1736870400,
}  # fmt: skip
SHELL = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开目录</title><script>\n'
    "window._CONFIG = {{ SID: '762105', DETAIL: {detail}, TREE: [] }};</script></head>"
    '<body><div id="app"></div></body></html>'
)


def shell(content: str) -> bytes:
    detail = json.dumps(DETAIL | {"content": content}).replace("<", "\\u003C")
    return SHELL.format(detail=detail.replace(">", "\\u003E")).encode()


def test_a_report_inside_a_script_is_read() -> None:
    data = shell(f"<p>一、总体情况</p><p>本报告按照条例编制。</p>{sheets.report(sheets.numbers())}")
    (record,) = read(data, Source(url="http://x.gov.cn/gkmlpt/content/0/638/post_638777.html"))
    assert (record.kind, record.title, record.year) == ("report", TITLE, 2024)
    assert record.published_on == "2025-01-20"
    assert record.agency is not None
    assert record.agency.name == "和平县合水镇人民政府"
    read_cells = list(cells(record.tables))
    assert len(read_cells) > 100
    assert all(locate(data, cell.at) == cell.raw for _, _, _, cell in read_cells)


def test_a_shell_without_a_document_stays_as_it_is() -> None:
    for detail in ("null", "{}", '{"content": ""}', '{"content": null}', '{"content": "x'):
        text = SHELL.format(detail=detail)
        assert unfolded(text) == text


@given(st.text(alphabet='{}[]":,DETAIL_CONFIG\\n <>u003', max_size=80))
def test_no_script_breaks_it(noise: str) -> None:
    assert isinstance(unfolded(f"_CONFIG = {{ DETAIL: {{{noise}"), str)
