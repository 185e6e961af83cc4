"""An archived document shown harmlessly, the cell that a number was read from marked in it.

What a portal sent is foreign code. Scripts, forms, frames, styles, addresses and everything that
would ask a network are taken out here (lxml_html_clean, then a list of the attributes that stay);
the page that shows the rest is in a sandboxed frame and under a policy that allows nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from lxml.html import HtmlElement, tostring
from lxml_html_clean import Cleaner

from extract.attachments.kinds import paper_of
from extract.attachments.members import BETWEEN, member_at
from extract.attachments.paper import Paper, Sheet, UnreadableError
from extract.decode import decode
from extract.locate import shown_text
from extract.media import PAGES, MediaKind, media_kind
from extract.page import is_html, lines, parse
from extract.tables.grid import element_at

#: The id of what is marked; the frame is opened at it.
MARK = "cell"

#: Nothing may be fetched, run, sent or opened from the page, whatever was overlooked.
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)

_KEPT = frozenset({"rowspan", "colspan", "align", "valign", "dir", "lang", "start", "type"})
_STYLE = re.compile(
    r"(?:^|;)\s*(text-align|text-indent|font-weight|font-size|width|border[a-z-]*|padding[a-z-]*"
    r"|vertical-align|white-space)\s*:\s*([\w\s.%#,-]{1,60})(?=;|$)",
    re.I,
)
_CLEANER = Cleaner(
    scripts=True, javascript=True, comments=True, style=True, inline_style=False, links=True,
    meta=True, page_structure=False, processing_instructions=True, embedded=True, frames=True,
    forms=True, annoying_tags=True, remove_unknown_tags=False, safe_attrs_only=False,
    kill_tags=("noscript", "template", "svg", "math", "title", "head"),
)  # fmt: skip
_LOOK = (
    "body{font:15px/1.6 serif;margin:1em;color:#222;background:#fff}"
    "table{border-collapse:collapse}td,th{border:1px solid #aaa;padding:2px 6px}"
    "#cell{outline:3px solid #c00;background:#ffe97a;scroll-margin:40vh}"
)


def shown(data: bytes, content_type: str | None, at: str | None) -> str:
    """Return a document as a page that does nothing.

    Args:
        data: The document's bytes.
        content_type: The Content-Type header that came with them.
        at: The locator of what is to be marked; None or one that leads nowhere marks nothing.

    Returns:
        A whole HTML page, to be sent under ``POLICY``.
    """
    kind = media_kind(data)
    if kind == "zip" and at is not None and BETWEEN in at:
        return shown(member_at(data, at), None, at.partition(BETWEEN)[2])
    if kind not in PAGES:
        return _page(_file(kind, data, at))
    text = decode(data, content_type).text
    if not is_html(text):
        return _page(_text(text, at))
    root = parse(text)
    if at is not None and at.startswith("text:"):
        return _page(_text(shown_text(lines(root)), at))
    return _page(_markup(root, at))


def _page(body: str) -> str:
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>archived</title>'
        f"<style>{_LOOK}</style></head><body>{body}</body></html>"
    )


def _markup(root: HtmlElement, at: str | None) -> str:
    marked = None
    if at is not None:
        try:
            marked = element_at(root, at)
        except (LookupError, ValueError):
            marked = None
    _CLEANER(root)
    for element in list(root.iter()):  # a list: pictures lose what is in them
        if isinstance(element.tag, str):
            _strip(element)
    if marked is not None:
        marked.set("id", MARK)
    body = root.find(".//body")
    inner = root if body is None else body
    inner.tag = "div"
    return str(tostring(inner, encoding="unicode", method="html"))


def _strip(element: HtmlElement) -> None:
    if element.tag in ("img", "image", "input", "video", "audio", "source", "picture"):
        alt = element.get("alt") or ""
        element.tag = "span"
        element.text = f"[图 {alt[:80]}]" if alt else "[图]"
        del element[:]
    elif element.tag in ("a", "area", "base", "button"):
        element.tag = "span"
    style = "; ".join(f"{name}: {value.strip()}" for name, value in
                      _STYLE.findall((element.get("style") or "")[:2000]))
    for name in list(element.attrib):
        if name not in _KEPT:
            del element.attrib[name]
    if style:
        element.set("style", style)


def _text(text: str, at: str | None) -> str:
    start, length = _place(at)
    if not 0 <= start <= start + length <= len(text) or not length:
        return f"<pre>{html.escape(text)}</pre>"
    parts = (text[:start], text[start : start + length], text[start + length :])
    before, found, after = map(html.escape, parts)
    return f'<pre>{before}<mark id="{MARK}">{found}</mark>{after}</pre>'


def _place(at: str | None) -> tuple[int, int]:
    found = re.fullmatch(r"text:(\d+)\+(\d+)", at or "")
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _file(kind: MediaKind, data: bytes, at: str | None) -> str:
    try:
        paper = paper_of(kind, data)
    except UnreadableError as error:
        return f"<p>{html.escape(error.detail)}</p>"
    return "".join(_blocks(paper, at))


def _blocks(paper: Paper, at: str | None) -> Iterable[str]:
    """What a file shows: its paragraphs and tables. A part of a paragraph marks all of it."""
    for block in paper.blocks:
        if isinstance(block, Sheet):
            yield "<table>"
            for row in block.rows:
                yield "<tr>"
                for box in row:
                    mark = f' id="{MARK}"' if box.at == at else ""
                    spans = f' rowspan="{box.height}" colspan="{box.width}"'
                    yield f"<td{spans}{mark}>{_lines(box.text)}</td>"
                yield "</tr>"
            yield "</table>"
        else:
            is_marked = at is not None and (block.at == at or at.startswith(f"{block.at}+"))
            mark = f' id="{MARK}"' if is_marked else ""
            yield f"<p{mark}>{_lines(block.text)}</p>"


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
