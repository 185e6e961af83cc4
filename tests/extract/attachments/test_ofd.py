from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from random import Random

import pytest

from crawler.sandbox.files.layout import Style, style
from crawler.sandbox.files.ofd import MAKERS, made
from crawler.sandbox.files.samples import sample
from extract.attachments import ofd
from extract.attachments.ofd.drawing import draw
from extract.attachments.ofd.package import Package
from extract.attachments.ofd.text import offsets
from extract.attachments.paper import Paper, Paragraph, Sheet, UnreadableError
from extract.locate import Places
from extract.read import read
from extract.record import Record, Source
from tests.extract.attachments import papers
from tests.extract.attachments.hostile_zips import packed

_SPEC = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def package(
    content: str, *, resources: str = "", pages: int = 1, pictures: dict[str, bytes] | None = None
) -> bytes:
    """An OFD whose pages all hold these objects; sheets of 100 × 100 mm."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(pages))
    files = {
        "OFD.xml": f'<ofd:OFD {_SPEC}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
                   "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_SPEC}><ofd:CommonData><ofd:PageArea>"
                              "<ofd:PhysicalBox>0 0 100 100</ofd:PhysicalBox></ofd:PageArea>"
                              "<ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>"
                              f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Res.xml": f'<ofd:Res {_SPEC} BaseLoc="Res">{resources}</ofd:Res>',
    }
    for number in range(pages):
        files[f"Doc_0/Pages/{number}.xml"] = (
            f"<ofd:Page {_SPEC}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
            "</ofd:Page>"
        )
    return packed({name: part.encode() for name, part in files.items()} | (pictures or {}))


def text(words: str, *, x: float = 10, y: float = 10, inner: str = "", **more: str) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in more.items())
    return (f'<ofd:TextObject Boundary="{x} {y} 50 5" Size="4"{attributes}>{inner}'
            f'<ofd:TextCode X="0" Y="4">{words}</ofd:TextCode></ofd:TextObject>')


def words(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Paragraph)]


def signs(data: bytes) -> list[tuple[str, int, int]]:
    """Each sign of the first page with its left and upper edge."""
    whole = Package(data)
    document = whole.document(whole.documents()[0])
    page = document.page(document.pages[0])
    assert page is not None
    return [(one.text, round(one.x0), round(one.top)) for one in draw(page, 1).leaf.signs]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        ofd.read(data)
    return caught.value.code


def record_of(data: bytes) -> Record:
    (record,) = read(data, Source("http://www.example.gov.cn/a.ofd"))
    return record


@pytest.mark.parametrize("number", range(len(MAKERS)), ids=[one.name for one in MAKERS])
def test_reports_of_every_maker_are_read_whole(number: int) -> None:
    printed, shown = sample(40 + number, 2019 + number % 7)
    chance = Random(number)
    data = made(printed, MAKERS[number], style(chance), chance)
    record = record_of(data)
    assert record.kind == "report"
    assert record.year == 2019 + number % 7
    assert papers.cells(record) == papers.truth(shown)
    places = Places(data)
    for rows in record.tables.values():
        for row in rows.values():
            for cell in row.values():
                assert cell.at.startswith("ofd:p")
                assert places.text(cell.at) == cell.raw


def test_page_breaks_may_fall_anywhere() -> None:
    printed, shown = sample(7)
    for height in (180.0, 211.0, 239.0):
        data = made(printed, MAKERS[1], replace(Style(), height=height), Random(1))
        assert papers.cells(record_of(data)) == papers.truth(shown)


def test_offsets_may_be_written_short() -> None:
    assert offsets("2.1 g 3 4.5 1") == [2.1, 4.5, 4.5, 4.5, 1.0]
    assert offsets("g 99999 1") == [1.0] * 10_000
    assert offsets("g") == []
    assert offsets(None) == []


def test_offsets_that_are_missing_go_on_as_the_last_one() -> None:
    data = package('<ofd:TextObject Boundary="10 10 50 5" Size="4"><ofd:TextCode X="1" Y="4" '
                   'DeltaX="5 6">一二三四</ofd:TextCode></ofd:TextObject>')
    assert [x for _, x, _ in signs(data)] == [11, 16, 22, 28]


def test_a_glyph_may_stand_for_several_characters() -> None:
    data = package('<ofd:TextObject Boundary="10 10 50 5" Size="4">'
                   '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="1">'
                   '<ofd:Glyphs>9</ofd:Glyphs></ofd:CGTransform>'
                   '<ofd:TextCode X="0" Y="4" DeltaX="g 3 8">afib</ofd:TextCode></ofd:TextObject>')
    assert [(sign, x) for sign, x, _ in signs(data)] == [("a", 10), ("fi", 18), ("b", 26)]


def test_text_may_be_set_downwards() -> None:
    data = package('<ofd:TextObject Boundary="10 10 5 50" Size="4"><ofd:TextCode X="0" Y="4" '
                   'DeltaY="g 2 5">总计数</ofd:TextCode></ofd:TextObject>')
    assert signs(data) == [("总", 10, 10), ("计", 10, 15), ("数", 10, 20)]


def test_matrices_multiply_inside_units() -> None:
    unit = ('<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content>'
            f'{text("单元", x=20, y=20, CTM="2 0 0 2 0 0")}</ofd:Content>'
            "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>")
    call = '<ofd:CompositeObject CTM="0.5 0 0 0.5 0 0" Boundary="30 40 9 9" ResourceID="5"/>'
    assert signs(package(call, resources=unit)) == [("单", 40, 50), ("元", 44, 50)]


def test_units_that_use_themselves_come_to_an_end() -> None:
    calls = '<ofd:CompositeObject ResourceID="5"/>' * 8
    unit = ('<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content>'
            f"{calls}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>")
    assert refused(package(calls, resources=unit)) == "too_large"


def test_what_is_not_seen_is_not_read() -> None:
    white = text("白字", y=20, inner='<ofd:FillColor Value="255 255 255"/>')
    clear = text("透明", y=30, Alpha="0")
    off = text("隐藏", y=40, Visible="false")
    slanted = text("水印", y=50, CTM="0.7 0.7 -0.7 0.7 0 0")
    paper = ofd.read(package(text("正文") + white + clear + off + slanted))
    assert words(paper) == ["正文"]
    assert {one.code for one in paper.issues} == {"hidden_text", "turned_text"}


def test_a_page_set_sideways_is_turned() -> None:
    way = "0 1 -1 0 0 0"  # the text runs down the sheet, its lines go leftwards
    lines = text("第一行", x=80, y=10, CTM=way) + text("第二行", x=60, y=10, CTM=way)
    assert words(ofd.read(package(lines))) == ["第一行", "第二行"]


def test_the_path_of_a_clip_is_no_line() -> None:
    clip = ('<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 90 90"><ofd:AbbreviatedData>'
            "M 0 50 L 90 50</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>")
    line = ('<ofd:PathObject Boundary="5 5 60 1" LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 L 60 0'
            f"</ofd:AbbreviatedData>{clip}</ofd:PathObject>")
    curve = ('<ofd:PathObject Boundary="5 5 60 1"><ofd:AbbreviatedData>M 0 0 B 1 1 2 2 60 0'
             "</ofd:AbbreviatedData></ofd:PathObject>")
    whole = Package(package(line + curve))
    page = whole.document(whole.documents()[0]).page("Pages/0.xml")
    assert page is not None
    (rule,) = draw(page, 1).leaf.rules
    assert (rule.x0, rule.x1, round(rule.top)) == (5, 65, 5)


def test_missing_and_broken_parts_are_said() -> None:
    data = package(text("正文"), pages=2)
    gone = data.replace(b"Doc_0/Pages/1.xml", b"Doc_0/Pages/9.xml")
    assert [one.code for one in ofd.read(gone).issues] == ["page_unread"]
    assert refused(package("")) == "no_text"
    assert refused(package("<broken>")) == "broken"
    assert refused(packed({"OFD.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"})) == "broken"
    assert refused(packed({"a.xml": b"<a/>"})) == "broken"
    assert refused(packed({"Doc_0/Encryptions.xml": b"<a/>"})) == "encrypted"


def test_signs_without_a_character_are_never_figures() -> None:
    paper = ofd.read(package(text("\ue123\ue124 3")))
    assert words(paper) == ["\ufffd\ufffd3"]
    assert [one.code for one in paper.issues] == ["broken_text"]


def test_long_files_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.attachments.ofd.reader.MAX_PAGES", 2)
    paper = ofd.read(package(text("正文"), pages=3))
    assert [one.code for one in paper.issues] == ["page_cut"]


def _scanned(words: str) -> bytes:
    """A page with a picture over most of it, one that is small, and these words."""
    from PIL import Image

    stream = BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "PNG")
    media = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>IMAGE_{number}.PNG'
        "</ofd:MediaFile></ofd:MultiMedia>" for number in (7, 8)
    )
    shown = ('<ofd:ImageObject Boundary="10 40 80 50" CTM="80 0 0 50 0 0" ResourceID="7"/>'
             '<ofd:ImageObject Boundary="10 5 9 9" CTM="9 0 0 9 0 0" ResourceID="8"/>')
    return package(
        shown + words, resources=f"<ofd:MultiMedias>{media}</ofd:MultiMedias>",
        pictures={f"DOC_0/res/image_{number}.png": stream.getvalue() for number in (7, 8)},
    )


@pytest.mark.parametrize("printed", ["", "正文在上"])
def test_a_picture_that_fills_a_page_is_read(
    printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, str]] = []

    def read_images(images: list[tuple[object, str]]) -> Paper:
        asked.extend(images)
        return Paper([Paragraph("表在图里", f"{images[0][1]}1,2,3,4", 0.9)])

    monkeypatch.setattr("extract.attachments.picture.read_images", read_images)
    paper = ofd.read(_scanned(text(printed) if printed else ""))
    assert words(paper) == [*([printed] if printed else []), "表在图里"]
    last = paper.blocks[-1]
    assert isinstance(last, Paragraph) and last.at == "ofd:p1/1/1,2,3,4"
    assert len(asked) == 1


def test_a_picture_that_cannot_be_read_is_said_or_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_images(images: object) -> Paper:
        raise UnreadableError("needs_extra", "no recogniser")

    monkeypatch.setattr("extract.attachments.picture.read_images", read_images)
    assert refused(_scanned("")) == "needs_extra"
    assert [one.code for one in ofd.read(_scanned(text("正文"))).issues] == ["page_unread"]


def test_no_sheet_holds_a_table_that_is_only_a_frame() -> None:
    frame = ('<ofd:PathObject Boundary="5 5 90 90" LineWidth="0.3"><ofd:AbbreviatedData>M 0 0 '
             "L 90 0 L 90 90 L 0 90 C</ofd:AbbreviatedData></ofd:PathObject>")
    paper = ofd.read(package(frame + text("正文在框里。")))
    assert not any(isinstance(block, Sheet) and len(block.rows) > 1 for block in paper.blocks)
