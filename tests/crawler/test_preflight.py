"""Is there a network? Asked without waiting for a resolver that hangs."""

from __future__ import annotations

import socket
import threading

from crawler.preflight import lookup_failures


def unknown(host: str) -> None:
    raise socket.gaierror(-2, "Name or service not known")


def test_one_name_is_enough() -> None:
    def only_b(host: str) -> None:
        if host != "b":
            unknown(host)

    assert lookup_failures(["a", "b", "c"], resolve=only_b) == {}


def test_no_name_gives_each_a_reason() -> None:
    failures = lookup_failures(["a", "b", "a"], resolve=unknown)
    assert failures == dict.fromkeys("ab", "dns: Name or service not known")


def test_resolver_that_hangs_is_not_waited_for() -> None:
    gate = threading.Event()
    failures = lookup_failures(["a"], resolve=lambda host: gate.wait(), deadline=0.01)
    gate.set()
    assert failures == {"a": "dns: no answer within 0.01 s"}
