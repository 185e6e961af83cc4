"""Broken, locked, hidden and lost: what a PDF may do to its reader."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from crawler.sandbox.files import pdf_reportlab
from extract.attachments.paper import Box, Paper, Paragraph, Sheet, UnreadableError
from extract.attachments.pdf import read, reader, scans
from extract.attachments.pdf.paint import lightness
from extract.attachments.pdf.title import decoded, own_title

FONT = "STSong-Light"


def drawn(*pages: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF whose pages are drawn by functions of a canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, invariant=1, **options)
    for page in pages:
        canvas.setFont(FONT, 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def grid(canvas: Any, figure: str = "7") -> None:
    """A table of two rows; the figure stands in its last cell."""
    canvas.grid([100, 250, 400], [600, 630, 660])
    for x, y, text in ((110, 640, "信息内容"), (260, 640, "件数"), (110, 610, "规章"),
                       (260, 610, figure)):
        canvas.drawString(x, y, text)


def boxes(paper: Paper) -> list[Box]:
    return [box for block in paper.blocks if isinstance(block, Sheet)
            for row in block.rows for box in row]


def codes(paper: Paper) -> set[str]:
    return {issue.code for issue in paper.issues}


@pytest.mark.parametrize("data", [
    b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(5000), b"%PDF-1.4\ntrailer << /Root 1 0 R >>\n%%EOF",
])  # fmt: skip
def test_a_broken_file_is_said_to_be_broken(data: bytes) -> None:
    with pytest.raises(UnreadableError) as told:
        read(data)
    assert told.value.code == "broken"


def test_a_locked_file_is_said_to_be_locked() -> None:
    data = drawn(grid, encrypt=StandardEncryption("secret", strength=128))
    with pytest.raises(UnreadableError) as told:
        read(data)
    assert told.value.code == "encrypted"


def test_without_the_package_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(UnreadableError, match=r"gov-reports\[files\]") as told:
        read(drawn(grid))
    assert told.value.code == "needs_extra"


def test_a_file_behind_a_line_of_junk_is_read() -> None:
    assert boxes(read(b"<!-- proxy -->\r\n" + drawn(grid)))[3].text == "7"


def test_what_was_pasted_as_a_picture_is_not_blank() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = ImageReader(Image.new("RGB", (40, 12), (20, 20, 20)))

    def page(canvas: Any) -> None:
        grid(canvas, "")
        canvas.drawImage(picture, 300, 608, 40, 12)

    assert [(box.text, box.sure) for box in boxes(read(drawn(page)))][-1] == ("", 0.0)


def test_a_field_that_was_filled_in_is_not_blank() -> None:
    def page(canvas: Any) -> None:
        grid(canvas, "")
        canvas.acroForm.textfield(value="12", x=270, y=604, width=60, height=20)

    assert [(box.text, box.sure) for box in boxes(read(drawn(page)))][-1] == ("", 0.0)


def test_hidden_text_is_no_figure_and_is_told() -> None:
    def page(canvas: Any) -> None:
        grid(canvas, "")
        ghost = canvas.beginText(300, 610)
        ghost.setTextRenderMode(3)
        ghost.textOut("99")
        canvas.drawText(ghost)
        canvas.setFillGray(1)
        canvas.drawString(340, 610, "88")

    paper = read(drawn(page))
    assert boxes(paper)[-1].text == ""
    assert codes(paper) == {"hidden_text"}


def test_white_text_on_a_dark_ground_is_seen() -> None:
    def page(canvas: Any) -> None:
        canvas.setFillGray(0.1)
        canvas.rect(250, 600, 150, 30, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(260, 610, "7")
        canvas.setFillGray(0)
        grid(canvas, "")

    assert boxes(read(drawn(page)))[-1].text == "7"


CELLS = [(100, 630, "信息内容"), (250, 630, "件数"), (100, 600, "规章"), (250, 600, "")]


def test_light_boxes_on_a_dark_ground_are_cells() -> None:
    """As pages print that show a dark table between light cells."""
    def page(canvas: Any) -> None:
        canvas.rect(99, 599, 302, 62, stroke=0, fill=1)
        for x, y, text in CELLS:
            canvas.setFillGray(1)
            canvas.rect(x, y, 149, 29, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(x + 10, y + 10, text)

    assert [box.text for box in boxes(read(drawn(page)))] == ["信息内容", "件数", "规章", ""]


def test_hollow_boxes_are_cells_and_no_ground() -> None:
    """White text in a frame that is painted with a hole is not seen."""
    def page(canvas: Any) -> None:
        for x, y, text in CELLS:
            frame = canvas.beginPath()
            frame.rect(x, y, 150, 30)
            frame.rect(x + 0.5, y + 0.5, 149, 29)
            canvas.drawPath(frame, stroke=0, fill=1, fillMode=0)
            canvas.drawString(x + 10, y + 10, text)
        canvas.setFillGray(1)
        canvas.drawString(270, 610, "88")

    assert [box.text for box in boxes(read(drawn(page)))] == ["信息内容", "件数", "规章", ""]


def test_text_behind_a_scan_is_not_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text layer of a scan is some program's guess; the page is read as a picture."""
    asked: list[Sequence[int]] = []

    def fake(data: bytes, numbers: Sequence[int]) -> Paper:
        asked.append(list(numbers))
        return Paper([Paragraph("如图所示", "pdf:p2/0,0,9,9", 0.9)])

    monkeypatch.setattr(scans, "read_scans", fake)

    def scan(canvas: Any) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        layer = canvas.beginText(100, 600)
        layer.setTextRenderMode(3)
        layer.textOut("规章 99")
        canvas.drawText(layer)
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)

    paper = read(drawn(lambda canvas: canvas.drawString(100, 700, "第一页"), scan,
                       lambda canvas: canvas.drawString(100, 700, "第三页")))
    assert asked == [[2]]
    assert [block.text for block in paper.blocks if isinstance(block, Paragraph)] == [
        "第一页", "如图所示", "第三页"
    ]


@pytest.mark.usefixtures("no_pictures")
def test_scans_without_a_reader_of_pictures_say_what_is_needed() -> None:
    def scan(canvas: Any) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)

    with pytest.raises(UnreadableError) as told:
        read(drawn(scan))
    assert told.value.code == "needs_extra"
    mixed = read(drawn(grid, scan))
    assert boxes(mixed)[-1].text == "7"
    assert codes(mixed) == {"page_unread"}


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no reader of pictures."""
    def fake(data: bytes, numbers: Sequence[int]) -> Paper:
        raise UnreadableError("needs_extra", "pictures need rapidocr")

    monkeypatch.setattr(scans, "read_scans", fake)


@pytest.mark.usefixtures("no_pictures")
def test_signs_without_characters_are_no_figures() -> None:
    """A font may be in the file without a word on which sign is which character."""
    from reportlab.pdfbase.ttfonts import TTFont

    if not pdf_reportlab.EMBEDDED.exists():
        pytest.skip("there is no font to embed")
    pdfmetrics.registerFont(TTFont("Lost", str(pdf_reportlab.EMBEDDED), subfontIndex=0))

    def page(canvas: Any) -> None:
        canvas.setFont("Lost", 12)
        grid(canvas, "12")

    paper = read(drawn(page).replace(b"/ToUnicode", b"/XoUnicode"))
    assert "规章" not in {box.text for box in boxes(paper)}


@pytest.mark.usefixtures("no_pictures")
def test_a_page_whose_text_is_lost_is_looked_at_as_a_picture() -> None:
    """The font's character map is one that nobody knows: nothing comes of the text at all."""
    lost = drawn(grid, grid).replace(b"/UniGB-UCS2-H", b"/XniGB-XCS2-H")
    with pytest.raises(UnreadableError) as told:
        read(lost)
    assert told.value.code == "needs_extra"


def test_an_empty_page_is_no_picture() -> None:
    paper = read(drawn(grid, lambda canvas: None))
    assert boxes(paper)[-1].text == "7" and not paper.issues


def test_a_table_pasted_as_a_picture_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the text stands a picture; it is read in its place, if a table is missing."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    shown = ImageReader(Image.new("L", (60, 80), 120))

    def fake(data: bytes, number: int, picture: Any, nth: int) -> Paper:
        assert (number, nth, round(picture.x0), round(picture.top)) == (1, 1, 80, 242)
        return Paper([Paragraph("图中的表", "pdf:p1/i1/0,0,9,9", 0.9)], flags={"READ_FROM_PICTURE"})

    def page(canvas: Any) -> None:
        canvas.drawString(100, 700, "三、申请情况")
        canvas.drawImage(shown, 80, 300, 400, 300)
        canvas.drawString(100, 200, "四、复议情况")

    monkeypatch.setattr(scans, "read_picture", fake)
    paper = read(drawn(page))
    assert [block.text for block in paper.blocks if isinstance(block, Paragraph)] == [
        "三、申请情况", "图中的表", "四、复议情况"
    ]
    assert paper.flags == {"READ_FROM_PICTURE"}


def test_a_picture_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def fake(*_: Any) -> Paper:
        raise UnreadableError("needs_extra", "pictures need rapidocr")

    def page(canvas: Any) -> None:
        canvas.drawString(100, 700, "三、申请情况")
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 120)), 80, 300, 400, 300)

    monkeypatch.setattr(scans, "read_picture", fake)
    assert codes(read(drawn(page))) == {"picture_unread"}


def test_pages_beyond_the_limit_are_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    paper = read(drawn(*[grid] * 4))
    assert len(boxes(paper)) == 6 and codes(paper) == {"page_cut"}


def test_a_page_that_cannot_be_read_does_not_hide_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from extract.attachments.pdf import leaves

    whole = leaves.seen

    def failing(page: Any) -> leaves.Seen:
        if page.page_number == 1:
            raise ValueError("a stream ends early")
        return whole(page)

    monkeypatch.setattr(leaves, "seen", failing)
    paper = read(drawn(lambda canvas: None, grid))
    assert boxes(paper)[-1].text == "7"
    assert codes(paper) == {"page_unread"}


@pytest.mark.parametrize(("text", "title"), [
    ("某县2023年政府信息公开工作年度报告".encode("utf-16-le"), None),
    (b"\xff\xfe" + "某县年度报告".encode("utf-16-le"), "某县年度报告"),
    (b"\xfe\xff" + "某县年度报告.docx".encode("utf-16-be"), "某县年度报告"),
    ("Microsoft Word - 某县年度报告.doc".encode("gb18030"), "某县年度报告"),
    (b"report.pdf", None),
])  # fmt: skip
def test_the_title_in_the_properties(text: bytes, title: str | None) -> None:
    found = own_title([{"Title": text}])
    assert found == title or (title is None and found != decoded(b"\xfe\xff" + text))


class Space:
    def __init__(self, name: str) -> None:
        self.name = name


@pytest.mark.parametrize(("color", "space", "light"), [
    (1, "DeviceGray", True), ((1, 1, 1), "DeviceRGB", True), ((0, 0, 0, 0), "DeviceCMYK", True),
    ((0, 0, 0, 1), "DeviceCMYK", False), (1.0, "Separation", False), (0.0, "Separation", True),
    (None, "Pattern", False), ("P1", "Pattern", False), (0, "DeviceGray", False),
])  # fmt: skip
def test_colors_are_light_or_dark_in_every_space(color: Any, space: str, light: bool) -> None:
    assert (lightness(color, Space(space)) > 0.9) is light


EXAMPLES = int(os.environ.get("GOV_REPORTS_EXAMPLES", "25"))
SAMPLE = drawn(grid, grid, pageCompression=1)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, len(SAMPLE)), st.binary(max_size=40), st.booleans())
def test_a_damaged_file_ends_in_paper_or_in_a_reason(at: int, junk: bytes, cut: bool) -> None:
    damaged = SAMPLE[:at] + junk + (b"" if cut else SAMPLE[at + len(junk) :])
    try:
        assert isinstance(read(damaged), Paper)
    except UnreadableError as error:
        assert error.code in {"broken", "encrypted", "needs_extra"}
