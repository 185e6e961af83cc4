"""Scripts instead of pages: 瑞数 (412), 加速乐 (521), and walls that answer 200."""

from __future__ import annotations

from crawler.sandbox.dice import dice
from crawler.sandbox.obstacles.kind import MARK, Asked, Kind, Steps, html, message

_STUB_BYTES = 1166  # what portals of one province answer, whatever the address


def _412(asked: Asked) -> Steps:
    """The second meta's content and the first script feed the second script, which makes a
    cookie; all three are new at each request."""
    chance = dice(asked.seed, "412", asked.url, asked.tries)
    secret, code = f"{chance.getrandbits(800):x}", f"{chance.getrandbits(48):x}"
    body = (
        f'<!DOCTYPE html><html><head>{MARK}<meta charset="utf-8">'
        f'<meta id="9DhefwqGPrzGxEp9hPaoag" content="{secret}" r="m">'
        f'<script type="text/javascript" r="m">$_ts=window["$_ts"];if(!$_ts)$_ts={{}};'
        f'$_ts.nsd={chance.randint(10_000, 99_999)};$_ts.cd="{secret[::-1]}";'
        "if($_ts.lcd)$_ts.lcd();</script>"
        f'<script type="text/javascript" src="/4hP44ZykCTt5/{code}.js" r="m"></script>'
        "</head><body></body></html>"
    )
    cookie = ("Set-Cookie", f"4hP44ZykCTt5O={secret[:86]}; Path=/; HttpOnly")
    yield message("412 Precondition Failed", body.encode(), cookie)


def _521(asked: Asked) -> Steps:
    """Two steps: a script that sets a cookie and loads again, then one that searches a hash."""
    chance = dice(asked.seed, "521", asked.url, asked.tries)
    if "__jsluid_s=" not in asked.cookies:
        body = (
            f"{MARK}<script>document.cookie=('_')+('_')+('j')+('s')+('l')+((+true)+'')+"
            f"('{chance.getrandbits(64):x}')+(';')+('Max-age=')+('3600')+(';path=/');"
            "location.href=location.pathname+location.search</script>"
        )
        cookie = f"__jsluid_s={chance.getrandbits(128):032x}; max-age=31536000; path=/; HttpOnly"
        yield message("521 Web Server Is Down", body.encode(), ("Set-Cookie", cookie))
        return
    body = (
        f"{MARK}<script>function go(data){{/* counts hashes until one fits */}};"
        f'go({{"bts":["{chance.randint(10**9, 2 * 10**9)}.{chance.randint(100, 999)}|0|",'
        f'"{chance.getrandbits(60):x}"],"chars":"wHQZPIhgwxLmUGJFVaTOgq",'
        f'"ct":"{chance.getrandbits(160):040x}","ha":"sha1","is":true,'
        '"tn":"__jsl_clearance_s","vt":"3600","wt":"1500"})</script>'
    )
    yield message("521 Web Server Is Down", body.encode())


def _stub(asked: Asked) -> Steps:
    start = f'<html>{MARK}<head><meta charset="utf-8"></head><body><script>var _0x="'
    end = '";eval(atob(_0x));</script></body></html>\n'
    filling = ("ZG9jdW1lbnQu" * 100)[: _STUB_BYTES - len(start) - len(end)]
    yield message("200 OK", (start + filling + end).encode())


def _waf(asked: Asked) -> Steps:
    number = dice(asked.seed, "waf", asked.url, asked.tries).getrandbits(64)
    text = (
        "您的访问请求可能对网站造成安全威胁，请求已被管理员设置的策略阻断。"
        f"如有疑问请联系网站管理员，事件编号：{number:016x}"
    )
    yield message("200 OK", html("访问被拦截", text))


KINDS = (
    Kind("challenge_412", "answers 412 and a script, as 瑞数 does", blocks=True, act=_412),
    Kind("challenge_521", "answers 521 and scripts in two steps, as 加速乐 does",
         blocks=True, act=_521),
    Kind("block_stub", "answers 200 and the same 1166 bytes of script", blocks=True, act=_stub),
    Kind("block_waf", "answers 200 and the text of a firewall", blocks=True, act=_waf),
)  # fmt: skip
