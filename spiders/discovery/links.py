"""Every link of a page that may show the way: anchors, pictures, drop-down lists, frames, trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.etree import _Element

from spiders import headings
from spiders.anchors import full_title
from spiders.domains import bare
from spiders.landings import script_links
from spiders.links import in_dated_directory, is_file, without_session
from spiders.page import Page

MOST_LINKS = 3000
"""Links of one page that are looked at; a calendar or a broken page may have any number."""

_LONGEST = 300  # characters of an address; longer ones are made by scripts
_TRAP = re.compile(
    r"(?:^|[/_.?&=-])(?:search|so|jsearch|login|logout|signin|sso|reg(?:ister)?|rss|print|comment"
    r"|captcha|calendar|rili|wap|mobile|english?|mail|download|share|vote|survey|guestbook|feedback"
    r"|chat|robot|video|photo|weibo|weixin)(?:[/_.?&=-]|\d*$)",
    re.I,
)
_TRAP_QUERY = re.compile(
    r"(?:^|&)(?:date|day|month|riqi|rq|keywords?|kw|q|wd|sort|order(?:by)?|callback|timestamp"
    r"|_|rand(?:om)?|fontsize|lang)=",
    re.I,
)
_ARTICLE = re.compile(
    r"/t\d{8}_\d+|/art_\d+|/content_\d+|/post_\d+|/doc_\w{20,}|/info/\d+/\d+\.htm|/i\d{4,}\.html"
    r"|/[0-9a-f]{32}\.s?html?$|/public/\d+/\d+\.html|/art/\d{4}/",
    re.I,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$", re.I)
_PAGE = re.compile(r"(?:/|/[^/.]*|\.(?:s?html?|jsp|jspx|aspx?|php|do|action))$", re.I)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may be followed.

    Attributes:
        url: Absolute, without a session number.
        label: What it says: its text, or the text of its picture.
    """

    url: str
    label: str


def links(page: Page) -> list[Link]:
    """Return the links of a page in printed order, each address once with its longest label.

    Left out are files, articles, and what is known to be a trap: searches, logins, calendars.

    Args:
        page: The page.
    """
    labels: dict[str, str] = {}
    for href, label in islice(_all(page), MOST_LINKS):
        url = page.urljoin(href)
        if url and url != page.url and leads_on(url):
            url = without_session(url)
            labels[url] = max(labels.get(url, ""), " ".join(label.split()), key=len)
    return [Link(url, label) for url, label in labels.items()]


def leads_on(url: str) -> bool:
    """Tell whether an address can be a page on the way: no file, no article, no trap."""
    if len(url) > _LONGEST or is_file(url) or not _PAGE.search(urlsplit(url).path or "/"):
        return False
    return not (is_trap(url) or is_article(url))


def plain_form(url: str) -> str:
    """Return an address in the form by which the same page is known: without the file name of an
    index, the scheme and ``www.``."""
    parts = urlsplit(url)
    path = _INDEX.sub("/", parts.path) if parts.path.count("/") > 1 else parts.path
    query = f"?{parts.query}" if parts.query else ""
    return f"{bare(parts.hostname or '')}{path.rstrip('/')}{query}"


def is_article(url: str) -> bool:
    """Tell whether an address has the shape of an article's in any of the common systems."""
    return bool(_ARTICLE.search(urlsplit(url).path)) or in_dated_directory(url)


def is_trap(url: str) -> bool:
    """Tell whether an address belongs to a part of a site that has no end, or no pages."""
    parts = urlsplit(url)
    if _TRAP.search(parts.path) or _TRAP_QUERY.search(parts.query):
        return True
    steps = [step for step in parts.path.split("/") if step]
    # A relative link that misses its slash makes /a/a/a/…: each page links one deeper.
    return len(steps) > 12 or any(steps.count(step) > 2 for step in set(steps))


def _all(page: Page) -> Iterator[tuple[str, str]]:
    tree = page.selector.root
    for element in tree.iter("a", "area"):
        if href := element.get("href"):
            yield href, _label(element)
    for element in tree.iter("option"):
        value = element.get("value") or ""
        if value.startswith(("http://", "https://", "/")):
            yield value, "".join(element.itertext())
    for element in tree.iter("iframe", "frame"):
        if source := element.get("src"):
            yield source, headings.heading(page)  # the page is there for what it frames
    yield from ((href, name) for name, href in script_links(page))


def _label(element: _Element) -> str:
    if shown := full_title(element):
        return shown
    named = [element.get("alt") or ""]
    named += [image.get("alt") or image.get("title") or "" for image in element.iter("img")]
    return next((name for name in named if name.strip()), "")
