"""Pictures of reports, drawn here, are read cell by cell; what is doubtful is told."""

import struct
import sys
import unicodedata
import zlib
from random import Random

import pytest

from crawler.sandbox.files.picture_damage import saved, stamped, tilted, watermarked
from crawler.sandbox.files.picture_drawing import Drawn, Style, draw
from crawler.sandbox.files.printed import Printed, Table, Words
from crawler.sandbox.grids import Box as Drawing
from crawler.sandbox.grids import Grid
from extract.attachments import picture
from extract.attachments.paper import Box, Paper, Paragraph, Sheet, UnreadableError

pytest.importorskip("rapidocr")

SURE = 0.8
TITLE = "某某县人民政府2023年政府信息公开工作年度报告"
NUMBERS = ("0", "12", "", "7", "111", "3608.5", "1", "24", "0", "", "96", "10", "8", "0", "5", "31")


def grid(numbers: tuple[str, ...] = NUMBERS) -> Grid:
    """A small table with a head over two columns, labels beside, and sixteen cells."""
    four = [numbers[i : i + 4] for i in range(0, 16, 4)]
    names = ("一、本年新收数量", "二、上年结转数量", "(一)予以公开", "(七)总计")
    return [
        [Drawing("申请人情况", rows=2, label=True), Drawing("自然人", rows=2, label=True),
         Drawing("法人或其他组织", columns=2, label=True), Drawing("总计", rows=2, label=True)],
        [Drawing("商业企业", label=True), Drawing("科研机构", label=True)],
        *([Drawing(name, label=True), *(Drawing(text) for text in row)]
          for name, row in zip(names, four, strict=True)),
    ]  # fmt: skip


def drawn(style: Style | None = None, numbers: tuple[str, ...] = NUMBERS) -> Drawn:
    blocks = (Words("本年度收到的申请都已答复，没有收取信息处理费。"), Table(grid(numbers)))
    return draw(Printed(TITLE, blocks), style or Style(width=760))


def sheet(paper: Paper) -> Sheet:
    (found,) = [block for block in paper.blocks if isinstance(block, Sheet)]
    return found


def boxes(paper: Paper) -> list[Box]:
    return [box for row in sheet(paper).rows for box in row]


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))


def shown(numbers: tuple[str, ...] = NUMBERS) -> list[str]:
    return [plain(box.text or "") for row in grid(numbers) for box in row]


def test_clean_picture_is_read_whole_and_surely() -> None:
    paper = picture.read(saved(drawn().image, "PNG"))
    assert [plain(box.text) for box in boxes(paper)] == shown()
    assert all(box.sure >= SURE for box in boxes(paper))
    words = [plain(block.text) for block in paper.blocks if isinstance(block, Paragraph)]
    assert words == [plain(TITLE), plain("本年度收到的申请都已答复，没有收取信息处理费。")]
    assert isinstance(paper.blocks[-1], Sheet)  # in reading order
    assert not paper.issues


def test_spans_come_from_missing_rules() -> None:
    rows = sheet(picture.read_image(drawn().image)).rows
    assert [(box.width, box.height) for box in rows[0]] == [(1, 2), (1, 2), (2, 1), (1, 2)]
    assert [len(row) for row in rows] == [4, 2, 5, 5, 5, 5]


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_every_kind_of_picture_is_opened(kind: str) -> None:
    from extract.attachments.pictures.opening import frames

    image = drawn().image
    (frame,) = frames(saved(image, kind))
    assert frame.shape == (image.height, image.width, 3)


def test_tilted_picture_gives_places_in_the_picture_as_it_came() -> None:
    turned = tilted(drawn().image, 1.7)
    found = boxes(picture.read_image(turned))
    assert [plain(box.text) for box in found] == shown()
    wanted = next(box for box in found if box.text == "3608.5")
    left, top, wide, high = map(int, wanted.at.removeprefix("img:").split(","))
    part = turned.crop((left, top, left + wide, top + high))
    assert any(box.text == "3608.5" for box in found)
    assert min(part.convert("L").tobytes()) < 120  # its print is there
    assert left + wide <= turned.width and top + high <= turned.height


def test_seal_and_watermark_leave_blanks_blank() -> None:
    chance = Random(4)
    clean = drawn()
    image = watermarked(clean.image, chance, "内部资料")
    image = stamped(image, chance, "某某县人民政府", clean.tables[0])
    for box, text in zip(boxes(picture.read_image(image)), shown(), strict=True):
        assert plain(box.text) == text or box.sure < SURE


def test_what_is_no_picture_is_said() -> None:
    for data in (b"", b"GIF89a", b"no picture at all", b"\x89PNG\r\n\x1a\n" + b"\0" * 40):
        with pytest.raises(UnreadableError):
            picture.read(data)


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 12_000, 12_000, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(10_000)))
    data = b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")
    with pytest.raises(UnreadableError) as told:
        picture.read(data)
    assert told.value.code == "too_large"


def test_without_the_recogniser_the_record_says_what_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UnreadableError) as told:
        picture.read(saved(drawn().image, "PNG"))
    assert told.value.code == "needs_extra"
    assert "gov-reports[pictures]" in told.value.detail


def test_lost_and_made_up_digits_are_told() -> None:
    """The second rendering and the count of signs speak against a reading."""
    from extract.attachments.pictures.cells import _agreed
    from extract.attachments.pictures.engine import Reading

    def reading(text: str) -> Reading:
        return Reading(text, (0.99,) * len(text), (0.5,) * len(text))

    assert _agreed(reading("11"), reading("11"), 2).sure >= SURE
    assert _agreed(reading("11"), reading("11"), 3).sure < SURE  # 111, and a sign was lost
    assert _agreed(reading("11"), reading("17"), 2).sure < SURE
    assert _agreed(reading("/3"), reading("/3"), 2).sure < SURE  # neither number nor words
    assert _agreed(reading("O"), reading("0"), 1).text == "0"
    assert _agreed(reading(""), reading(""), 1).sure == 0  # print that nobody can read


def test_dirt_in_a_blank_cell_is_no_number() -> None:
    clean = drawn()
    image = clean.image.copy()
    cells = boxes(picture.read_image(clean.image))
    left, top, _, _ = map(int, cells[9].at.removeprefix("img:").split(","))
    assert cells[9].text == ""
    for x, y in ((9, 6), (20, 12), (31, 9)):
        image.paste((0, 0, 0), (left + x, top + y, left + x + 3, top + y + 3))
    dirty = boxes(picture.read_image(image))[9]
    assert dirty.text == "" or dirty.sure < SURE
    # A stroke that comes in from beyond the cell's line is told.
    image.paste((0, 0, 0), (left + 30, top - 9, left + 33, top + 13))
    crossed = boxes(picture.read_image(image))[9]
    assert crossed.sure < SURE


def test_figures_in_columns_without_rules_are_told_and_left_out() -> None:
    from PIL import Image, ImageDraw, ImageFont

    from crawler.sandbox.files.picture_drawing import font_file

    image = Image.new("RGB", (760, 260), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(str(font_file(0)), 18)
    for row, label in enumerate(("本年新收数量", "上年结转数量", "予以公开", "部分公开")):
        for column, text in enumerate((label, "14", "2", "305")):
            pen.text((40 + 180 * column, 30 + 50 * row), text, "black", font)
    paper = picture.read_image(image)
    assert [issue.code for issue in paper.issues] == ["borderless_table"]
    assert not any("305" in block.text for block in paper.blocks if isinstance(block, Paragraph))


def test_table_over_two_pages_is_one_and_its_second_head_is_left_out() -> None:
    from extract.attachments.pictures.joining import joined

    def row(number: int, *texts: str) -> tuple[Box, ...]:
        return tuple(Box(text, f"img:{number},{i},1,1") for i, text in enumerate(texts))

    head = row(0, "信息内容", "本年制发件数", "现行有效件数")
    upper = Sheet((head, row(1, "规章", "0", "3")))
    again = row(2, "信息内容", "本年制发件数", "现行有效件数")
    lower = Sheet((again, row(3, "行政规范性文件", "2", "9")))
    number = Paragraph("- 3 -", "img:0,0,1,1")
    (whole,) = joined([upper, number], [lower])
    assert isinstance(whole, Sheet)
    assert [cells[0].text for cells in whole.rows] == ["信息内容", "规章", "行政规范性文件"]
    words = Paragraph("三、收到和处理政府信息公开申请情况", "img:0,0,1,1")
    assert joined([upper], [words, lower]) == [upper, words, lower]
    narrow = Sheet((row(4, "信息内容", "本年制发件数"),))
    assert joined([upper], [narrow]) == [upper, narrow]


def test_paragraphs_are_joined_by_full_lines_and_indents() -> None:
    from extract.attachments.pictures.prose import Line, paragraphs

    lines = [
        Line("　一、总体情况", 40, 0, 200, 20, 1),
        Line("本年度共收到申请十二件，都已按时", 40, 30, 600, 50, 1),
        Line("答复。", 0, 60, 60, 80, 1),
        Line("没有收取信息处理费。", 40, 90, 300, 110, 1),
        Line("某某局", 500, 120, 600, 140, 1),
    ]
    texts = [line.text for line in paragraphs(lines, 18)]
    whole = "本年度共收到申请十二件，都已按时答复。"
    assert texts == ["　一、总体情况", whole, "没有收取信息处理费。", "某某局"]


@pytest.mark.parametrize("length", [60, 300, 900, 4000])
def test_broken_pictures_end_as_an_outcome(length: int) -> None:
    from extract.attachments.pictures.opening import frames

    for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"):
        data = bytearray(saved(drawn().image, kind)[:length])
        data[length // 2] ^= 0xFF
        try:
            list(frames(bytes(data)))
        except UnreadableError as error:
            assert error.code in ("broken", "unknown_type", "too_large")


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_page_that_lies_on_its_side_is_turned(turns: int) -> None:
    from PIL import Image

    quarter = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    turned = drawn().image.transpose(quarter[turns - 1])
    found = boxes(picture.read_image(turned))
    assert [plain(box.text) for box in found] == shown()
    left, top, wide, high = map(int, found[-2].at.removeprefix("img:").split(","))
    assert plain(found[-2].text) == "5"
    part = turned.crop((left, top, left + wide, top + high)).convert("L")
    inner = part.crop((4, 4, part.width - 4, part.height - 4))
    assert 0 < sum(level < 120 for level in inner.tobytes()) < 0.2 * inner.width * inner.height
