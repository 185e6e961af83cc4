"""Bodies are decoded before the capture sees them; a decompression bomb is an outcome."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response


class Compression(HttpCompressionMiddleware):
    """Scrapy's decoder; what it cannot decode stays an answer, with its headers and a flag."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the response with its body decoded.

        Returns:
            Without a body and with a flag that is its outcome: ``too_large`` when the body grows
            past DOWNLOAD_MAXSIZE, ``truncated`` when the compressed stream is broken.
        """
        try:
            return super().process_response(request, response)
        except IgnoreRequest:
            return _spoilt(response, "too_large")
        except Exception:  # noqa: BLE001  # each codec has its own error classes
            return _spoilt(response, "truncated")


def _spoilt(response: Response, outcome: str) -> Response:
    return Response(
        response.url, status=response.status, headers=response.headers, flags=[outcome]
    )
