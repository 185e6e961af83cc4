"""Grids and paragraphs as the HTML that editors, Word and WPS leave behind.

A ``Pen`` is one way of writing; a report is written with one pen throughout, as real ones are.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import Random

from crawler.sandbox.grids import Box, Grid

_WIDE = str.maketrans({"(": "（", ")": "）", ":": "：", ",": "，"})
_BREAKABLE = {
    "商业企业": 2, "科研机构": 2, "社会公益组织": 4, "法律服务机构": 4, "总计": 1, "结果维持": 2,
    "结果纠正": 2, "其他结果": 2, "尚未审结": 2, "其他": 1, "本年新制作数量": 3,
    "本年新公开数量": 3, "上一年项目数量": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Pen:
    """One way of writing cells and paragraphs.

    Attributes:
        style: ``plain``, ``paragraph``, ``centred``, ``word``, ``wps`` or ``padded``.
        wide: Prints full-width brackets, colons and commas.
        breaks: Breaks the short header labels over two lines.
        blank: What stands in an empty cell.
        nested: Wraps each table into a layout table.
        heads: Writes header cells as ``th``.
    """

    style: str
    wide: bool
    breaks: bool
    blank: str
    nested: bool
    heads: bool

    def text(self, text: str) -> str:
        """Escape, with the punctuation of this pen."""
        return escape(text.translate(_WIDE) if self.wide else text, quote=False)

    def paragraph(self, text: str) -> str:
        """Write one paragraph of prose."""
        inner = self.text(text)
        if self.style == "wps":
            half = len(text) // 2
            inner = (
                f'<span style="font-family:仿宋"><font face="仿宋_GB2312">'
                f"{self.text(text[:half])}</font></span>"
                f'<span style="font-size:16pt">{self.text(text[half:])}<o:p></o:p></span>'
            )
            return f'<p style="text-indent:2em;line-height:2">{inner}</p>\n'
        if self.style == "word":
            return (
                f'<p class="MsoNormal" style="text-indent:32.0pt"><span lang="EN-US" '
                f'style="font-size:16.0pt">{inner}<o:p></o:p></span></p>\n'
            )
        indent = "" if self.style == "centred" else "　　"
        return f"<p>{indent}{inner}</p>\n"

    def heading(self, text: str) -> str:
        """Write one section heading."""
        if self.style == "plain":
            return f"<h3>{self.text(text)}</h3>\n"
        if self.style in ("centred", "padded"):
            return f"<p><strong>　　{self.text(text)}</strong></p>\n"
        return self.paragraph(text)

    def table(self, grid: Grid) -> str:
        """Write one table."""
        rows = "\n".join(f"<tr>{''.join(self._cell(box) for box in row)}</tr>" for row in grid)
        border = 'border="1" cellspacing="0" cellpadding="2" style="border-collapse:collapse"'
        written = f"<table {border}><tbody>\n{rows}\n</tbody></table>\n"
        if self.nested:
            return (
                f'<table width="100%" cellpadding="0"><tbody><tr><td align="center">\n{written}'
                "</td></tr></tbody></table>\n"
            )
        return f'<div class="tablebox" align="center">\n{written}</div>\n'

    def _cell(self, box: Box) -> str:
        tag = "th" if box.label and self.heads else "td"
        spans = (f' colspan="{box.columns}"' if box.columns > 1 else "") + (
            f' rowspan="{box.rows}"' if box.rows > 1 else ""
        )
        inner = self._content(box)
        if self.style == "word":
            spans += ' style="border:solid windowtext 1.0pt;padding:0cm 5.4pt" valign="top"'
        return f"<{tag}{spans}>{inner}</{tag}>"

    def _content(self, box: Box) -> str:
        if box.text is None:
            return self.blank
        parts = [box.text]
        if box.label and self.breaks and box.text in _BREAKABLE:
            cut = _BREAKABLE[box.text]
            parts = [box.text[:cut], box.text[cut:]]
        texts = [self.text(part) for part in parts]
        if self.style == "plain":
            return "<br/>".join(texts)
        if self.style == "paragraph":
            return "".join(f"<p>{text}</p>" for text in texts)
        if self.style == "centred":
            joined = "<br>".join(texts)
            return f'<p style="text-align:center"><span>{joined}</span></p>'
        if self.style == "padded" and not box.label:
            return f"<p>&nbsp;</p><p>{texts[0]}</p>"
        if self.style == "padded":
            return f"<p>{' '.join(texts)}</p>"
        soup = "".join(
            f'<span style="font-family:宋体"><font face="宋体">{text}</font></span>'
            for text in texts
        )
        if self.style == "wps" and box.label and len(box.text) > 8:
            half = len(box.text) // 2
            soup = (
                f"<span>{self.text(box.text[:half])}</span>\n"
                f"<span>{self.text(box.text[half:])}</span>"
            )
        return f'\n<p class="MsoNormal" align="center">{soup}<span><o:p></o:p></span></p>\n'


def pick_pen(chance: Random) -> Pen:
    """Draw a way of writing."""
    style = chance.choice(("plain", "paragraph", "centred", "word", "wps", "padded"))
    soupy = style in ("word", "wps")
    return Pen(
        style=style,
        wide=chance.random() < 0.6,
        breaks=chance.random() < 0.5,
        blank="<p><span><o:p>&nbsp;</o:p></span></p>" if soupy else chance.choice(("&nbsp;", "")),
        nested=chance.random() < 0.15,
        heads=not soupy and chance.random() < 0.25,
    )
