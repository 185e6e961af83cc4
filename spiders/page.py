"""A fetched page as the families see it: address, text, tree, resolved links."""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

from parsel import Selector
from w3lib.url import safe_url_string

from extract.bounds import Bounded, bounded_markup
from extract.decode import decode
from spiders.elements import texts
from spiders.tasks import Link

_STUB_TEXT = 60  # characters: real deep stubs are 300-400 bytes of markup with a line of text
_DOUBLE = "/double-slash/"  # stands for // at the head of a path while it is joined
_LINE_BREAKS = re.compile(r"[ \u3000]*[\t\r\n]+[ \u3000]*")
_DOTLESS_HOST = re.compile(r"//[^./?#:]+(?=/)")


class Page:
    """One page, decoded and parsed when first asked for.

    Args:
        url: The address it came from, after redirects.
        data: The body as decoded from its transfer encoding.
        content_type: The Content-Type header, or None.
        asked: What was asked for, when the address does not tell it: a form, or an address whose
            fragment never reached the server.
    """

    def __init__(
        self,
        url: str,
        data: bytes,
        content_type: str | None = None,
        *,
        asked: Link | None = None,
    ) -> None:
        self.url = url
        self.data = data
        self.content_type = content_type
        self.asked: Link = url if asked is None else asked

    def __repr__(self) -> str:
        return f"Page({self.url!r}, {len(self.data)} bytes)"

    @cached_property
    def text(self) -> str:
        """The page's text, whatever encoding it declares."""
        return decode(self.data, self.content_type).text

    @cached_property
    def selector(self) -> Selector:
        """The parsed tree."""
        return Selector(text=self._bounded.text or "<html></html>", type="html")

    @property
    def cut(self) -> str | None:
        """What of a page too large was left out of the tree, one line; None when it is whole."""
        return self._bounded.cut

    @cached_property
    def _bounded(self) -> Bounded:
        return bounded_markup(self.text)

    @cached_property
    def visible_text(self) -> str:
        """The text a reader sees, white space collapsed."""
        bodies = self.selector.root.iter("body")
        pieces = [piece for body in bodies for _, piece in texts(body)]
        return " ".join(" ".join(pieces).split())

    @cached_property
    def is_stub(self) -> bool:
        """The page has neither links nor more than a line of text."""
        return len(self.visible_text) < _STUB_TEXT and not self.selector.xpath("//a[@href]")

    @cached_property
    def is_file(self) -> bool:
        """The body is a document of an office program, not a web page."""
        return self.data[:1024].lstrip().startswith((b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The text of each inline script."""
        return tuple(self.selector.xpath("//script[not(@src)]/text()").getall())

    @cached_property
    def own_links(self) -> tuple[str, ...]:
        """The addresses on the page's own host that it links to."""
        host = urlsplit(self.url).netloc.removeprefix("www.")
        urls = map(self.urljoin, self.selector.xpath("//a/@href").getall())
        return tuple(url for url in urls if urlsplit(url).netloc.removeprefix("www.") == host)

    @cached_property
    def directory(self) -> str:
        """The path of the directory the page lies in, with both slashes, doubles collapsed."""
        return directory(self.url)

    @cached_property
    def _base(self) -> str:
        href = self.selector.xpath("//base/@href").get()
        return _resolve(self.url, href) or self.url if href else self.url

    def urljoin(self, href: str) -> str:
        """Return the absolute http(s) URL a link leads to, without its fragment.

        Args:
            href: The attribute as printed: relative to the page or to its ``<base>``, perhaps
                with line breaks inside.

        Returns:
            The URL, or "" when the link leads to no web address (script, mail, broken).
        """
        return _resolve(self._base, href)

    def part(self, markup: str) -> Page:
        """Return a piece of the page's markup as a page of its own, with the same base.

        Args:
            markup: HTML that a script, a comment or an answer's field holds.
        """
        return Page(self._base, markup.encode(), "text/html; charset=utf-8", asked=self.asked)


def directory(url: str) -> str:
    """Return the path of the directory an address lies in, both slashes kept."""
    path = re.sub(r"/{2,}", "/", urlsplit(url).path or "/")
    return path[: path.rfind("/") + 1]


def _resolve(base: str, href: str) -> str:
    href = _LINE_BREAKS.sub("", href).strip(" \u3000").replace("\\", "/")
    if _DOTLESS_HOST.match(href):
        # //c27662/index.html: a path with a double slash, which stands in real addresses; no
        # official host has a name without a dot.
        href = f"{_origin(base)}{href}"
    try:
        url = urldefrag(_joined(base, href)).url
        parts = urlsplit(url)
        _ = parts.port
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        return safe_url_string(url)
    except ValueError:
        return ""


def _joined(base: str, href: str) -> str:
    """Join as ``urllib`` does, but keep the double slash a base's path may begin with."""
    origin, path = _origin(base), urlsplit(base).path
    if not path.startswith("//"):
        return urljoin(base, href)
    url = urljoin(f"{origin}{_DOUBLE}{path[2:]}", href)
    return url.replace(f"{origin}{_DOUBLE}", f"{origin}//", 1)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
