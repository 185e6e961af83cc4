"""Every status and every way to fail is one word of the project's list of outcomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from OpenSSL import SSL
from scrapy import exceptions
from scrapy.exceptions import IgnoreRequest
from twisted.internet import error as tx
from twisted.python.failure import Failure
from twisted.web._newclient import ResponseNeverReceived

from crawler import outcomes
from crawler.outcomes import Refused
from extract import formats


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "ok"),
        (206, "ok"),
        (301, "redirect"),
        (308, "redirect"),
        (304, "unchanged"),
        (400, "forbidden"),
        (403, "forbidden"),
        (404, "not_found"),
        (410, "not_found"),
        (408, "timeout"),
        (412, "challenge"),
        (521, "challenge"),
        (500, "server_error"),
        (502, "server_error"),
    ],
)
def test_status(status: int, outcome: str) -> None:
    assert outcomes.of_status(status) == outcome


@given(st.integers(min_value=100, max_value=999))
def test_any_status_has_a_word_of_the_list(status: int) -> None:
    assert outcomes.of_status(status) in formats.enum("fetch_outcome")


def _tls_failure() -> Exception:
    broken = ResponseNeverReceived([Failure(SSL.Error([("SSL routines", "", "bad ecpoint")]))])
    wrapped = exceptions.DownloadFailedError(str(broken))
    wrapped.__cause__ = broken
    return wrapped


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (exceptions.CannotResolveHostError("x"), "dns"),
        (exceptions.DownloadTimeoutError("x"), "timeout"),
        (exceptions.ResponseDataLossError("x"), "truncated"),
        (exceptions.DownloadCancelledError("x"), "too_large"),
        (exceptions.DownloadConnectionRefusedError("x"), "reset"),
        (exceptions.DownloadFailedError("lost"), "reset"),
        (tx.ConnectionLost("x"), "reset"),
        (_tls_failure(), "tls"),
        (Refused("robots_denied", "x"), "robots_denied"),
        (IgnoreRequest("max redirections reached"), "loop"),
        (ValueError("whatever else"), "reset"),
    ],
)
def test_exception(error: Exception, outcome: str) -> None:
    assert outcomes.of_exception(error) == outcome
    assert outcome in formats.enum("fetch_outcome")


def test_exceptions_that_cause_each_other_end() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert outcomes.of_exception(first) == "reset"
