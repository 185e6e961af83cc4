"""The reader as a whole: real documents against their truth, and every kind of document."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from extract import VERSION
from extract.locate import locate
from extract.normal import match_form
from extract.read import read
from extract.record import Record, Source, cells
from tests.extract import corpus as truths
from tests.extract import sheets
from tests.extract.loose.test_loose import cell_a_line, lines, row_a_line
from tests.extract.tables.test_markup import raws

SEEDS = 5
HEAD = (
    '<html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{title}">'
    '<meta name="PubDate" content="2025-01-17 09:30"></head><body>'
    '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>'
    '<h1>{title}</h1><div class="TRS_UEDITOR">'
)
FOOT = (
    "</div><p>扫一扫在手机打开当前页</p><div>主办：某市人民政府 鄂ICP备00000000号-1 "
    "网站标识码：4206000000</div></body></html>"
)
TITLE = "襄樊市水利局2024年政府信息公开工作年度报告"


def page(body: str, title: str = TITLE) -> bytes:
    return (HEAD.format(title=title) + body + FOOT).encode()


def documents(folder: Path) -> list[Path]:
    """The documents of the corpus that this reader opens: pages and texts."""
    found = [path for sub in ("seeds", "reports") for path in sorted((folder / sub).iterdir())
             if path.suffix in (".html", ".txt", ".md")]
    assert len(found) >= SEEDS
    return found


def read_file(path: Path) -> Record:
    records = read(path.read_bytes(), Source(url=truths.truth(path).get("url")))
    assert len(records) == 1, path
    return records[0]


@pytest.mark.corpus
def test_no_cell_of_a_real_document_is_wrong(corpus: Path) -> None:
    for path in documents(corpus):
        record, truth = read_file(path), truths.truth(path)
        expected, either = truths.cells(truth["tables"]), set(truth.get("either") or ())
        refused = truth.get("expect") == "unparsed"
        for table, row, column, cell in cells(record.tables):
            name = f"{table}/{row}/{column}"
            if name in either and cell.missing == "unparsed":
                continue
            assert (cell.raw or None) == expected.pop(name), (path, name)
        left = [name for name in expected if name not in either]
        assert refused or not left, (path, left)
        assert not refused or not record.tables


@pytest.mark.corpus
def test_form_year_agency_and_dates_of_real_documents(corpus: Path) -> None:
    for path in documents(corpus):
        record, truth = read_file(path), truths.truth(path)
        assert record.kind == "report"
        assert record.year == truth["year"], path
        assert truth.get("expect") == "unparsed" or record.format == truth["format"], path
        assert (record.agency and record.agency.name) == truth["agency"], path
        assert record.published_on == truth["published_on"], path
        if truth["title"]:
            assert match_form(record.title or "") == match_form(truth["title"]), path
        if "signed_on" in truth:
            assert record.signed_on == truth["signed_on"], path


@pytest.mark.corpus
def test_every_value_of_a_real_document_leads_back(corpus: Path) -> None:
    for path in documents(corpus):
        data = path.read_bytes()
        for _, _, _, cell in cells(read_file(path).tables):
            assert locate(data, cell.at) == cell.raw, path


@pytest.mark.corpus
def test_the_sums_of_real_documents_hold(corpus: Path) -> None:
    for path in documents(corpus):
        failed = [one for one in read_file(path).checks if one.verdict == "fail"]
        assert not failed, (path, failed)


@pytest.mark.corpus
def test_furniture_of_the_seeds_is_gone_and_their_prose_is_kept(corpus: Path) -> None:
    for path in documents(corpus):
        text = "\n".join(section.text for section in read_file(path).sections)
        for furniture in ("扫一扫在手机", "ICP备", "网站标识:", "点击总量"):
            assert furniture not in text, path
        assert len(text) > 500


def test_a_page_gives_the_whole_record() -> None:
    values = sheets.numbers()
    signed = "<p>襄樊市水利局</p><p>2025年1月16日</p>"
    (record,) = read(page(sheets.report(values) + signed), Source(url="http://a.gov.cn/x.html"))
    assert record.kind == "report"
    assert raws(record.tables) == values
    assert (record.year, record.format) == (2024, sheets.NEW)
    assert record.agency is not None
    assert record.agency.name == "襄樊市水利局"
    assert (record.published_on, record.signed_on) == ("2025-01-17", "2025-01-16")
    assert {section.number for section in record.sections} >= {1, 2, 3, 4, 5, 6}
    assert {one.verdict for one in record.checks} == {"pass"}
    assert record.encoding == {"declared": "utf-8", "used": "utf-8"}
    assert record.extractor == VERSION
    assert not any("扫一扫" in section.text or "ICP" in section.text
                   for section in record.sections)


def test_the_record_has_the_public_shape() -> None:
    (record,) = read(page(sheets.report(sheets.numbers())), Source())
    shape = record.as_json()
    assert list(shape) == [
        "kind", "url", "title", "year", "format", "report_scope", "published_on", "signed_on",
        "agency", "sections", "tables", "checks", "indicators", "claims", "attachments", "issues",
        "flags", "encoding", "extractor",
    ]
    assert set(shape["agency"]) == {
        "name", "source", "uscc", "org_code", "site_id_code", "division_code"}
    cell = shape["tables"]["t3_requests"]["granted"]["natural_person"]
    assert list(cell) == ["raw", "value", "missing", "unit", "unit_source", "at"]


def test_a_place_s_own_table_stands_beside_the_national_ones() -> None:
    values = sheets.numbers()
    own = sheets.table([
        sheets.cell("指标名称") + sheets.cell("计量单位") + sheets.cell("数量"),
        sheets.cell("政务微信发布信息数") + sheets.cell("条") + sheets.cell("317"),
    ])
    (record,) = read(page(sheets.report(values) + own), Source())
    local = record.tables.pop("t_local")
    assert raws(record.tables) == values
    assert record.format == sheets.NEW
    assert (local["r001"]["value"].value, local["r001"]["value"].unit) == (317, "条")


def test_a_table_that_no_form_knows_is_told_with_its_text_and_place() -> None:
    values = sheets.numbers()
    own = sheets.table([sheets.cell("公开渠道") + sheets.cell("条数")] + [
        sheets.cell(name) + sheets.cell(str(n)) for n, name in enumerate(("网站", "公报", "微信"))])
    data = page(sheets.report(values) + own)
    (record,) = read(data, Source())
    assert raws(record.tables) == values
    (issue,) = [one for one in record.issues if one.code == "unknown_table"]
    assert issue.detail == "公开渠道 | 条数 / 网站 | 0 / 公报 | 1 / 微信 | 2"
    assert locate(data, issue.at or "") == "0"
    (record,) = read(page(sheets.report(values)), Source())
    assert record.issues == []


def test_the_form_is_told_by_its_labels_and_not_by_the_year() -> None:
    for form, title in ((sheets.OLD, "襄樊市水利局2022年政府信息公开工作年度报告"),
                        (sheets.NEW, "襄樊市水利局2020年政府信息公开工作年度报告")):
        values = sheets.numbers(form)
        (record,) = read(page(sheets.report(values, form), title), Source())
        assert raws(record.tables) == values
        assert record.format == form


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312"])
def test_a_wrong_declaration_changes_nothing(encoding: str, declared: str) -> None:
    values = sheets.numbers()
    text = page(sheets.report(values)).decode().replace("utf-8", declared, 1)
    (record,) = read(text.encode(encoding), Source(content_type=f"text/html; charset={declared}"))
    assert raws(record.tables) == values
    assert record.title == TITLE


@pytest.mark.parametrize("layout", [row_a_line, cell_a_line])
def test_loose_text_reads_like_a_page(layout) -> None:
    values = sheets.numbers()
    text = f"{TITLE}\n一、总体情况\n2024年，全年工作有序开展，公开及时。\n" + layout(lines(values))
    (record,) = read(text.encode(), Source())
    assert raws(record.tables) == values
    assert record.kind == "report"
    assert all(locate(text.encode(), cell.at) == cell.raw
               for _, _, _, cell in cells(record.tables))


def test_a_table_set_in_blocks_is_read_from_what_the_page_shows() -> None:
    values = sheets.numbers()
    root = html.fromstring(f"<div>{sheets.report(values)}</div>")
    blocks = html.tostring(root, encoding="unicode")
    for tag in ("table", "tr", "td", "tbody"):
        blocks = blocks.replace(f"<{tag}", "<div").replace(f"</{tag}>", "</div>")
    data = page(blocks)
    (record,) = read(data, Source())
    assert raws(record.tables) == values
    assert "TBL_FLATTENED" in record.flags
    assert all(locate(data, cell.at) == cell.raw for _, _, _, cell in cells(record.tables))


def test_two_bodies_on_a_page_are_two_records() -> None:
    one, two = sheets.numbers(seed=3), sheets.numbers(seed=5)
    second = "<p>襄樊市林业局2024年政府信息公开工作年度报告</p>"
    records = read(page(sheets.report(one) + second + sheets.report(two)), Source())
    assert [raws(record.tables) for record in records] == [one, two]
    names = [record.agency.name if record.agency else None for record in records]
    assert names == ["襄樊市水利局", "襄樊市林业局"]


@pytest.mark.parametrize(
    ("body", "title", "kind"),
    [
        ("<p>请见附件。</p><p><a href='P0.pdf'>年度报告.pdf</a></p>", TITLE, "attachment_only"),
        ("<p><img src='W020250117.jpg'></p><p><img src='W020250118.jpg'></p>", TITLE, "image_only"),
        ("<p>现将有关事项通知如下，请认真组织编制并按时报送。</p>" * 4,
         "关于做好2024年政府信息公开工作年度报告编制发布工作的通知", "not_report"),
    ],
)
def test_what_is_no_report_says_what_it_is(body: str, title: str, kind: str) -> None:
    (record,) = read(page(body, title), Source())
    assert record.kind == kind
    assert record.tables == {}


def test_what_stands_round_a_file_is_none_of_the_report() -> None:
    index = "<table><tr><td>索引号</td><td>1</td><td>发文日期</td><td>2024-01-18</td></tr></table>"
    body = f"{index}<p>请见附件。</p><p><a href='P0.pdf'>年度报告.pdf</a></p>"
    news = "<ul><li><a href='/t1.html'>安全生产月</a><span>2020-08-11</span></li></ul>"
    alone, beside = (read(page(html, TITLE), Source())[0] for html in (body, body + news))
    assert alone.kind == beside.kind == "attachment_only"
    assert alone.sections == beside.sections == []
    assert alone.signed_on is beside.signed_on is None


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"", "not_report", "empty"),
        (b"Rar!\x1a\x07\x01\x00...", "attachment_only", "unknown_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "attachment_only", "unknown_type"),
        (b"\x00\x01\x02\x03" * 300, "not_report", "unknown_type"),
    ],
)
def test_files_that_nobody_reads_say_so(data: bytes, kind: str, code: str) -> None:
    (record,) = read(data, Source(row_title=TITLE))
    assert record.kind == kind
    assert [issue.code for issue in record.issues] == [code]
    assert kind == "not_report" or record.year == 2024


def test_labels_without_cells_are_refused_and_said() -> None:
    text = "\n".join("".join(row) for row in lines(sheets.numbers()))
    (record,) = read(f"{TITLE}\n一、总体情况\n2024年工作有序。\n{text}".encode(), Source())
    assert record.tables == {}
    assert "unreadable_table" in {issue.code for issue in record.issues}


@given(st.binary(max_size=2000))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert read(data, Source())


def test_reading_is_the_same_each_time() -> None:
    data = page(sheets.report(sheets.numbers()))
    assert read(data, Source()) == read(data, Source())
