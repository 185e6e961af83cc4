"""How a page of a PDF is interpreted: pdfplumber's page, which here also tells what is not seen.

The library tells neither which text is drawn invisibly (as the text layer of a scan is) nor in
which color space a color is given; both are known only while the page is interpreted.
"""

from __future__ import annotations

from typing import Any

from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent

from extract.attachments.pdf.paint import lightness

UNSEEN = "unseen"
"""The tag of a character that is drawn invisibly."""

# Text rendering modes (ISO 32000, 9.3.6) that paint nothing.
_INVISIBLE = frozenset({3, 7})


class Device(PDFPageAggregatorWithMarkedContent):
    """Notes invisible text in a character's tag, and turns all colors into lightness."""

    _unseen = False

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Render a string, its color as lightness."""
        self._unseen = textstate.render in _INVISIBLE
        super().render_string(textstate, seq, ncs, _plain(graphicstate))

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        """Render one character; an invisible one is tagged so."""
        advance = float(super().render_char(*args, **kwargs))
        shown: Any = self.cur_item._objs[-1]
        shown.tag = UNSEEN if self._unseen else None
        return advance

    def paint_path(
        self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any
    ) -> None:
        """Paint a path, its colors as lightness."""
        # A path of several parts comes here once for each of them, plain already.
        super().paint_path(_plain(graphicstate), stroke, fill, evenodd, path)


def _plain(gstate: Any) -> Any:
    if getattr(gstate, "is_plain", False):
        return gstate
    plain = gstate.copy()
    plain.scolor = (lightness(gstate.scolor, gstate.scs),)
    plain.ncolor = (lightness(gstate.ncolor, gstate.ncs),)
    plain.is_plain = True
    return plain


class SeenPage(Page):
    """A page interpreted by :class:`Device`."""

    @property
    def layout(self) -> LTPage:
        """The page's objects, interpreted at first use."""
        if not hasattr(self, "_layout"):
            device = Device(self.pdf.rsrcmgr, pageno=self.page_number, laparams=None)
            PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout: LTPage = device.get_result()
        return self._layout
