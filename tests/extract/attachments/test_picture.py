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
