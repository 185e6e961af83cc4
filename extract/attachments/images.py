"""The pictures of an article that may be pages of its report: scans, and tables set as pictures."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from extract.attachments.addresses import mended, picture_ending
from extract.record import Attachment

MOST_PICTURES = 40
"""Pages of one report that stand as pictures; none has more."""

_FURNITURE = re.compile(
    r"icon|logo|ewm|qr_?code|erweima|share|weixin|wechat|weibo|banner|blank|spacer|loading|"
    r"arrow|button|btn|file_?type|/skin|avatar|head_?bg|print|close",
    re.I,
)
_FEWEST = 200  # pixels of width or height, where the page says so: no table is smaller
_LAZY = ("data-original", "data-src", "data-lazy-src", "original-src", "oldsrc", "_src")


def pictures(article: HtmlElement, url: str | None = None) -> list[Attachment]:
    """Return the pictures that an article shows, furniture left out.

    Args:
        article: The article's element, in its tree.
        url: The page's address, to make addresses absolute.

    Returns:
        Each picture once, in document order; type is its ending in lower case.
    """
    base = url or ""
    for tag in article.getroottree().getroot().iter("base"):
        base = urljoin(base, (tag.get("href") or "").strip())
        break
    found: dict[str, Attachment] = {}
    for element in article.iter("img"):
        link = _address(element)
        if not link or is_furniture(element):
            continue
        try:
            address = urljoin(base, link)
            scheme = urlsplit(address).scheme
        except ValueError:
            continue
        if scheme in {"", "http", "https"}:
            name = (element.get("title") or element.get("alt") or "").strip()
            label = name or unquote(urlsplit(address).path).rsplit("/", 1)[-1]
            kind = picture_ending(address) or "picture"
            found.setdefault(address, Attachment(address, label, kind))
    return list(found.values())[:MOST_PICTURES]


def is_furniture(picture: HtmlElement) -> bool:
    """Tell whether a picture is a sign, a code to scan, or too small to print a table.

    Args:
        picture: An ``img`` element.
    """
    link = _address(picture)
    if _FURNITURE.search(link):
        return True
    sizes = [_pixels(picture, name) for name in ("width", "height")]
    known = [size for size in sizes if size]
    if known:
        return max(known) < _FEWEST
    return picture_ending(link) == "gif"  # without a size it is nearly always a sign


def _address(picture: HtmlElement) -> str:
    shown = mended(picture.get("src") or "")
    lazy = next((mended(picture.get(name) or "") for name in _LAZY if picture.get(name)), "")
    return lazy if lazy and (not shown or shown.startswith("data:") or lazy != shown) else shown


def _pixels(picture: HtmlElement, side: str) -> int | None:
    said = re.match(r"\s*(\d+)\s*(px)?\s*$", picture.get(side) or "")
    if said:
        return int(said[1])
    style = re.search(rf"(?<![-\w]){side}\s*:\s*(\d+)(?:\.\d+)?\s*px", picture.get("style") or "")
    return int(style[1]) if style else None
