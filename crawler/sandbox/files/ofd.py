"""Reports as OFD files (GB/T 33190-2016), in the manner of several programs.

No program that writes OFD can be had here. The manners follow the structure of public files of
these makers: where they put a character's place, how they draw the lines of a table, which of the
standard's ways of saying the same they choose. Fonts are named and not embedded.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count, groupby
from random import Random
from xml.sax.saxutils import escape, quoteattr

from crawler.sandbox.files.layout import Frame, Run, Sheet, Style, rules, sheets, style, width
from crawler.sandbox.files.printed import Printed

_NAMESPACES = ("http://www.ofdspec.org/2016", "http://www.ofdspec.org")
_FONTS = ("宋体", "仿宋", "黑体", "方正小标宋简体")
_PEN = 0.25
_INSET = 0.15
_POINT = 0.3528  # millimetres, as converters of PDF write it

Draw = Callable[[Run | Frame, Callable[[], int]], str]


@dataclass(frozen=True)
class Maker:
    """The manner of one program.

    Attributes:
        name: What it says of itself.
        text: Writes one line of text.
        rule: Writes one line of a table.
        folder: Where a document's parts lie.
        absolute: Locations begin at the root of the package.
        named: Units of drawing stand in the resources and are called by number.
        template: Page numbers stand in template pages.
        boxed: Every cell has a closed box of its own, a little inside its place.
        gathered: All lines of a page are one path, and what stands on one line, over all cells of
            a row, is one text.
    """

    name: str
    text: Draw
    rule: Draw
    folder: str = "Doc_0"
    absolute: bool = False
    named: bool = False
    template: bool = False
    boxed: bool = False
    gathered: bool = False


def make(printed: Printed, chance: Random) -> bytes:
    """Return a report as an OFD file; the dice choose the maker and the setting."""
    maker = chance.choice(MAKERS)
    manner = replace(
        style(chance), repeats=chance.random() < 0.3, cuts=chance.random() < 0.4,
        late=chance.random() < 0.5,
    )
    return made(printed, maker, manner, chance)


def made(printed: Printed, maker: Maker, manner: Style, chance: Random) -> bytes:
    """Return a report as an OFD file of one maker."""
    return _Writer(maker, manner, chance.choice(_NAMESPACES)).file(sheets(printed, manner), printed)


class _Writer:
    def __init__(self, maker: Maker, manner: Style, namespace: str) -> None:
        self._maker = maker
        self._manner = manner
        self._namespace = namespace
        self._numbers = count(100)
        self._units: list[str] = []

    def file(self, pages: list[Sheet], printed: Printed) -> bytes:
        folder, stream = self._maker.folder, BytesIO()
        front = f"/{folder}/" if self._maker.absolute else ""
        parts = {"OFD.xml": self._root(printed)}
        shown, templates = [], []
        for number, sheet in enumerate(pages):
            path = f"Pages/Page_{number}/Content.xml"
            shown.append(f'<ofd:Page ID="{self._next()}" BaseLoc="{front}{path}"/>')
            body = [run for run in sheet.runs if not self._is_furniture(run)]
            furniture = [run for run in sheet.runs if self._is_furniture(run)]
            behind = ""
            if self._maker.template and furniture:
                one = self._next()
                at = f"Tpls/Tpl_{number}/Content.xml"
                templates.append(f'<ofd:TemplatePage ID="{one}" BaseLoc="{front}{at}"/>')
                parts[f"{folder}/{at}"] = self._page(furniture, [], "")
                behind = f'<ofd:Template TemplateID="{one}" ZOrder="Background"/>'
            else:
                body += furniture
            parts[f"{folder}/{path}"] = self._page(body, self._lines(sheet), behind)
        parts[f"{folder}/Document.xml"] = self._document(shown, templates, front)
        fonts = "".join(
            f'<ofd:Font ID="{number}" FontName="{name}"/>'
            for number, name in enumerate(_FONTS, start=1)
        )
        parts[f"{folder}/PublicRes.xml"] = self._xml(
            "Res", f"<ofd:Fonts>{fonts}</ofd:Fonts>", ' BaseLoc="Res"'
        )
        if self._units:
            units = "".join(self._units)
            parts[f"{folder}/DocumentRes.xml"] = self._xml(
                "Res", f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>",
                ' BaseLoc="Res"',
            )
        with zipfile.ZipFile(stream, "w") as file:
            for name, text in parts.items():
                info = zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(info, text.encode())
        return stream.getvalue()

    def _root(self, printed: Printed) -> str:
        info = (f"<ofd:DocID>{'0' * 32}</ofd:DocID><ofd:Title>{escape(printed.title)}</ofd:Title>"
                f"<ofd:Creator>{escape(self._maker.name)}</ofd:Creator>")
        front = "/" if self._maker.absolute else ""
        root = f"<ofd:DocRoot>{front}{self._maker.folder}/Document.xml</ofd:DocRoot>"
        body = f"<ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo>{root}</ofd:DocBody>"
        return self._xml("OFD", body, ' Version="1.0" DocType="OFD"')

    def _document(self, pages: list[str], templates: list[str], front: str) -> str:
        manner = self._manner
        resources = f"<ofd:PublicRes>{front}PublicRes.xml</ofd:PublicRes>"
        if self._units:
            resources += f"<ofd:DocumentRes>{front}DocumentRes.xml</ofd:DocumentRes>"
        common = (
            f"<ofd:MaxUnitID>{self._next()}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 "
            f"{manner.width:g} {manner.height:g}</ofd:PhysicalBox></ofd:PageArea>"
            f"{resources}{''.join(templates)}"
        )
        body = (f"<ofd:CommonData>{common}</ofd:CommonData>"
                f"<ofd:Pages>{''.join(pages)}</ofd:Pages>")
        return self._xml("Document", body)

    def _page(self, runs: list[Run], lines: list[Frame], behind: str) -> str:
        if self._maker.gathered:
            objects = [_one_path(lines, self._next()), *_one_text_a_line(runs, self._next)]
        else:
            objects = [self._maker.rule(line, self._next) for line in lines]
            objects += [self._maker.text(run, self._next) for run in runs]
        if self._maker.named:
            objects = [self._unit(one) for one in objects]
        layer = f'<ofd:Layer ID="{self._next()}">{"".join(objects)}</ofd:Layer>'
        return self._xml("Page", f"{behind}<ofd:Content>{layer}</ofd:Content>")

    def _lines(self, sheet: Sheet) -> list[Frame]:
        return sheet.frames if self._maker.boxed else list(rules(sheet))

    def _unit(self, drawn: str) -> str:
        """Put what is drawn among the resources, in points, and call it from the page."""
        one, wide, tall = self._next(), self._manner.width, self._manner.height
        self._units.append(
            f'<ofd:CompositeGraphicUnit ID="{one}" Width="{wide / _POINT:g}" '
            f'Height="{tall / _POINT:g}"><ofd:Content>{drawn}</ofd:Content>'
            "</ofd:CompositeGraphicUnit>"
        )
        return (f'<ofd:CompositeObject ID="{self._next()}" CTM="{_POINT} 0 0 {_POINT} 0 0" '
                f'Boundary="0 0 {wide:g} {tall:g}" ResourceID="{one}"/>')

    def _is_furniture(self, run: Run) -> bool:
        return run.y < 18 or run.y > self._manner.height - 16

    def _xml(self, name: str, body: str, attributes: str = "") -> str:
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{name} '
                f'xmlns:ofd="{self._namespace}"{attributes}>{body}</ofd:{name}>')

    def _next(self) -> int:
        return next(self._numbers)


def _steps(run: Run) -> list[float]:
    """From each sign to the next, as the layout has it."""
    return [round(width(sign, run.size), 4) for sign in run.text[:-1]]


def _short(steps: list[float]) -> str:
    """Offsets with equal ones in a row written as ``g times offset``."""
    parts = []
    for step, same in groupby(steps):
        times = len(list(same))
        parts.append(f"g {times} {step:g}" if times > 1 else f"{step:g}")
    return " ".join(parts)


def _plain(steps: list[float]) -> str:
    return " ".join(f"{step:g}" for step in steps)


def _font(run: Run) -> str:
    return str(_FONTS.index(run.font) + 1)


def _code(run: Run, x: float, y: float, delta: str) -> str:
    across = f" DeltaX={quoteattr(delta)}" if delta else ""
    return f'<ofd:TextCode X="{x:g}" Y="{y:.4g}"{across}>{escape(run.text)}</ofd:TextCode>'


def _boundary(run: Run) -> str:
    """The box round a line of text: its em above and below the line that it stands on."""
    top = run.y - run.size * 0.88
    return f"{run.x:.4f} {top:.4f} {width(run.text, run.size):.4f} {run.size * 1.05:.4f}"


def _text_in_box(delta: Callable[[list[float]], str]) -> Draw:
    """Text from the corner of its own box, as writing programs save it."""

    def draw(run: Run | Frame, number: Callable[[], int]) -> str:
        assert isinstance(run, Run)
        code = _code(run, 0, run.size * 0.88, delta(_steps(run)))
        return (f'<ofd:TextObject ID="{number()}" Boundary="{_boundary(run)}" Font="{_font(run)}" '
                f'Size="{run.size:.4f}">{code}</ofd:TextObject>')

    return draw


def _text_of_pdf(run: Run | Frame, number: Callable[[], int]) -> str:
    """Text in points under a matrix, with the glyphs of a font, as converters of PDF save it."""
    assert isinstance(run, Run)
    size = run.size / _POINT
    steps = [round(step / _POINT, 3) for step in _steps(run)]
    signs = len(run.text)
    glyphs = " ".join(str(ord(sign) % 9000 + 3) for sign in run.text)
    change = (f'<ofd:CGTransform CodePosition="0" CodeCount="{signs}" GlyphCount="{signs}">'
              f"<ofd:Glyphs>{glyphs}</ofd:Glyphs></ofd:CGTransform>")
    code = _code(run, 0, size * 0.88, _plain(steps))
    return (f'<ofd:TextObject ID="{number()}" CTM="{_POINT} 0 0 {_POINT} 0 0" '
            f'Boundary="{_boundary(run)}" Font="{_font(run)}" Size="{size:.3f}" LineWidth="0.4">'
            f'<ofd:FillColor Value="0 0 0"/>{change}{code}</ofd:TextObject>')


def _text_in_points(run: Run | Frame, number: Callable[[], int]) -> str:
    """Text inside a unit that is in points, the em as the matrix of an em of one."""
    assert isinstance(run, Run)
    size = run.size / _POINT
    box = " ".join(f"{float(part) / _POINT:.4f}" for part in _boundary(run).split())
    steps = [round(step / run.size, 4) for step in _steps(run)]
    return (f'<ofd:TextObject ID="{number()}" CTM="{size:.4f} 0 0 {size:.4f} 0 0" '
            f'Boundary="{box}" Font="{_font(run)}" Size="1"><ofd:FillColor Value="35 31 32"/>'
            f"{_code(run, 0, 0.88, _plain(steps))}</ofd:TextObject>")


def _text_by_sign(run: Run | Frame, number: Callable[[], int]) -> str:
    """Every sign in a TextCode of its own, as libraries that fill templates save it."""
    assert isinstance(run, Run)
    x, codes = 0.0, []
    for sign in run.text:
        codes.append(f'<ofd:TextCode X="{x:.4f}" Y="{run.size * 0.88:.4f}">{escape(sign)}'
                     "</ofd:TextCode>")
        x += width(sign, run.size)
    return (f'<ofd:TextObject ID="{number()}" Boundary="{_boundary(run)}" Font="{_font(run)}" '
            f'Size="{run.size:.4f}">{"".join(codes)}</ofd:TextObject>')


def _stroke(frame: Run | Frame, number: Callable[[], int]) -> str:
    """A stroked line in a box about its own size."""
    assert isinstance(frame, Frame)
    x, y = frame.x0 - 0.2, frame.y0 - 0.2
    wide, tall = frame.x1 - frame.x0, frame.y1 - frame.y0
    return (f'<ofd:PathObject ID="{number()}" Boundary="{x:.4f} {y:.4f} {wide + 0.4:.4f} '
            f'{tall + 0.4:.4f}" LineWidth="{_PEN}"><ofd:AbbreviatedData>M 0.2 0.2 L '
            f"{wide + 0.2:.4f} {tall + 0.2:.4f} </ofd:AbbreviatedData></ofd:PathObject>")


def _filled(frame: Run | Frame, number: Callable[[], int]) -> str:
    """A thin filled box, its corners drawn again as boxes of their own."""
    assert isinstance(frame, Frame)
    corners = [_corner(frame.x0, frame.y0), _corner(frame.x1, frame.y1)]
    return "".join(_box(one, number()) for one in (frame, *corners))


def _corner(x: float, y: float) -> Frame:
    """The place where two lines meet."""
    return Frame(x, y, x, y)


def _box(frame: Frame, number: int) -> str:
    edge, half = 0.18, _PEN / 2
    x, y = frame.x0 - half - edge, frame.y0 - half - edge
    right = frame.x1 - frame.x0 + _PEN + edge
    low = frame.y1 - frame.y0 + _PEN + edge
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{x:.4f} {y:.4f} {right + edge:.4f} '
        f'{low + edge:.4f}" Stroke="false" Fill="true"><ofd:FillColor Value="0 0 0"/>'
        f"<ofd:AbbreviatedData>M {edge} {edge} L {right:.4f} {edge} L {right:.4f} {low:.4f} "
        f"L {edge} {low:.4f} L {edge} {edge} C </ofd:AbbreviatedData></ofd:PathObject>"
    )


def _flipped(frame: Run | Frame, number: Callable[[], int]) -> str:
    """A stroked line in a page-wide box, its y axis upwards, with the sheet as its clip."""
    assert isinstance(frame, Frame)
    wide, fall = frame.x1 - frame.x0, frame.y0 - frame.y1
    clip = ('<ofd:Clips TransFlag="false"><ofd:Clip><ofd:Area><ofd:Path Stroke="false" '
            f'Fill="true" CTM="1 0 0 -1 0 0" Boundary="0 0 300 300" ID="{number()}">'
            "<ofd:AbbreviatedData>M -0.71 -297.73 L 210.66 -297.73 L 210.66 0.71 L -0.71 0.71 C"
            "</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>")
    return (
        f'<ofd:PathObject Rule="NonZero" Stroke="true" LineWidth="{_PEN}" '
        f'CTM="1 0 0 -1 {frame.x0:.6f} {frame.y0:.6f}" Boundary="0 0 300 300" ID="{number()}">'
        f'<ofd:StrokeColor Value="0 0 0"></ofd:StrokeColor><ofd:AbbreviatedData>M 0.00 0.00 L '
        f"{wide:.2f} {fall:.2f} </ofd:AbbreviatedData>{clip}</ofd:PathObject>"
    )


def _in_points(frame: Run | Frame, number: Callable[[], int]) -> str:
    """A filled box under a matrix, its places counted from the foot of the sheet in points."""
    assert isinstance(frame, Frame)
    half = _PEN / 2 / _POINT
    x0, x1 = frame.x0 / _POINT - half, frame.x1 / _POINT + half
    y0, y1 = frame.y0 / _POINT - half - 842, frame.y1 / _POINT + half - 842
    left, low = x0 * _POINT, (y0 + 842) * _POINT
    return (
        f'<ofd:PathObject ID="{number()}" CTM="{_POINT} 0 0 {_POINT} {-left:.4f} '
        f'{842 * _POINT - low:.4f}" Boundary="{left:.4f} {low:.4f} {(x1 - x0) * _POINT:.4f} '
        f'{(y1 - y0) * _POINT:.4f}" Stroke="false" Fill="true"><ofd:FillColor Value="0 0 0"/>'
        f"<ofd:AbbreviatedData>M {x0:.3f} {y0:.3f} L {x1:.3f} {y0:.3f} L {x1:.3f} {y1:.3f} "
        f"L {x0:.3f} {y1:.3f} C </ofd:AbbreviatedData></ofd:PathObject>"
    )


def _stroke_in_points(frame: Run | Frame, number: Callable[[], int]) -> str:
    assert isinstance(frame, Frame)
    x0, y0, x1, y1 = (part / _POINT for part in (frame.x0, frame.y0, frame.x1, frame.y1))
    return (f'<ofd:PathObject ID="{number()}" Boundary="0 0 842 842" LineWidth="0.7">'
            f"<ofd:AbbreviatedData>M {x0:.3f} {y0:.3f} L {x1:.3f} {y1:.3f}</ofd:AbbreviatedData>"
            "</ofd:PathObject>")


def _one_path(lines: list[Frame], number: int) -> str:
    steps = " ".join(f"M {one.x0:.3f} {one.y0:.3f} L {one.x1:.3f} {one.y1:.3f}" for one in lines)
    return (f'<ofd:PathObject ID="{number}" Boundary="0 0 300 300" LineWidth="{_PEN}">'
            f"<ofd:AbbreviatedData>{steps}</ofd:AbbreviatedData></ofd:PathObject>")


def _one_text_a_line(runs: list[Run], number: Callable[[], int]) -> Iterator[str]:
    """One text object for what stands on the same line: its offsets jump from cell to cell."""

    def line(run: Run) -> tuple[float, float, str]:
        return round(run.y, 2), run.size, run.font

    for _, same in groupby(sorted(runs, key=lambda run: (*line(run), run.x)), key=line):
        row = list(same)
        places = [run.x + width(run.text[:at], run.size)
                  for run in row for at in range(len(run.text))]
        steps = [round(after - here, 4) for here, after in zip(places, places[1:], strict=False)]
        whole = replace(row[0], text="".join(run.text for run in row))
        code = _code(whole, 0, whole.size * 0.88, _plain(steps))
        yield (f'<ofd:TextObject ID="{number()}" Boundary="{_boundary(whole)}" '
               f'Font="{_font(whole)}" Size="{whole.size:.4f}">{code}</ofd:TextObject>')


def _closed(frame: Run | Frame, number: Callable[[], int]) -> str:
    """The border of a cell, drawn round its inside as boxes of a layout are."""
    assert isinstance(frame, Frame)
    x, y = frame.x0 + _INSET, frame.y0 + _INSET
    wide, tall = frame.x1 - frame.x0 - 2 * _INSET, frame.y1 - frame.y0 - 2 * _INSET
    return (f'<ofd:PathObject ID="{number()}" Boundary="{x:.4f} {y:.4f} {wide:.4f} {tall:.4f}" '
            f'LineWidth="{_PEN}"><ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>M 0 0 '
            f"L {wide:.4f} 0 L {wide:.4f} {tall:.4f} L 0 {tall:.4f} C</ofd:AbbreviatedData>"
            "</ofd:PathObject>")


MAKERS = (
    Maker("WPS 文字", _text_in_box(_plain), _stroke),
    Maker("suwell ofd maker", _text_in_box(_short), _filled),
    Maker("SuwellFormSDK", _text_in_box(_short), _stroke, template=True),
    Maker("Suwell PDF2OFD Creator", _text_of_pdf, _in_points, folder="Doc_1"),
    Maker("SurRead Creator", _text_in_box(_plain), _flipped, absolute=True),
    Maker("OFD R&W", _text_by_sign, _stroke),
    Maker("OFD R&W layout", _text_in_box(_plain), _closed, boxed=True),
    Maker("Foxit", _text_in_box(_plain), _stroke, gathered=True),
    Maker("Founder", _text_in_points, _stroke_in_points, named=True),
)


