"""Workbooks: the sandbox's reports as openpyxl writes them, and what Excel itself does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from crawler.sandbox.files import xls as old_maker
from crawler.sandbox.files import xlsx as maker
from extract.attachments import sheet_xml, xls, xlsx
from extract.attachments.excel.formats import printed
from extract.attachments.paper import Box, Paper, Paragraph, Sheet, UnreadableError
from extract.locate import Places
from extract.media import media_kind
from extract.read import read
from extract.record import Source
from extract.record import cells as all_cells
from tests.extract.attachments import papers


@pytest.mark.parametrize(
    ("made_by", "seed"), [*((maker, n) for n in range(9)), *((old_maker, n) for n in range(4))]
)
def test_every_cell_of_a_report_is_read_and_leads_back(made_by: Any, seed: int) -> None:
    report, figures = papers.sample(seed, 2019 + seed % 7)
    data = made_by.make(report, Random(seed))
    assert seed > 1 or data == made_by.make(report, Random(seed))
    (record,) = read(data, Source())
    assert papers.cells(record) == papers.truth(figures)
    assert (record.kind, record.title, record.year) == ("report", report.title, 2019 + seed % 7)
    assert {section.number for section in record.sections} == set(range(7))
    places = Places(data)
    for *_, one in all_cells(record.tables):
        assert places.text(one.at) == one.raw


def workbook(write: Callable[[Any], None]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    write(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def shown(write: Callable[[Any], None]) -> Paper:
    return xlsx.read(workbook(lambda book: write(book.active)))


def table(paper: Paper) -> list[list[Box]]:
    (sheet,) = [block for block in paper.blocks if isinstance(block, Sheet)]
    return [list(row) for row in sheet.rows]


def texts(paper: Paper) -> list[list[str]]:
    return [[box.text for box in row] for row in table(paper)]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (12, "General", "12"), (0.1 + 0.2, "General", "0.3"), (1 / 3, "General", "0.333333333"),
        (-3, "0", "-3"), (-3, "0;(0)", "(3)"), (-0.4, "0", "0"), (2.5, "0", "3"),
        (0, "#", ""), (0, "0;-0;;@", ""), (5, ";;;", ""), (0, '_ * #,##0_ ;_ * "-"_ ', "0"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"), (1500, "#,##0", "1,500"),
        (1234567.5, "#,##0.00", "1,234,567.50"), (1234567, "0.0,", "1234.6"), (7, "000", "007"),
        (12.5, "0.##", "12.5"), (0.1234, "0.0%", "12.3%"), (12, '0"件"', "12件"),
        (12, '"共"0"项"', "共12项"), (5, "0_);[Red]\\(0\\)", "5"), (-5, "0_);[Red]\\(0\\)", "(5)"),
        (3.14, "[>=3]0.0;0", "3.1"), (2, "[>=3]0.0;0", "2"), (12, "[$¥-804]#,##0", "¥12"),
        (12, "@", "12"), (5, "G/通用格式", "5"), (12, '"无"', "无"), (12, "[DBNum1]0", "一二"),
        (45310, 'yyyy"年"m"月"d"日"', "2024年1月19日"),
        (45310, "[$-804]yyyy/mm/dd;@", "2024/01/19"),
        (45310.75, "yyyy-m-d h:mm", "2024-1-19 18:00"), (0.75, "h:mm AM/PM", "6:00 PM"),
        (0.5, "# ?/?", None), (1.5, "[h]:mm", None), (123, "[DBNum1]General", None),
    ],
)  # fmt: skip
def test_a_number_is_what_its_format_prints(value: float, code: str, text: str | None) -> None:
    assert printed(value, code) == text


def test_days_may_be_counted_from_1904() -> None:
    assert printed(45310 - 1462, "yyyy/m/d", since_1904=True) == "2024/1/19"


def test_hidden_rows_columns_and_sheets_are_not_shown() -> None:
    def write(book: Any) -> None:
        sheet = book.active
        for row in range(1, 5):
            for column in range(1, 5):
                sheet.cell(row, column, row * 10 + column)
        sheet.merge_cells("A1:C1")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        book.create_sheet("旧").sheet_state = "hidden"

    paper = xlsx.read(workbook(write))
    assert texts(paper) == [["11", "14"], ["21", "23", "24"], ["41", "43", "44"]]
    assert [(box.width, box.at) for box in table(paper)[0]] == [
        (2, "xlsx:Sheet/A1"), (1, "xlsx:Sheet/D1"),
    ]  # fmt: skip
    assert [issue.detail for issue in paper.issues if issue.code == "hidden_sheet"] == ["旧"]


def test_results_of_formulas_are_those_that_were_saved() -> None:
    def write(sheet: Any) -> None:
        sheet.append(["甲", 1, "=B1+1"])
        sheet.append(["乙", 2, "=B2+1"])

    paper = shown(write)  # openpyxl calculates nothing
    assert [[box.sure for box in row] for row in table(paper)] == [[1, 1, 0], [1, 1, 0]]
    assert [issue.code for issue in paper.issues] == ["hidden_value"]
    saved = patched(workbook(lambda book: write(book.active)), "xl/worksheets/sheet1.xml",
                    b"<f>B1+1</f><v></v>", b"<f>B1+1</f><v>2</v>")
    assert texts(xlsx.read(saved))[0] == ["甲", "1", "2"]


def package(sheet: bytes, **parts: bytes) -> bytes:
    """A workbook of one sheet, written by hand."""
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("xl/workbook.xml", f'<workbook xmlns:r="{related}"><sheets>'
                                         '<sheet name="表" r:id="s"/></sheets></workbook>')
        file.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + sheet + b"</worksheet>")
        relations = f'<R Id="s" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/>'
        for name, content in parts.items():
            relations += f'<R Id="{name}" Type="{related}/{name}" Target="/xl/{name}.xml"/>'
            file.writestr(f"xl/{name}.xml", b"<sst>" + content + b"</sst>")
        file.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relations}</Relationships>")
    return held.getvalue()


def patched(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(held, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                content = content.replace(b"<v />", b"<v></v>").replace(b"<v/>", b"<v></v>")
                assert old in content, content
                content = content.replace(old, new)
            after.writestr(name, content)
    return held.getvalue()


def test_a_view_may_hide_noughts() -> None:
    data = workbook(lambda book: book.active.append(["甲", 0, 3]))
    hidden = patched(data, "xl/worksheets/sheet1.xml", b"<sheetView ",
                     b'<sheetView showZeros="0" ')
    assert texts(xlsx.read(data)) == [["甲", "0", "3"]]
    assert texts(xlsx.read(hidden)) == [["甲", "", "3"]]


def test_runs_of_a_text_and_readings_of_characters() -> None:
    rich = (b'<si><r><t>5</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
            b'<r><rPr><strike/></rPr><t>9</t></r><rPh sb="0" eb="1"><t>wu</t></rPh></si>')
    sheet = (b'<sheetData><row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>7</v></c>'
             b"</row></sheetData>")
    paper = xlsx.read(package(sheet, sharedStrings=b"<si><t>\xe4\xb9\x99</t></si>" + rich))
    assert texts(paper) == [["5 1", "乙", ""]]
    assert [box.sure for box in table(paper)[0]] == [1, 1, 0]  # there is no seventh text


def test_text_round_a_table_is_no_part_of_it() -> None:
    def write(sheet: Any) -> None:
        sheet.append(["某县水利局2024年政府信息公开工作年度报告"])
        sheet.append(["二、主动公开政府信息情况"])
        sheet.append(["第二十条第（一）项"])
        sheet.merge_cells("A3:D3")
        sheet.append(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
        sheet.append(["规章", 1, 2, 3])
        sheet.append(["三、本年度办理结果"])
        sheet.merge_cells("A6:D6")
        sheet.append(["行政规范性文件", 4, 5, 6])
        sheet.append([])
        sheet.append(["四、存在的主要问题及改进情况"])
        sheet.append(["本年度工作还有不足，依申请公开答复的说理部分不够充分，下一年将改进。" * 2])

    paper = shown(write)
    assert [type(block).__name__ for block in paper.blocks] == [
        "Paragraph", "Paragraph", "Sheet", "Paragraph", "Paragraph",
    ]  # fmt: skip
    assert [row[0] for row in texts(paper)] == [
        "第二十条第（一）项", "信息内容", "规章", "三、本年度办理结果", "行政规范性文件",
    ]  # fmt: skip


def test_tables_of_several_widths_share_a_sheet() -> None:
    def write(sheet: Any) -> None:
        sheet.append(["一", 1, 2, 3, 4, 5])
        sheet.append([])
        sheet.append([None, "二", 6, 7])
        sheet.append([None, "三", 8, None])

    first, second = (block for block in shown(write).blocks if isinstance(block, Sheet))
    assert [len(row) for row in first.rows] == [6]
    assert [[box.text for box in row] for row in second.rows] == [["二", "6", "7"], ["三", "8", ""]]


def test_blank_cells_with_a_border_are_cells() -> None:
    from openpyxl.styles import Border, Side

    def write(sheet: Any) -> None:
        sheet.append(["信息内容", "本年制发件数", "现行有效件数"])
        sheet.append(["规章"])
        for column in (1, 2, 3):
            sheet.cell(2, column).border = Border(left=Side(style="thin"))
            sheet.cell(3, column).border = Border(left=Side(style="thin"))

    assert texts(shown(write)) == [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "", ""],
                                   ["", "", ""]]


def test_what_a_merged_cell_covers_is_told() -> None:
    data = workbook(lambda book: book.active.append(["甲", "乙", "丙"]))
    merged = patched(data, "xl/worksheets/sheet1.xml", b"</sheetData>",
                     b'</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    paper = xlsx.read(merged)
    assert texts(paper) == [["甲", "丙"]]
    assert [(issue.code, issue.at) for issue in paper.issues] == [
        ("covered_cell", "xlsx:Sheet/B1")
    ]


@pytest.mark.parametrize("reference", ["A1:XFD1048576", "B2:A1", "A1:ZZZ9999999", "?"])
def test_hostile_merges_take_no_memory(reference: str) -> None:
    data = workbook(lambda book: book.active.append(["甲", "乙"]))
    merge = f'</sheetData><mergeCells><mergeCell ref="{reference}"/></mergeCells>'.encode()
    paper = xlsx.read(patched(data, "xl/worksheets/sheet1.xml", b"</sheetData>", merge))
    assert any("甲" in getattr(block, "text", "") or isinstance(block, Sheet)
               for block in paper.blocks)


SHEET_XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="b"><Borders><Border ss:Position="Left"/></Borders></Style></Styles>
<Worksheet ss:Name="表"><Table><Column ss:Index="4" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">甲</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="Number">7</Data></Cell>
<Cell><Data ss:Type="Number">99</Data></Cell></Row>
<Row ss:Index="2"><Cell ss:Index="2" ss:StyleID="p"><Data ss:Type="Number">0.5</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="Number">98</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">乙</Data></Cell><Cell ss:StyleID="b"/><Cell ss:StyleID="b"/></Row>
</Table></Worksheet>
<Worksheet ss:Name="旧"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


def test_xml_of_excel_2003() -> None:
    data = SHEET_XML.encode()
    assert media_kind(data) == "sheet_xml"
    paper = sheet_xml.read(data)
    assert texts(paper) == [["甲", "7"], ["", "50.00%"], ["乙", "", ""]]
    assert [(box.width, box.height) for box in table(paper)[0]] == [(2, 1), (1, 2)]
    assert [issue.code for issue in paper.issues] == ["hidden_sheet"]


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (xlsx.read, b"PK\x03\x04" + bytes(50)),
        (xlsx.read, workbook(lambda book: None)[:900]),
        (xls.read, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
        (sheet_xml.read, b"<?xml version='1.0'?><Other/>"),
        (sheet_xml.read, b"<Workbook><Worksheet>"),
    ],
)
def test_broken_workbooks_say_so(reader: Callable[[bytes], Paper], data: bytes) -> None:
    with pytest.raises(UnreadableError) as told:
        reader(data)
    assert told.value.code == "broken"


def test_without_its_package_a_workbook_is_said_to_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlrd", None)
    with pytest.raises(UnreadableError) as told:
        xls.read(b"")
    assert told.value.code == "needs_extra" and "gov-reports[files]" in told.value.detail


def test_paragraphs_keep_their_cell() -> None:
    title = "某县水利局2024年政府信息公开工作年度报告"
    (block,) = shown(lambda sheet: sheet.append([title])).blocks
    assert isinstance(block, Paragraph) and block.at == "xlsx:Sheet/A1"
