"""https for servers as old as they come: TLS 1.0, small keys, weak curves.

Part of the portals speak nothing newer (handshakes end in BAD_ECPOINT or EPROTO). What we fetch
is public and certificates are not verified, so a weak handshake is better than no report. Scrapy
has a setting for the version but none for OpenSSL's security level: its cipher setting is expanded
to a list of names, which drops ``@SECLEVEL``.
"""

from __future__ import annotations

from typing import Any

from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import (
    _ScrapyCertificateOptions,
    _ScrapyClientContextFactory,
)
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.internet.ssl import CertificateOptions

CIPHERS = b"DEFAULT:@SECLEVEL=0"  # level 1, the next, forbids TLS 1.0 and 1.1


class _LenientOptions(_ScrapyCertificateOptions):
    def _makeContext(self, skipCiphers: bool = False) -> SSL.Context:  # noqa: N802, N803  # Twisted's
        context = super()._makeContext(skipCiphers)
        context.set_cipher_list(CIPHERS)
        return context


class _LenientFactory(_ScrapyClientContextFactory):
    def _get_cert_options(self) -> CertificateOptions:
        return _LenientOptions(**self._get_cert_options_kwargs())


class OldTlsHandler(HTTP11DownloadHandler):
    """Scrapy's https handler with the lowest security level of OpenSSL."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        factory: Any = _LenientFactory.from_crawler(crawler)
        self._contextFactory = factory
