"""Bodies are decoded before the capture sees them; a decompression bomb is an outcome."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.outcomes import Refused


class Compression(HttpCompressionMiddleware):
    """Scrapy's decoder, whose refusals and failures carry an outcome."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the response with its body decoded.

        Raises:
            Refused: ``too_large`` when the body grows past DOWNLOAD_MAXSIZE, ``truncated`` when
                the compressed stream is broken.
        """
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise Refused("too_large", str(error)) from error
        except Exception as error:  # noqa: BLE001  # each codec has its own error classes
            raise Refused("truncated", f"broken {type(error).__name__}: {error}") from error
