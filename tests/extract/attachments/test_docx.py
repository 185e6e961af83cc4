"""Word documents: the sandbox's reports as python-docx writes them, and what Word itself does."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pytest

from crawler.sandbox.files import docx as maker
from extract.attachments.docx import read as read_paper
from extract.attachments.paper import Box, Paper, Paragraph, Sheet, UnreadableError
from extract.attachments.word.numbering import written
from extract.locate import Places
from extract.media import media_kind
from extract.read import read
from extract.record import Source
from extract.record import cells as all_cells
from tests.extract.attachments import papers

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def document(body: str, namespace: str = W) -> str:
    return (f'<w:document xmlns:w="{namespace}" xmlns:m="urn:math" xmlns:r="{RELATED}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>")


def package(body: str, namespace: str = W, **parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("word/document.xml", document(body, namespace))
        relations = "".join(
            f'<Relationship Id="{name}" Type="{RELATED}/{name}" Target="{name}.xml"/>'
            for name in parts
        )
        file.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        for name, content in parts.items():
            file.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{content}</w:{name}>')
    return held.getvalue()


def paper(body: str, namespace: str = W, **parts: str) -> Paper:
    return read_paper(package(body, namespace, **parts))


def shown(body: str, **parts: str) -> list[str]:
    """The texts of the paragraphs."""
    return [block.text for block in paper(body, **parts).blocks if isinstance(block, Paragraph)]


def table(body: str) -> list[list[Box]]:
    (sheet,) = [block for block in paper(body).blocks if isinstance(block, Sheet)]
    return [list(row) for row in sheet.rows]


def run(text: str, dress: str = "") -> str:
    return f'<w:r><w:rPr>{dress}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(text: str, dress: str = "") -> str:
    return f"<w:tc><w:tcPr>{dress}</w:tcPr><w:p>{run(text) if text else ''}</w:p></w:tc>"


def rows(*lines: str) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


@pytest.mark.parametrize("seed", range(9))
def test_every_cell_of_a_report_is_read_and_leads_back(seed: int) -> None:
    printed, figures = papers.sample(seed, 2019 + seed % 7)
    data = maker.make(printed, Random(seed))
    assert seed > 2 or data == maker.make(printed, Random(seed))
    (record,) = read(data, Source())
    assert papers.cells(record) == papers.truth(figures)
    assert (record.kind, record.title, record.year) == ("report", printed.title, 2019 + seed % 7)
    assert {section.number for section in record.sections} == set(range(7))
    assert "999件" not in "".join(section.text for section in record.sections)
    places = Places(data)
    for *_, one in all_cells(record.tables):
        assert places.text(one.at) == one.raw


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (run("办结") + run("12") + run("件"), "办结12件"),
        (f"<w:ins>{run('13')}</w:ins><w:del><w:r><w:delText>12</w:delText></w:r></w:del>", "13"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        (run("1") + run("2", "<w:vanish/>") + run("3", '<w:vanish w:val="0"/>'), "13"),
        (run("5") + run("7", "<w:strike/>"), "5"),
        (run("5") + run("1", '<w:vertAlign w:val="superscript"/>') + run("件"), "5 1 件"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ("<w:r><w:t> 甲 </w:t></w:r>" + run(" 乙"), "甲 乙"),
        (f'<w:hyperlink>{run("附件")}</w:hyperlink><w:smartTag>{run("一")}</w:smartTag>', "附件一"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 9</w:instrText></w:r>'
         f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("3")}', "3"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('填了')}</w:sdtContent></w:sdt>", "填了"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
         f"{run('单击此处输入文字')}</w:sdtContent></w:sdt>{run('后')}", "后"),
        (f"<w:r><w:ruby><w:rt>{run('yi')}</w:rt><w:rubyBase>{run('依')}</w:rubyBase></w:ruby></w:r>"
         + run("法"), "依法"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是"), "\ufffd是"),
        ('<w:r><w:sym w:font="Symbol" w:char="F035"/></w:r>' + run("件"), "5件"),
        ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1"),
        (f"<mc:AlternateContent><mc:Choice>{run('同')}</mc:Choice><mc:Fallback>{run('同')}"
         "</mc:Fallback></mc:AlternateContent>", "同"),
    ],
)  # fmt: skip
def test_text_is_what_word_prints(body: str, text: str) -> None:
    assert shown(f"<w:p>{body}</w:p>") == [text]


def test_what_a_tracked_change_deletes_is_told() -> None:
    deleted = f"<w:p>{run('留')}<w:del><w:r><w:delText>12</w:delText></w:r></w:del></w:p>"
    assert [issue.code for issue in paper(deleted).issues] == ["tracked_changes"]
    assert paper(f"<w:p>{run('留')}</w:p>").issues == []


def test_boxes_of_text_stand_behind_their_paragraph_once() -> None:
    box = f"<w:txbxContent><w:p>{run('框中的标题')}</w:p></w:txbxContent>"
    both = (f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>")
    assert shown(f"<w:p>{both}{run('正文')}</w:p>") == ["正文", "框中的标题"]


LIST = (
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:start w:val="1"/><w:isLgl/>'
    '<w:lvlText w:val="%1.%3"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def item(text: str, level: int = 0, number: int = 5, style: str = "") -> str:
    own = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    named = f'<w:pStyle w:val="{style}"/>'
    return f"<w:p><w:pPr>{named if style else own}</w:pPr>{run(text) if text else ''}</w:p>"


def test_numbers_of_lists_are_counted_as_word_prints_them() -> None:
    body = (item("总体情况") + item("主动公开", 1) + item("依申请", 1) + item("工作") + item("", 0)
            + item("再", 1) + item("细", 2) + item("点", 3) + item("另起", 0, 6) + item("无", 0, 0))
    assert shown(body, numbering=LIST) == [
        "一、总体情况", "（一）主动公开", "（二）依申请", "二、工作", "三、", "（一）再", "3.1 细",
        "点", "一、另起", "无",
    ]  # fmt: skip


def test_a_style_may_number_its_paragraphs() -> None:
    styles = (
        '<w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="a"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:styleId="ring"><w:basedOn w:val="ring"/></w:style>'
    )
    body = item("总体情况", style="a") + item("正文", style="ring") + item("主动", style="base")
    assert shown(body, numbering=LIST, styles=styles) == ["一、总体情况", "正文", "二、主动"]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"), (105, "chineseCountingThousand", "一百零五"),
        (1010, "chineseCountingThousand", "一千零一十"), (3, "decimalEnclosedCircle", "③"),
        (2, "ideographTraditional", "乙"), (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"), (7, "someday", "7"),
    ],
)  # fmt: skip
def test_counts_are_written_in_the_form_of_the_level(count: int, form: str, text: str) -> None:
    assert written(count, form) == text


def test_merged_cells_are_one() -> None:
    got = table(rows(
        cell("甲", '<w:vMerge w:val="restart"/>') + cell("乙丙", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("1") + cell("2"),
        cell("", "<w:vMerge/>") + cell("3") + cell("4"),
        cell("末") + cell("5", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>"),
    ))  # fmt: skip
    assert [[(one.text, one.width, one.height) for one in row] for row in got] == [
        [("甲", 1, 3), ("乙丙", 2, 1)],
        [("1", 1, 1), ("2", 1, 1)],
        [("3", 1, 1), ("4", 1, 1)],
        [("末", 1, 1), ("5", 2, 1)],
    ]
    assert got[1][0].at == "docx:t1/r2/c2"


def test_what_a_merged_cell_covers_is_told() -> None:
    merged = rows(cell("甲", '<w:vMerge w:val="restart"/>') + cell("1"),
                  cell("藏", "<w:vMerge/>") + cell("2"))
    (issue,) = paper(merged).issues
    assert (issue.code, issue.at) == ("covered_cell", "docx:t1/r2/c1")


def test_rows_may_be_wrapped_deleted_hidden_or_begin_late() -> None:
    got = table(
        "<w:tbl><w:sdt><w:sdtContent>"
        f"<w:tr>{cell('甲')}<w:sdt><w:sdtContent>{cell('1')}</w:sdtContent></w:sdt></w:tr>"
        "</w:sdtContent></w:sdt>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('乙')}{cell('2')}</w:tr>"
        f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell('丙')}{cell('3')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("4")}</w:tr></w:tbl>'
    )
    assert [[one.text for one in row] for row in got] == [["甲", "1"], ["", "4"]]
    assert got[1][1].at == "docx:t1/r4/c1"


def test_tables_in_cells_stand_on_their_own_and_frames_do_not() -> None:
    inner = rows(cell("一") + cell("7"))
    both = paper(rows(f"<w:tc><w:p/>{inner}</w:tc>" + cell("外")))
    outer, nested = (block for block in both.blocks if isinstance(block, Sheet))
    assert [(one.text, one.sure) for one in outer.rows[0]] == [("", 0.0), ("外", 1.0)]
    assert [one.text for one in nested.rows[0]] == ["一", "7"]
    lone = rows(cell("") + cell("8"))
    assert [one.text for one in table(rows(f"<w:tc>{lone}<w:p/></w:tc>" + cell("外")))[0]] == [
        "8", "外",
    ]  # fmt: skip
    framed = paper(rows(f"<w:tc><w:p>{run('前')}</w:p>{inner}<w:p>{run('后')}</w:p></w:tc>"))
    assert [getattr(block, "text", "表") for block in framed.blocks] == ["前", "表", "后"]


def test_a_picture_in_a_cell_is_not_blank() -> None:
    picture = "<w:tc><w:p><w:r><w:drawing/></w:r></w:p></w:tc>"
    assert [one.sure for one in table(rows(picture + cell("")))[0]] == [0.0, 1.0]


@pytest.mark.parametrize("namespace", [W, STRICT])
def test_either_standard_is_read(namespace: str) -> None:
    data = package(f"<w:p>{run('政府信息公开')}</w:p>", namespace)
    assert media_kind(data) == "docx"
    assert [getattr(block, "text", "") for block in read_paper(data).blocks] == ["政府信息公开"]


def test_xml_of_word_2003() -> None:
    merged = rows(cell("甲", '<w:vmerge w:val="restart"/>') + cell("1"),
                  cell("", "<w:vmerge/>") + cell("2"))
    listed = '<w:p><w:pPr><w:listPr><w:t w:val="一、"/></w:listPr></w:pPr>'
    data = ('<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
            f'<w:wordDocument xmlns:w="{W2003}" xmlns:s="urn:s"><w:body><s:sect>{listed}'
            f"{run('总体情况')}</w:p>{merged}</s:sect></w:body></w:wordDocument>").encode()
    assert media_kind(data) == "word_xml"
    text, sheet = read_paper(data).blocks
    assert isinstance(text, Paragraph) and text.text == "一、总体情况"
    assert isinstance(sheet, Sheet)
    assert [[one.height for one in row] for row in sheet.rows] == [[2, 1], [1]]


def test_a_flat_package() -> None:
    part = '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{}</pkg:xmlData></pkg:part>'
    data = ('<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
            '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
            + part.format(document(f"<w:p>{run('正文')}</w:p>")) + "</pkg:package>").encode()
    assert media_kind(data) == "word_xml"
    assert [getattr(block, "text", "") for block in read_paper(data).blocks] == ["正文"]


@pytest.mark.parametrize(
    "data",
    [
        package("")[:200],
        b"PK\x03\x04" + bytes(100),
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="urn:w"><w:other/></w:wordDocument>',
        package("<w:p>").replace(b"a", b"b"),
    ],
    ids=["cut", "noise", "no body", "damaged"],
)
def test_broken_documents_say_so(data: bytes) -> None:
    with pytest.raises(UnreadableError) as told:
        read_paper(data)
    assert told.value.code == "broken"


def test_nesting_without_end_ends() -> None:
    deep = "<w:sdt><w:sdtContent>" * 100 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 100
    assert paper(deep).blocks == []
    with pytest.raises(UnreadableError):
        paper("<w:sdt>" * 400 + "</w:sdt>" * 400)


def with_picture(*, table: bool) -> bytes:
    """A document of a heading and a picture, with or without a table of requests."""
    from docx import Document
    from PIL import Image

    held, picture, badge = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(picture, "PNG")
    Image.new("RGB", (40, 40), "red").save(badge, "PNG")
    made = Document()
    made.add_paragraph("某县水利局2024年政府信息公开工作年度报告")
    made.add_picture(badge)
    made.add_picture(picture)
    if table:
        made.add_table(1, 1).cell(0, 0).text = "一、本年新收政府信息公开申请数量"
    made.save(held)
    return held.getvalue()


def test_pictures_are_read_where_no_table_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.attachments import picture

    asked: list[tuple[tuple[int, ...], str]] = []

    def read_images(images):
        asked.extend((image.shape, prefix) for image, prefix in images)
        return Paper(blocks=[Paragraph("图中文字", "docx:i2/1,2,3,4", 0.9)])

    monkeypatch.setattr(picture, "read_images", read_images)
    texts = [getattr(block, "text", "") for block in read_paper(with_picture(table=False)).blocks]
    assert asked == [((1200, 900, 3), "docx:i2/")]
    assert texts == ["某县水利局2024年政府信息公开工作年度报告", "图中文字"]
    asked.clear()
    assert len(read_paper(with_picture(table=True)).blocks) == 2
    assert asked == []


def test_pictures_that_cannot_be_read_here_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.attachments import picture

    def read_images(images):
        raise UnreadableError("needs_extra", "pip install 'gov-reports[pictures]'")

    monkeypatch.setattr(picture, "read_images", read_images)
    (issue,) = read_paper(with_picture(table=False)).issues
    assert issue.code == "needs_extra" and "gov-reports[pictures]" in issue.detail
