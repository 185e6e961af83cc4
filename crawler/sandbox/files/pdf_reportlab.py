"""Reports as PDF, drawn line by line with reportlab: every manner of drawing that is met.

What programs do to a PDF is done here by the dice: how they draw rules, where they put blanks, how
they make letters bold, what they hide, which way they turn the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from crawler.sandbox.files.layout import Frame, Run, Sheet, Style, sheets, style
from crawler.sandbox.files.printed import Printed

_POINT = 72 / 25.4  # points in a millimetre
EMBEDDED = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
"""A font that may be put into a file."""
_NAMED = "STSong-Light"  # readers of PDF bring it along
RULES = ("lines", "boxes", "bars", "panel", "double", "dashes", "sideless", "rings")


@dataclass(frozen=True)
class Manner:
    """How one PDF is drawn.

    Attributes:
        rules: One of ``RULES``, or ``none``: the figures stand free.
        embedded: The font is in the file; else it is one that readers of PDF bring along.
        apart: Every sign is placed on its own.
        bold: Titles are drawn twice, a hair's breadth beside each other.
        shaded: The cells are painted, white or grey, before the text.
        ghosts: Text that nobody sees stands among the visible one: white, or drawn invisibly.
        stamp: A watermark across the page.
        turned: Degrees that the page is turned by when it is shown.
        sideways: The page is set lying on its side, and nothing says that it is to be turned.
        framed: A frame is drawn around the page's text.
        password: The file is encrypted; it opens with an empty password.
    """

    rules: str = "lines"
    embedded: bool = True
    apart: bool = False
    bold: bool = False
    shaded: bool = False
    ghosts: bool = False
    stamp: bool = False
    turned: int = 0
    framed: bool = False
    password: bool = False
    sideways: bool = False


def make(printed: Printed, chance: Random) -> bytes:
    """Return a report as a PDF; the dice choose how it is set and drawn."""
    return made(printed, setting(chance), manner(chance))


def setting(chance: Random) -> Style:
    """Draw how a report is set, tables over two pages in all the ways there are."""
    return replace(
        style(chance), repeats=chance.random() < 0.4, cuts=chance.random() < 0.5,
        late=chance.random() < 0.5,
    )


def manner(chance: Random) -> Manner:
    """Draw a manner of drawing."""
    password = chance.random() < 0.1
    return Manner(
        rules=chance.choice(RULES),
        embedded=chance.random() < 0.5 or password,
        apart=chance.random() < 0.4,
        bold=chance.random() < 0.3,
        shaded=chance.random() < 0.3,
        ghosts=chance.random() < 0.2,
        stamp=chance.random() < 0.2,
        turned=chance.choice((0, 0, 0, 0, 90, 270)),
        framed=chance.random() < 0.2,
        password=password,
        sideways=chance.random() < 0.1,
    )


def made(printed: Printed, setting: Style, drawing: Manner) -> bytes:
    """Return a report as a PDF of one setting, drawn in one manner."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    size = (setting.width * _POINT, setting.height * _POINT)
    font = _font(drawing.embedded)
    # The library encrypts no text of fonts that are not in the file.
    locked = drawing.password and font != _NAMED
    lock = StandardEncryption("", ownerPassword="sandbox", strength=128) if locked else None
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, encrypt=lock, pageCompression=1)
    canvas.setTitle(printed.title)
    pen = _Pen(canvas, setting, drawing, font)
    for sheet in sheets(printed, setting):
        pen.draw(sheet)
    canvas.save()
    return out.getvalue()


@cache
def _font(embedded: bool) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    if embedded and EMBEDDED.exists():
        pdfmetrics.registerFont(TTFont("Embedded", str(EMBEDDED), subfontIndex=0))
        return "Embedded"
    pdfmetrics.registerFont(UnicodeCIDFont(_NAMED))
    return _NAMED


class _Pen:
    def __init__(self, canvas: Any, setting: Style, drawing: Manner, font: str) -> None:
        self._canvas = canvas
        self._setting = setting
        self._manner = drawing
        self._font = font

    def draw(self, sheet: Sheet) -> None:
        canvas, manner = self._canvas, self._manner
        wide, high = self._setting.width * _POINT, self._setting.height * _POINT
        if manner.sideways and not manner.turned:
            canvas.setPageSize((high, wide))
            canvas.translate(high, 0)
            canvas.rotate(90)
        if manner.turned:
            # Set on a page that lies: shown, it is turned upright. The library swaps the sides.
            canvas.setPageRotation(manner.turned)
            if manner.turned == 90:
                canvas.translate(high, 0)
                canvas.rotate(90)
            else:
                canvas.translate(0, wide)
                canvas.rotate(-90)
        if manner.framed:
            edge = (self._setting.margin - 5) * _POINT
            canvas.rect(edge, edge, wide - 2 * edge, high - 2 * edge)
        if manner.stamp:
            canvas.saveState()
            canvas.setFillGray(0.85)
            canvas.setFont(self._font, 60)
            canvas.translate(wide / 2, high / 2)
            canvas.rotate(45)
            canvas.drawCentredString(0, 0, "政府信息公开 2000")
            canvas.restoreState()
        self._shade(sheet.frames)
        self._rule(sheet.frames)
        for run in sheet.runs:
            self._write(run)
        if manner.ghosts:
            self._haunt(sheet.frames)
        canvas.showPage()

    def _write(self, run: Run) -> None:
        canvas, size = self._canvas, run.size * _POINT
        x, y = run.x * _POINT, (self._setting.height - run.y) * _POINT
        canvas.setFont(self._font, size)
        strokes = (0.0, 0.3) if self._manner.bold and run.font != "宋体" else (0.0,)
        for beside in strokes:
            if not self._manner.apart:
                canvas.drawString(x + beside, y, run.text)
                continue
            at = x + beside
            for sign in run.text:
                canvas.drawString(at, y, sign)
                at += (1.0 if ord(sign) > 0xFF else 0.5) * size

    def _shade(self, frames: list[Frame]) -> None:
        if not self._manner.shaded and self._manner.rules != "panel":
            return
        panel = self._manner.rules == "panel"
        if panel:  # rules are what is left of a dark ground between light cells
            self._canvas.setFillGray(0.0)
            for frame in frames:
                self._canvas.rect(*self._box(frame, -0.4), stroke=0, fill=1)
        for number, frame in enumerate(frames):
            self._canvas.setFillGray(1.0 if panel or number % 3 else 0.92)
            self._canvas.rect(*self._box(frame, 0.4), stroke=0, fill=1)
        self._canvas.setFillGray(0.0)

    def _rule(self, frames: list[Frame]) -> None:
        canvas, how = self._canvas, self._manner.rules
        canvas.setLineWidth(0.5)
        canvas.setDash(*((1.5, 1.5) if how == "dashes" else ()))
        left = min((frame.x0 for frame in frames), default=0.0)
        right = max((frame.x1 for frame in frames), default=0.0)
        for frame in frames:
            x, y, wide, high = self._box(frame, 0.0)
            edges = [(x, y, x + wide, y), (x, y + high, x + wide, y + high)]
            if how != "sideless" or frame.x0 > left + 1:
                edges.append((x, y, x, y + high))
            if how != "sideless" or frame.x1 < right - 1:
                edges.append((x + wide, y, x + wide, y + high))
            if how == "boxes":
                canvas.rect(x, y, wide, high)
            elif how == "bars":
                for x0, y0, x1, y1 in edges:
                    canvas.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5,
                                stroke=0, fill=1)
            elif how == "rings":
                ring = canvas.beginPath()
                ring.rect(x - 0.3, y - 0.3, wide + 0.6, high + 0.6)
                ring.rect(x + 0.3, y + 0.3, wide - 0.6, high - 0.6)
                canvas.drawPath(ring, stroke=0, fill=1, fillMode=0)
            elif how == "double":
                canvas.rect(x + 0.6, y + 0.6, wide - 1.2, high - 1.2)
                canvas.rect(x - 0.6, y - 0.6, wide + 1.2, high + 1.2)
            elif how in ("lines", "dashes", "sideless", "rings"):
                canvas.lines(edges)
        canvas.setDash()

    def _haunt(self, frames: list[Frame]) -> None:
        """Put figures into cells that nobody sees."""
        canvas = self._canvas
        for number, frame in enumerate(frames[::5]):
            x, y, _, _ = self._box(frame, 1.0)
            ghost = canvas.beginText(x, y)
            ghost.setFont(self._font, 6)
            ghost.setTextRenderMode(3 if number % 2 else 0)
            ghost.setFillGray(1.0)
            ghost.textOut("77")
            ghost.setTextRenderMode(0)
            canvas.drawText(ghost)
        canvas.setFillGray(0.0)

    def _box(self, frame: Frame, inside: float) -> tuple[float, float, float, float]:
        """A frame as x, y, width and height, in points from the lower left corner."""
        x, y = frame.x0 * _POINT + inside, (self._setting.height - frame.y1) * _POINT + inside
        wide, high = (frame.x1 - frame.x0) * _POINT, (frame.y1 - frame.y0) * _POINT
        return x, y, wide - 2 * inside, high - 2 * inside
