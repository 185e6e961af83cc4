"""What became of one attempt to fetch: a word of ``enums.fetch_outcome`` in formats.json.

A response or an exception becomes exactly one outcome; the rest of the crawler decides by the
outcome and never looks at status codes or exception classes again.
"""

from __future__ import annotations

from scrapy import exceptions
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.internet import error as tx

from crawler import bodies

OK = "ok"
UNCHANGED = "unchanged"
REDIRECT = "redirect"
CHALLENGES = frozenset({412, 521})
"""412 is the script challenge of 瑞数, 521 that of 加速乐: counted, never solved."""

_FLAGS = frozenset({"too_large", "truncated"})


class Refused(IgnoreRequest):
    """A request that is not sent, or an answer that is not taken, by a rule of ours.

    Args:
        outcome: The word of ``enums.fetch_outcome`` that says which rule.
        reason: One line for the operator.
    """

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome


def of_status(status: int) -> str:
    """Return the outcome that an HTTP status stands for.

    Args:
        status: The three-digit code of an answer whose headers arrived.
    """
    if status in CHALLENGES:
        return "challenge"
    if 200 <= status < 300:
        return OK
    if status in (301, 302, 303, 307, 308):
        return REDIRECT
    if status in (404, 410):
        return "not_found"
    if status == 304:
        return UNCHANGED
    if status == 408:
        return "timeout"
    return "forbidden" if 400 <= status < 500 else "server_error"


def of_response(response: Response) -> str:
    """Return the outcome of an answer, whose body may say otherwise than its status.

    Args:
        response: The answer, its body decoded; a flag of the decoder is an outcome.
    """
    for flag in response.flags:
        if flag in _FLAGS:
            return flag
    outcome = of_status(response.status)
    if outcome != OK:
        return outcome
    content_type = response.headers.get(b"Content-Type")
    named = content_type.decode("latin-1") if content_type else None
    return bodies.outcome_of(response.url, response.body, named)


def of_exception(exception: BaseException) -> str:
    """Return the outcome that a failed download stands for.

    Args:
        exception: What the downloader, or a middleware of ours, raised.
    """
    if isinstance(exception, Refused):
        return exception.outcome
    for kind, outcome in _BY_CLASS:
        if isinstance(exception, kind):
            return outcome
    if _mentions_tls(exception):
        return "tls"
    if isinstance(exception, IgnoreRequest):
        return "loop" if "redirections" in str(exception) else "cancelled"
    return "reset"


def _mentions_tls(exception: BaseException | None) -> bool:
    """Tell whether a TLS handshake failed, looking through the wrapped reasons."""
    seen: set[int] = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        if type(exception).__module__.startswith(("OpenSSL", "ssl", "service_identity")):
            return True
        for failure in getattr(exception, "reasons", ()):
            if _mentions_tls(getattr(failure, "value", failure)):
                return True
        exception = exception.__cause__
    return False


_BY_CLASS: tuple[tuple[type[BaseException], str], ...] = (
    (exceptions.CannotResolveHostError, "dns"),
    (tx.DNSLookupError, "dns"),
    (exceptions.DownloadTimeoutError, "timeout"),
    (tx.TimeoutError, "timeout"),
    (exceptions.ResponseDataLossError, "truncated"),
    # Scrapy cancels a download for one reason only: the body passed DOWNLOAD_MAXSIZE.
    (exceptions.DownloadCancelledError, "too_large"),
    (exceptions.DownloadConnectionRefusedError, "reset"),
    (TunnelError, "dns"),  # only the sandbox is a proxy: it knows no such host
)
