"""The cookie jar, judging public suffixes without the network.

Scrapy's own middleware fetches the list of public suffixes at the first cookie that names a
domain: a request to a host that is no portal, and one that hangs offline.
"""

from __future__ import annotations

from collections.abc import Iterable
from http.cookiejar import Cookie
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http.cookies import CookieJar

from crawler.politeness import is_public_suffix


class Cookies(CookiesMiddleware):
    """Scrapy's cookie middleware with the shipped list of public suffixes."""

    def _process_cookies(
        self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request
    ) -> None:
        host = (urlsplit(request.url).hostname or "").lower()
        for cookie in cookies:
            domain = cookie.domain.removeprefix(".")
            if domain and is_public_suffix(domain):
                if domain != host:
                    continue
                cookie.domain = host
            jar.set_cookie_if_ok(cookie, request)
