"""Each obstacle answers as it says."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import ssl
import zlib
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from protego import Protego

from crawler.sandbox.model import Post
from crawler.sandbox.obstacles.bodies import BOMB, LARGE
from crawler.sandbox.obstacles.catalogue import KINDS
from crawler.sandbox.obstacles.kind import Asked, Pause
from crawler.sandbox.reply import Reply
from crawler.sandbox.world import World

from .conftest import Serve

HTTP, HTTPS = "xzsp.xiangyang.gov.cn", "www.qy.gov.cn"
COLUMN = f"http://{HTTP}/zwgk/gknb/"
LIST = f"https://{HTTPS}/qy/gknb/list.shtml"


def reports(world: World, host: str) -> list[Post]:
    return [r.posts[0] for r in world.reports if r.posts[0].column.site.host == host]


@pytest.fixture(scope="session")
def post(world: World) -> Post:
    """A report on the http host whose bytes do not change but for the view counter."""
    return reports(world, HTTP)[0]


@pytest.fixture(scope="session")
def title(post: Post) -> bytes:
    return post.title.encode(post.encoding)


@pytest.mark.parametrize(("name", "status"), [("challenge_412", 412), ("challenge_521", 521)])
def test_a_challenge_lets_nobody_through(serve: Serve, name: str, status: int) -> None:
    client, cookie, bodies = serve([(name, HTTP)]), "", set()
    for _ in range(4):
        answer = client.get(COLUMN, cookie)
        assert answer.status == status
        assert b"<script" in answer.body
        if given := answer.headers["Set-Cookie"]:
            cookie = given.split(";")[0]
        bodies.add(answer.body)
    assert cookie
    assert len(bodies) == 4


def test_the_412_page_has_what_its_script_reads(serve: Serve) -> None:
    page = serve([("challenge_412", HTTP)]).get(COLUMN).text
    assert len(re.findall(r"<meta [^>]*content=\"\w{50,}", page)) == 1
    inline, loaded = re.findall(r"<script ([^>]*)>", page)
    assert "src=" not in inline
    assert "src=" in loaded


def test_the_521_challenge_has_two_steps(serve: Serve) -> None:
    client = serve([("challenge_521", HTTP)])
    first = client.get(COLUMN)
    assert "document.cookie" in first.text
    assert "location.href" in first.text
    second = client.get(COLUMN, first.headers["Set-Cookie"].split(";")[0])
    assert ';go({"bts"' in second.text.replace("}go", "};go")
    assert '"tn":"__jsl_clearance_s"' in second.text


def test_block_pages_answer_200(serve: Serve, post: Post) -> None:
    client = serve([("block_stub", HTTP), ("block_waf", HTTPS)])
    stubs = {client.get(url).body for url in (COLUMN, post.url, f"http://{HTTP}/nothing")}
    assert [len(stub) for stub in stubs] == [1166]
    wall = client.get(LIST)
    assert wall.status == 200
    assert "请求已被管理员设置的策略阻断" in wall.text


def test_a_cookie_opens_the_address_that_sends_to_itself(
    serve: Serve, post: Post, title: bytes
) -> None:
    client = serve([("cookie_to_self", HTTP)])
    first = client.get(post.url)
    assert (first.status, first.headers["Location"]) == (302, post.url)
    cookies = [value.split(";")[0] for value in first.headers.get_all("Set-Cookie")]
    assert client.get(post.url).status == 302
    assert title in client.get(post.url, "; ".join(cookies)).body


@pytest.mark.parametrize(
    ("name", "host", "path"),
    [("to_https", HTTP, "/zwgk/gknb/?a=1"), ("to_http", HTTPS, "/qy/gknb/list.shtml?a=1")],
)
def test_schemes_switch(serve: Serve, name: str, host: str, path: str) -> None:
    client, wanted = serve([(name, host)]), name.removeprefix("to_")
    other = "http" if wanted == "https" else "https"
    answer = client.get(f"{other}://{host}{path}")
    assert (answer.status, answer.headers["Location"]) == (301, f"{wanted}://{host}{path}")
    assert client.get(f"{wanted}://{host}{path}").status == 200


def test_what_stands_at_the_old_scheme_is_never_seen(serve: Serve) -> None:
    client = serve([("challenge_412", HTTP), ("to_https", HTTP)])
    assert client.get(COLUMN).status == 301
    assert client.get(COLUMN.replace("http:", "https:")).status == 412


@pytest.mark.parametrize(
    ("name", "addresses"), [("redirect_loop", 2), ("redirect_self", 1), ("redirect_endless", 12)]
)
def test_circles_never_end(serve: Serve, name: str, addresses: int) -> None:
    client, url, seen = serve([(name, HTTP)]), COLUMN, set()
    for _ in range(12):
        seen.add(url)
        answer = client.get(url)
        assert answer.status == 302
        url = answer.headers["Location"]
    assert len(seen) == addresses


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("foreign", "http://www.baogaoku.example/"), ("loopback", "http://127.0.0.2/"),
        ("ipv6", "http://[::1]/"), ("ten", "http://10."), ("lan", "http://192.168."),
        ("metadata", "http://169.254.169.254/"),
    ],
)  # fmt: skip
def test_articles_send_to_other_machines(serve: Serve, post: Post, name: str, target: str) -> None:
    client = serve([(f"redirect_{name}", HTTP)])
    answer = client.get(post.url)
    assert answer.status == 302
    assert answer.headers["Location"].startswith(target)
    assert client.get(COLUMN).status == 200


@pytest.mark.parametrize(
    ("name", "pattern"),
    [("meta_refresh", r'content="0;url=([^"]+)"'), ("js_jump", r"location\.href='([^']+)'")],
)
def test_jumps_land(serve: Serve, name: str, pattern: str) -> None:
    client = serve([(name, f"{HTTP}/zwgk/gknb/$")])
    target = re.search(pattern, client.get(COLUMN).text)
    assert target
    assert "年度报告" in client.get(urljoin(COLUMN, target[1])).text


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize(("name", "spoken"), [("old_tls", "TLSv1"), ("old_tls_1_1", "TLSv1.1")])
def test_old_tls_is_all_it_speaks(serve: Serve, name: str, spoken: str) -> None:
    client = serve([(name, HTTPS)])
    with client.connected(LIST) as connection:
        connection.connect()
        assert connection.sock.version() == spoken
    modern = ssl.create_default_context()
    modern.check_hostname, modern.verify_mode = False, ssl.CERT_NONE
    refused = http.client.HTTPSConnection(*client.address, timeout=20, context=modern)
    refused.set_tunnel(HTTPS, 443)
    with pytest.raises(ssl.SSLError):
        refused.request("GET", "/")
    refused.close()


def test_a_weak_curve_is_offered_by_no_client(serve: Serve) -> None:
    with pytest.raises(ssl.SSLError):
        serve([("weak_curve", HTTPS)]).get(LIST)


def test_a_handshake_needs_https(serve: Serve) -> None:
    with pytest.raises(ValueError, match="no https"):
        serve([("old_tls", HTTP)])


def test_encodings_are_not_what_was_asked_for(serve: Serve, post: Post, title: bytes) -> None:
    packed = serve([("forced_gzip", HTTP)]).get(post.url)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert title in gzip.decompress(packed.body)
    lying = serve([("not_gzip", HTTP)]).get(post.url)
    assert lying.headers["Content-Encoding"] == "gzip"
    assert title in lying.body
    odd = serve([("odd_encoding", HTTP)]).get(post.url)
    assert odd.headers["Content-Encoding"] == "UTF-8"
    assert title in odd.body


@pytest.mark.parametrize("host", [HTTP, "www.echeng.gov.cn"])
def test_the_header_names_a_charset_that_the_page_is_not_in(
    serve: Serve, world: World, host: str
) -> None:
    url = next(column.roots[0].site.root + column.roots[0].path
               for column in world.portals if column.site.host == host)  # fmt: skip
    answer = serve([("wrong_charset", host)]).get(url)
    named = answer.headers.get_content_charset()
    used = {"utf-8": "gb18030", "gb2312": "utf-8"}[named or ""]
    assert "政府信息公开" in answer.body.decode(used)


def test_a_slow_host_sends_in_pieces_and_all(serve: Serve, post: Post, title: bytes) -> None:
    drip, forever = KINDS["slow_drip"].act, KINDS["slow_forever"].act
    assert drip and forever
    asked = Asked("http", HTTP, "/", "/", "list", 0, "", 1, lambda: Reply(200, b"x" * 999),
                  lambda: Reply(200, b""))  # fmt: skip
    silence = [step.seconds for step in drip(asked) or () if isinstance(step, Pause)]
    assert (len(silence) > 10, sum(silence)) == (True, pytest.approx(1.5))
    endless = [step for step in forever(asked) or () if isinstance(step, Pause)]
    assert sum(pause.seconds for pause in endless) >= 600
    assert title in serve([("slow_drip", f"{HTTP}{post.path}")]).get(post.url).body


def test_a_host_that_never_ends_begins(serve: Serve) -> None:
    with serve([("slow_forever", HTTP)]).connected(COLUMN) as connection:
        connection.request("GET", COLUMN)
        reply = connection.getresponse()
        assert (reply.status, reply.read(1)) == (200, b"<")


@pytest.mark.parametrize("url", [COLUMN, LIST])
def test_resets(serve: Serve, url: str) -> None:
    client = serve([("reset_always", HTTP), ("reset_first", HTTPS)])
    for _ in range(2):
        with client.connected(url) as connection:
            connection.request("GET", url if url == COLUMN else urlsplit(url).path)
            # Below TLS, whose library makes an end of file of it.
            wire = socket.socket(fileno=connection.sock.detach())
            wire.settimeout(20)
            with wire, pytest.raises(ConnectionResetError):
                while wire.recv(1 << 16):
                    pass
    if url == LIST:
        assert client.get(url).status == 200
    else:
        with pytest.raises(ConnectionResetError):
            client.get(url)


def test_closed_before_the_first_byte(serve: Serve) -> None:
    client = serve([("closed_early", HTTP)])
    assert [client.raw(COLUMN) for _ in range(3)] == [b""] * 3


def test_errors_at_first_and_always(serve: Serve) -> None:
    client = serve([("error_first", HTTP), ("error_always", HTTPS)])
    assert [client.get(COLUMN).status for _ in range(4)] == [503, 502, 200, 200]
    assert {client.get(LIST).status for _ in range(4)} == {500}


@pytest.mark.parametrize("name", ["short_length", "cut_chunks"])
def test_bodies_are_cut(serve: Serve, post: Post, name: str) -> None:
    with pytest.raises(http.client.IncompleteRead) as error:
        serve([(name, HTTP)]).get(post.url)
    assert b"<html" in error.value.partial


@pytest.mark.parametrize("name", ["too_large", "too_large_unsaid"])
def test_large_bodies_are_streamed(serve: Serve, post: Post, name: str) -> None:
    """All of it comes, and never more than a piece is held by the server."""
    with serve([(name, HTTP)]).connected(COLUMN) as connection:
        connection.request("GET", post.url)
        reply = connection.getresponse()
        assert reply.headers["Content-Length"] == (str(LARGE) if name == "too_large" else None)
        assert sum(map(len, pieces(reply))) == LARGE
    act = KINDS[name].act
    assert act
    asked = Asked("http", HTTP, "/", "/", "article", 0, "", 1, lambda: Reply(200, b""),
                  lambda: Reply(200, b""))  # fmt: skip
    assert max(len(step) for step in act(asked) or () if isinstance(step, bytes)) <= 1 << 16


def pieces(reply: http.client.HTTPResponse) -> Iterator[bytes]:
    return iter(lambda: reply.read(1 << 20), b"")


def test_a_bomb_unpacks_to_zeros_without_end(serve: Serve, post: Post) -> None:
    answer = serve([("bomb", HTTP)]).get(post.url)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.body) < 1 << 20
    unpacker, size, rest = zlib.decompressobj(31), 0, answer.body
    while rest:
        size += len(unpacker.decompress(rest, 8 << 20))
        rest = unpacker.unconsumed_tail
    assert unpacker.eof  # the checksum was right
    assert size == BOMB


def test_wrong_pages(serve: Serve, post: Post) -> None:
    for name, status, words in (
        ("soft_404", 200, "不存在"), ("home_page", 200, "首页"), ("gone_404", 404, "不存在"),
        ("gone_410", 410, "失效"),
    ):  # fmt: skip
        client = serve([(name, HTTP)])
        answer = client.get(post.url)
        assert (name, answer.status) == (name, status)
        assert words in answer.text
        assert client.get(COLUMN).status == 200


def test_the_second_page_is_missing(serve: Serve) -> None:
    client = serve([("page_2_missing", "www.dx.gov.cn")])
    pages = ["list", "list_2", "list_3"]
    statuses = [client.get(f"http://www.dx.gov.cn/dx/ndbg/{page}.shtml").status for page in pages]
    assert statuses == [200, 404, 200]


@pytest.mark.parametrize(
    ("name", "line"),
    [("header_garbage", b"X-Powered-By: \xd5\xfe"), ("header_broken", b"no colon at all")],
)
def test_headers_are_garbage(
    serve: Serve, post: Post, title: bytes, name: str, line: bytes
) -> None:
    head, _, body = serve([(name, HTTP)]).raw(post.url).partition(b"\r\n\r\n")
    assert b"\r\n" + line in head
    assert title in body


def test_no_http(serve: Serve) -> None:
    assert not serve([("no_http", HTTP)]).raw(COLUMN).startswith(b"HTTP/")


@pytest.mark.parametrize(
    ("name", "status"), [("robots_403", 403), ("robots_404", 404), ("robots_503", 503)]
)
def test_robots_fail(serve: Serve, name: str, status: int) -> None:
    client = serve([(name, HTTPS)])
    assert client.get(f"https://{HTTPS}/robots.txt").status == status
    assert client.get(LIST).status == 200


def test_robots_rules_add_up(serve: Serve) -> None:
    plan = [("robots_disallow", f"{HTTP}/zwgk/"), ("robots_delay", HTTP), ("robots_slow", HTTP)]
    client = serve(plan[:2])
    lines = client.get(f"http://{HTTP}/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /zwgk/", "Crawl-delay: 5", "Disallow: /search?"} <= set(lines)
    assert client.get(COLUMN).status == 200
    for place, home in (("/zwgk/", True), ("", False)):
        answer = serve([("robots_disallow", HTTP + place)]).get(f"http://{HTTP}/robots.txt")
        rules = Protego.parse(answer.text)
        assert rules.can_fetch(f"http://{HTTP}/", "gov_reports") is home
        assert not rules.can_fetch(COLUMN, "gov_reports")
    slow = KINDS["robots_slow"].act
    assert slow
    asked = Asked("http", HTTP, "/robots.txt", "/robots.txt", "robots", 0, "", 1,
                  lambda: Reply(200, b"rules"), lambda: Reply(200, b""))  # fmt: skip
    pause, answer = slow(asked) or ()
    assert pause == Pause(2.0)
    assert isinstance(answer, bytes)
    assert answer.endswith(b"rules")


def test_robots_of_ten_megabytes_begin_with_the_rules(serve: Serve) -> None:
    rules = serve([("robots_10mb", HTTP)]).get(f"http://{HTTP}/robots.txt").body
    assert abs(len(rules) - (10 << 20)) < 100
    assert b"Disallow: /search" in rules[:200]


def test_a_calendar_goes_on_for_ever(serve: Serve) -> None:
    client, url, seen = serve([("trap_calendar", "www.dx.gov.cn")]), "", set()
    url = "http://www.dx.gov.cn/dx/ndbg/list.shtml"
    for _ in range(30):
        answer = client.get(url)
        assert answer.status == 200
        seen.add(url)
        links = re.findall(r'href="([^"]*/rili/[^"]*)"', answer.text)
        url = urljoin(url, links[0])
    assert len(seen) == 30


def test_queries_go_on_for_ever_with_the_same_rows(serve: Serve) -> None:
    client, rows = serve([("trap_query", HTTP)]), set()
    for number in range(1, 20):
        page = client.get(f"{COLUMN}?page={number}").text
        assert f'href="?page={number + 1}"' in page
        rows.add(tuple(re.findall(r'href="(\./[^"]+)"', page)))
    assert len(rows) == 1


@pytest.mark.parametrize(("root", "page"), [(COLUMN, "index_900.shtml"), (LIST, "list_900.shtml")])
def test_a_pager_promises_too_much(serve: Serve, root: str, page: str) -> None:
    client = serve([("trap_pager", HTTP), ("trap_pager", HTTPS)])
    assert re.search(r"createPageHTML\((?:'\w+',)?99999,", client.get(root).text)
    assert client.get(urljoin(root, page)).status == 200


def test_sessions_are_new_in_every_answer(serve: Serve, title: bytes) -> None:
    client = serve([("trap_session", HTTP)])
    first, second = (re.findall(r'href="([^"]+\?sid=\w+)"', client.get(COLUMN).text)
                     for _ in range(2))  # fmt: skip
    assert len(first) == len(second) > 3
    assert set(first).isdisjoint(second)
    assert client.get(urljoin(COLUMN, first[0])).status == 200


def test_head_gets_the_head_only(serve: Serve) -> None:
    wire = serve([("too_large", HTTP)]).raw(COLUMN, "HEAD")
    assert f"Content-Length: {LARGE}\r\n".encode() in wire
    assert wire.endswith(b"\r\n\r\n")
