"""Trouble with robots.txt."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from crawler.sandbox.obstacles.connections import plain
from crawler.sandbox.obstacles.kind import ROBOTS, Asked, Kind, Pause, Steps, message
from crawler.sandbox.reply import Reply
from crawler.sandbox.world import ROBOTS as USUAL

SLOW_SECONDS = 2.0
CRAWL_DELAY = 5
HUGE = 10 << 20
"""Bytes of the file of 10 MiB."""
_STATUS = {403: "403 Forbidden", 404: "404 Not Found", 503: "503 Service Unavailable"}
_FIRST = "User-agent: *\n"


def _status(code: int, asked: Asked) -> Steps:
    body = b"User-agent: *\nDisallow: /\n"  # an error's body is no rule book
    yield message(_STATUS[code], body, content_type="text/plain")


def _slow(asked: Asked) -> Steps:
    yield Pause(SLOW_SECONDS)
    yield plain(asked.page())


def _with_rule(rule: str, reply: Reply) -> Reply:
    """Return the file with one more rule for everybody; a site without a file gets one."""
    text = reply.body.decode() if reply.status == 200 else USUAL
    text = text.replace(_FIRST, f"{_FIRST}{rule}\n", 1)
    return replace(reply, status=200, body=text.encode())


def _disallow(asked: Asked, reply: Reply) -> Reply:
    reply = _with_rule(f"Disallow: {asked.selected}", reply)
    # Of two rules of one length the one that allows would win.
    return replace(reply, body=reply.body.replace(b"Allow: /\n", b""))


def _delay(asked: Asked, reply: Reply) -> Reply:
    return _with_rule(f"Crawl-delay: {CRAWL_DELAY}", reply)


def _huge(asked: Asked, reply: Reply) -> Reply:
    """The usual rules, and then a rule for every page that ever was."""
    start = _with_rule("Disallow: /old/", reply).body
    line = b"Disallow: /old/page_%07d.shtml\n"
    lines = b"".join(line % number for number in range((HUGE - len(start)) // len(line % 0) + 1))
    return replace(reply, status=200, body=start + lines)


KINDS = (
    Kind("robots_403", "answers 403 for robots.txt", roles=ROBOTS, act=partial(_status, 403)),
    Kind("robots_404", "has no robots.txt", roles=ROBOTS, act=partial(_status, 404)),
    Kind("robots_503", "answers 503 for robots.txt", blocks=True, roles=ROBOTS,
         act=partial(_status, 503)),
    Kind("robots_slow", "waits two seconds before its robots.txt", roles=ROBOTS, act=_slow),
    Kind("robots_disallow", "is disallowed by robots.txt", blocks=True, roles=ROBOTS,
         alter=_disallow),
    Kind("robots_delay", "asks for a Crawl-delay", roles=ROBOTS, alter=_delay),
    Kind("robots_10mb", "has a robots.txt of 10 MiB", roles=ROBOTS, alter=_huge),
)  # fmt: skip
