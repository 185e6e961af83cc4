"""A report drawn as a picture: prose and ruled tables on one long page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from crawler.sandbox.files.printed import Heading, Printed, Table, Words
from crawler.sandbox.grids import Box, Grid

FONTS = (
    "wqy-microhei.ttc", "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "wqy-zenhei.ttc",
)  # fmt: skip
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@dataclass(frozen=True)
class Style:
    """How a report is drawn.

    Attributes:
        width: Width of the page in pixels.
        size: Size of the type in pixels.
        font: One of ``FONTS``, by place; the next one there is when it is not installed.
        rule: Thickness of the rules in pixels.
        ink: Lightness of the rules, 0 black to 255 white.
        padding: Space in the cells, in parts of the type's size.
        head: Colour of the label cells' ground, or None.
    """

    width: int = 900
    size: int = 16
    font: int = 0
    rule: int = 1
    ink: int = 0
    padding: float = 0.35
    head: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class _Placed:
    box: Box
    left: int
    top: int
    right: int
    bottom: int


@dataclass
class Drawn:
    """A picture, and where its tables stand (left, top, right, bottom)."""

    image: Image.Image
    tables: list[tuple[int, int, int, int]] = field(default_factory=list)


def draw(printed: Printed, style: Style) -> Drawn:
    """Draw a report.

    Raises:
        RuntimeError: No Chinese font is installed.
    """
    return _Drawing(style).all(printed)


def font_file(number: int) -> Path:
    """Return a Chinese font that is installed, the wished one if it is.

    Raises:
        RuntimeError: There is none.
    """
    for wish in FONTS[number:] + FONTS[:number]:
        for folder in _FOLDERS:
            for path in sorted(folder.rglob(wish)):
                return path
    raise RuntimeError("drawing pictures needs a Chinese font, such as fonts-wqy-microhei")


class _Drawing:
    def __init__(self, style: Style) -> None:
        self.style = style
        path = str(font_file(style.font))
        self.font = ImageFont.truetype(path, style.size)
        self.large = ImageFont.truetype(path, round(style.size * 1.5))
        self.high = sum(self.font.getmetrics())  # founts differ: some stand far below their top
        self.pitch = max(round(style.size * 1.4), self.high)
        self.margin = style.size * 2
        self.pad = max(2, round(style.size * style.padding))

    def all(self, printed: Printed) -> Drawn:
        """Measure first, then draw: a page is as long as what stands on it."""
        blank = Image.new("RGB", (self.style.width, 10), "white")
        high = self._draw(printed, Drawn(blank))
        drawn = Drawn(Image.new("RGB", (self.style.width, high), "white"))
        self._draw(printed, drawn)
        return drawn

    def _draw(self, printed: Printed, drawn: Drawn) -> int:
        pen = ImageDraw.Draw(drawn.image)
        room = self.style.width - 2 * self.margin
        y = self.margin
        for line in self._wrapped(printed.title, room, self.large):
            left = (self.style.width - self.large.getlength(line)) / 2
            pen.text((left, y), line, "black", self.large)
            y += round(self.pitch * 1.5)
        y += self.pitch
        for block in printed.blocks:
            if isinstance(block, Table):
                bottom = self._table(pen, block.grid, y)
                drawn.tables.append((self.margin, y, self.style.width - self.margin, bottom))
                y = bottom + self.pitch
                continue
            assert isinstance(block, Heading | Words)
            indent = "　　" if not block.text.startswith("　") else ""
            for line in self._wrapped(indent + block.text, room, self.font):
                pen.text((self.margin, y), line, "black", self.font)
                y += self.pitch
            y += self.pitch // 2
        for line in printed.signature:
            left = self.style.width - self.margin - self.font.getlength(line) - self.style.size
            pen.text((left, y), line, "black", self.font)
            y += self.pitch
        return y + self.margin

    def _table(self, pen: ImageDraw.ImageDraw, grid: Grid, top: int) -> int:
        style = self.style
        placed = self._placed(grid, top)
        for cell in placed:
            frame = (cell.left, cell.top, cell.right, cell.bottom)
            ground = style.head if cell.box.label else None
            pen.rectangle(frame, ground, (style.ink,) * 3, style.rule)
            lines = self._cell_lines(cell.box, cell.right - cell.left)
            y = (cell.top + cell.bottom - self.pitch * len(lines) + self.pitch - self.high) / 2
            for line in lines:
                left = (cell.left + cell.right - self.font.getlength(line)) / 2
                pen.text((round(left), round(y)), line, "black", self.font)
                y += self.pitch
        return max(cell.bottom for cell in placed)

    def _placed(self, grid: Grid, top: int) -> list[_Placed]:
        """Give each box its columns and rows, then pixels."""
        taken: set[tuple[int, int]] = set()
        slots: list[tuple[Box, int, int]] = []
        for row, boxes in enumerate(grid):
            column = 0
            for box in boxes:
                while (row, column) in taken:
                    column += 1
                slots.append((box, row, column))
                taken |= {
                    (row + i, column + j) for i in range(box.rows) for j in range(box.columns)
                }
                column += box.columns
        edges = self._columns(slots, 1 + max(column for _, column in taken))
        heights = [self.pitch + self.pad] * len(grid)
        for box, row, column in sorted(slots, key=lambda slot: slot[0].rows):
            wide = edges[column + box.columns] - edges[column]
            need = self.pitch * len(self._cell_lines(box, wide)) + self.pad
            rows = range(row, min(len(grid), row + box.rows))
            short = need - sum(heights[i] for i in rows)
            if short > 0:
                heights[rows[-1]] += short
        tops = [top]
        for height in heights:
            tops.append(tops[-1] + height)
        return [
            _Placed(
                box, edges[column], tops[row],
                edges[column + box.columns], tops[min(len(grid), row + box.rows)],
            )
            for box, row, column in slots
        ]  # fmt: skip

    def _columns(self, slots: list[tuple[Box, int, int]], count: int) -> list[int]:
        """Share the width out: columns of labels get what their words need, within bounds."""
        weight = [2.2] * count
        for box, _, column in slots:
            if box.columns == 1:
                words = len(box.text or "") / (2 if box.label else 1.6)
                weight[column] = max(weight[column], min(7.0, words))
        room = self.style.width - 2 * self.margin
        edges = [float(self.margin)]
        for share in weight:
            edges.append(edges[-1] + share * room / sum(weight))
        return [round(edge) for edge in edges]

    def _cell_lines(self, box: Box, wide: int) -> list[str]:
        return self._wrapped(box.text, wide - 2 * self.pad, self.font) if box.text else []

    def _wrapped(self, text: str, room: float, font: ImageFont.FreeTypeFont) -> list[str]:
        lines = [""]
        for sign in text:
            both = lines[-1] + sign
            broken_number = sign.isdigit() and lines[-1][-1:].isdigit()
            if lines[-1] and not broken_number and font.getlength(both) > room:
                lines.append(sign)
            else:
                lines[-1] = both
        return lines
