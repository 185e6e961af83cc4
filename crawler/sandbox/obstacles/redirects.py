"""Answers that send elsewhere: to another scheme, in circles, to other machines, by script.

The targets are only ever written into an answer; the sandbox itself opens no connection.
"""

from __future__ import annotations

from functools import partial

from crawler.sandbox.obstacles.kind import ARTICLES, LISTS, MARK, Asked, Kind, Steps, message

_LANDED = "landed=1"
_ELSEWHERE = {
    "foreign": ("a foreign host", "http://www.baogaoku.example/copy.html"),
    "loopback": ("this machine", "http://127.0.0.2/admin/"),
    "ipv6": ("this machine by IPv6", "http://[::1]/admin/"),
    "ten": ("a private network (10.x)", "http://10.0.0.8/gknb/"),
    "lan": ("a private network (192.168.x)", "http://192.168.1.1/gknb/"),
    "metadata": ("a cloud's metadata", "http://169.254.169.254/latest/meta-data/"),
}


def _moved(status: str, target: str, *headers: tuple[str, str]) -> bytes:
    return message(status, b"", ("Location", target), *headers)


def _cookie_to_self(asked: Asked) -> Steps | None:
    if "CT6T=" in asked.cookies:
        return None
    cookies = (("Set-Cookie", "CT6T=600; path=/"), ("Set-Cookie", "CT6TS=generated; path=/"))
    return [_moved("302 Moved Temporarily", asked.url, *cookies)]


def _scheme(wanted: str, asked: Asked) -> Steps | None:
    if asked.scheme == wanted:
        return None
    return [_moved("301 Moved Permanently", f"{wanted}://{asked.host}{asked.target}")]


def _loop(asked: Asked) -> Steps:
    """Two addresses that send to each other."""
    back = asked.target.endswith("?r=1")
    target = asked.path if back else f"{asked.path}?r=1"
    yield _moved("302 Found", f"{asked.scheme}://{asked.host}{target}")


def _to_self(asked: Asked) -> Steps:
    yield _moved("302 Found", asked.url)


def _endless(asked: Asked) -> Steps:
    """Each address sends to a new one."""
    turn = int(asked.target.rpartition("?turn=")[2]) if "?turn=" in asked.target else 0
    yield _moved("302 Found", f"{asked.scheme}://{asked.host}{asked.path}?turn={turn + 1}")


def _elsewhere(target: str, asked: Asked) -> Steps:
    yield _moved("302 Found", target)


def _meta_refresh(asked: Asked) -> Steps | None:
    if _LANDED in asked.target:
        return None
    tag = f'<meta http-equiv="refresh" content="0;url={asked.path}?{_LANDED}">'
    return [message("200 OK", f"<html>{MARK}<head>{tag}</head><body></body></html>".encode())]


def _js_jump(asked: Asked) -> Steps | None:
    if _LANDED in asked.target:
        return None
    script = f"<script>window.location.href='{asked.path}?{_LANDED}';</script>"
    body = f"<html>{MARK}<head>{script}</head><body></body></html>"
    return [message("200 OK", body.encode())]


KINDS = (
    Kind("cookie_to_self", "sends to itself with a cookie, and lets the cookie pass",
         act=_cookie_to_self),
    Kind("to_https", "sends http to https", act=partial(_scheme, "https"), moves=True,
         roles=frozenset({"robots", "home", "landing", "list", "second", "page", "article",
                          "other"})),
    Kind("to_http", "sends https to http", act=partial(_scheme, "http"), moves=True,
         roles=frozenset({"robots", "home", "landing", "list", "second", "page", "article",
                          "other"})),
    Kind("redirect_loop", "sends to and fro between two addresses", blocks=True, act=_loop),
    Kind("redirect_self", "sends to itself for ever", blocks=True, act=_to_self),
    Kind("redirect_endless", "sends to a new address each time", blocks=True, act=_endless),
    *(
        Kind(f"redirect_{name}", f"sends to {words}", blocks=True, roles=ARTICLES,
             act=partial(_elsewhere, target))
        for name, (words, target) in _ELSEWHERE.items()
    ),
    Kind("meta_refresh", "jumps by a meta element", act=_meta_refresh),
    Kind("js_jump", "jumps by a script that names its target", roles=LISTS, act=_js_jump),
)  # fmt: skip
