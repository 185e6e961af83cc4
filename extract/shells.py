"""Pages whose text stands in a script: gkmlpt of Guangdong.

The body is HTML inside JSON inside the page, and nothing of it is shown before a script runs::

    window._CONFIG = { SID: '175', DETAIL: {"title": …, "content": "\\u003Cp\\u003E…"}, TREE: … }

It is written into the page where the script would, so that tables, lines and their places are
read as of any other page.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

_DETAIL = re.compile(r"\bDETAIL[\"']?\s*:\s*(?=\{)")
_END = re.compile(r"</body\s*>", re.I)
_HEAD = re.compile(r"<head\b[^>]*>", re.I)
_METAS = (
    ("ArticleTitle", ("title",)),
    ("PubDate", ("display_publish_time", "first_publish_time", "created_at")),
    ("ContentSource", ("publisher",)),
)


def unfolded(text: str) -> str:
    """Return a document with the text of its script in its body; any other one as it is.

    Args:
        text: The decoded document.
    """
    if "_CONFIG" not in text or (found := _DETAIL.search(text)) is None:
        return text
    try:
        detail: Any = json.JSONDecoder(strict=False).raw_decode(text, found.end())[0]
    except (ValueError, RecursionError):
        return text
    content = detail.get("content")
    if not isinstance(content, str) or not content.strip():
        return text
    title = html.escape(str(detail.get("title") or ""))
    body = f'<div class="article-content" id="zoomcon"><h1>{title}</h1>\n{content}\n</div>'
    return _placed(_placed(text, _END, body, before=True), _HEAD, _fields(text, detail))


def _fields(text: str, detail: dict[str, Any]) -> str:
    """Return what the script knows of the document as meta fields, those left out that the page
    has itself."""
    found = []
    for name, keys in _METAS:
        value = next((str(detail[key]) for key in keys if detail.get(key)), "")
        if value and f'name="{name}"' not in text:
            found.append(f'<meta name="{name}" content="{html.escape(value)}">')
    return "".join(found)


def _placed(text: str, mark: re.Pattern[str], markup: str, *, before: bool = False) -> str:
    """Return the text with markup at a mark; without the mark, at its end."""
    hits = list(mark.finditer(text))
    if not hits:
        return text + markup
    at = hits[-1].start() if before else hits[0].end()
    return text[:at] + markup + text[at:]
