"""A host that answers in the other scheme only is asked in it, after one try of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import HtmlResponse, Response

from crawler.run import Run
from tests.crawler.support import HOST, Downloads, a_crawler, a_run, fetch


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = a_run(tmp_path)
    yield run
    run.archive.close()


def only(scheme: str, *, redirects: bool = False) -> Callable[[Request], Response]:
    """Answer in one scheme; refuse the other, or redirect it."""

    def answer(request: Request) -> Response:
        if not request.url.startswith(f"{scheme}:"):
            if not redirects:
                raise DownloadConnectionRefusedError("refused")
            target = scheme + request.url[request.url.index(":") :]
            return Response(request.url, status=301, headers={"Location": target})
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=404)
        return HtmlResponse(request.url, body=b"<html><p>x</p></html>")

    return answer


def ask(made: Downloads, number: int, scheme: str) -> Response:
    return fetch(made, Request(f"{scheme}://{HOST}/{number}.html", meta={"portal": HOST}))


def test_a_tunnel_that_a_proxy_cannot_make_may_be_the_scheme_too(run: Run) -> None:
    def answer(request: Request) -> Response:
        if request.url.startswith("https:"):
            raise TunnelError("502")
        return only("http")(request)

    made = Downloads(a_crawler(run, RETRY_TIMES=0), answer)
    assert ask(made, 1, "https").url == f"http://{HOST}/1.html"


@pytest.mark.parametrize("redirects", [False, True])
@pytest.mark.parametrize(("asked", "answers"), [("http", "https"), ("https", "http")])
def test_other_scheme_is_found_and_remembered(
    run: Run, asked: str, answers: str, redirects: bool
) -> None:
    made = Downloads(a_crawler(run, RETRY_TIMES=0), only(answers, redirects=redirects))
    assert ask(made, 1, asked).url == f"{answers}://{HOST}/1.html"
    before = len(made.asked)
    assert ask(made, 2, asked).url == f"{answers}://{HOST}/2.html"
    assert made.asked[before:] == [f"{answers}://{HOST}/2.html"], "no try of the dead scheme"


def test_host_that_is_dead_in_both_is_tried_once_in_the_other(run: Run) -> None:
    made = Downloads(a_crawler(run, RETRY_TIMES=0, BACK_OFF_AFTER=99), only("gopher"))
    for number in (1, 2, 3):
        with pytest.raises(Exception, match="refused"):
            ask(made, number, "http")
    assert [url for url in made.asked if url.startswith("https:")] == [
        f"https://{HOST}/robots.txt"
    ]


def test_schemes_that_send_to_each_other_end(run: Run) -> None:
    def answer(request: Request) -> Response:
        other = "https" if request.url.startswith("http:") else "http"
        target = other + request.url[request.url.index(":") :]
        return Response(request.url, status=301, headers={"Location": target})

    made = Downloads(a_crawler(run), answer)
    with pytest.raises(Exception, match="max redirections"):
        ask(made, 1, "http")
    assert len(made.asked) < 40


def test_scheme_that_answered_is_kept(run: Run) -> None:
    """A page that breaks is no reason to doubt the scheme of its host."""

    def answer(request: Request) -> Response:
        if request.url.endswith("/2.html"):
            raise DownloadConnectionRefusedError("refused")
        return only("http")(request)

    made = Downloads(a_crawler(run, RETRY_TIMES=0), answer)
    ask(made, 1, "http")
    with pytest.raises(DownloadConnectionRefusedError):
        ask(made, 2, "http")
    assert not [url for url in made.asked if url.startswith("https:")]


def test_host_that_sends_some_pages_to_each_scheme(run: Run) -> None:
    def answer(request: Request) -> Response:
        wanted = "http" if request.url.endswith("/2.html") else "https"
        return only(wanted, redirects=True)(request)

    made = Downloads(a_crawler(run), answer)
    assert ask(made, 1, "http").url == f"https://{HOST}/1.html"
    assert ask(made, 2, "http").url == f"http://{HOST}/2.html"
    assert ask(made, 3, "http").url == f"https://{HOST}/3.html"
