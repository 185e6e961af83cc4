"""Slow hosts, connections that break, and handshakes of the last decade."""

from __future__ import annotations

import ssl
from functools import partial

from crawler.sandbox.obstacles.kind import Asked, End, Kind, Pause, Steps, head, message
from crawler.sandbox.reply import Reply

BROKEN_TRIES = 2
"""So many tries fail where later ones succeed: one less than a crawler with two retries makes."""
_DRIP_SECONDS, _DRIPS = 1.5, 15
_FOREVER_SECONDS = 600


def plain(reply: Reply, *headers: tuple[str, str]) -> bytes:
    """Return the world's answer as bytes on the wire."""
    location = (("Location", reply.location),) if reply.location else ()
    return message(
        f"{reply.status} Sandbox", reply.body, *location, *headers,
        content_type=reply.content_type,
    )  # fmt: skip


def _drip(asked: Asked) -> Steps:
    wire = plain(asked.page())
    size = -(-len(wire) // _DRIPS)
    for at in range(0, len(wire), size):
        yield wire[at : at + size]
        yield Pause(_DRIP_SECONDS / _DRIPS)


def _forever(asked: Asked) -> Steps:
    """A byte a second: no read ever times out, only the whole answer does."""
    yield head("200 OK", ("Content-Length", "1000000"))
    for _ in range(_FOREVER_SECONDS):
        yield b"<"
        yield Pause(1.0)


def _reset_first(asked: Asked) -> Steps | None:
    return [End.RESET] if asked.tries < BROKEN_TRIES else None


def _reset(asked: Asked) -> Steps:
    yield End.RESET


def _close(asked: Asked) -> Steps:
    yield End.CLOSE


def _error_first(asked: Asked) -> Steps | None:
    if asked.tries >= BROKEN_TRIES:
        return None
    status = ("503 Service Unavailable", "502 Bad Gateway")[asked.tries % 2]
    return [message(status, b"")]


def _error(asked: Asked) -> Steps:
    yield message("500 Internal Server Error", b"")


def _old(version: ssl.TLSVersion, context: ssl.SSLContext) -> None:
    # The order matters: the maximum must never be below the minimum.
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = version
    context.set_ciphers("ALL:@SECLEVEL=0")


def _weak_curve(context: ssl.SSLContext) -> None:
    """One curve of 192 bits, which no client of today offers."""
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE:@SECLEVEL=0")
    context.set_ecdh_curve("prime192v1")


KINDS = (
    Kind("slow_drip", "sends its answer in pieces, over a second and a half", act=_drip),
    Kind("slow_forever", "sends a byte a second without an end", blocks=True, act=_forever),
    Kind("reset_first", "resets the connection at the first two tries", act=_reset_first),
    Kind("reset_always", "resets every connection", blocks=True, act=_reset),
    Kind("closed_early", "closes every connection before the first byte", blocks=True, act=_close),
    Kind("error_first", "answers 503, 502, and then well", act=_error_first),
    Kind("error_always", "answers 500", blocks=True, act=_error),
    Kind("old_tls", "speaks TLS 1.0 only", tls=partial(_old, ssl.TLSVersion.TLSv1)),
    Kind("old_tls_1_1", "speaks TLS 1.1 only", tls=partial(_old, ssl.TLSVersion.TLSv1_1)),
    Kind("weak_curve", "agrees on keys over a curve of 192 bits only", blocks=True,
         tls=_weak_curve),
)  # fmt: skip
