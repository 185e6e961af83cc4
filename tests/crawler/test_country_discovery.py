"""Discovery over the country: from nothing but a host to every report that a list shows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from archive.db import Archive
from crawler.sandbox.country_portals import UNKNOWN
from tests.crawler import country
from tests.crawler.conftest import crawled_once
from tests.crawler.processes import opened


@cache
def unknown_hosts() -> tuple[str, ...]:
    """Return the country's portals that have no leaf."""
    leaves = country.leaf_hosts()
    own = [entry.host for entry in UNKNOWN]
    return tuple(host for host in own if host.removeprefix("www.") not in leaves)


@cache
def unknown_truth() -> country.Truth:
    return country.part(
        country.world().truth(), {host.removeprefix("www.") for host in unknown_hosts()}
    )


@pytest.fixture(scope="session")
def unknown_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a crawl that knows nothing of the portals but their hosts."""
    file = tmp_path_factory.mktemp("hosts") / "hosts.txt"
    file.write_text("\n".join(unknown_hosts()) + "\n", encoding="utf-8")
    return crawled_once(
        tmp_path_factory, "country_unknown", *country.COUNTRY, "-a", f"hosts={file}"
    )


@pytest.fixture(scope="module")
def of_unknown(unknown_run: Path) -> Iterator[Archive]:
    with opened(unknown_run) as archive:
        yield archive


def test_discovery_finds_nearly_all_from_nothing_but_hosts(of_unknown: Archive) -> None:
    assert len(unknown_hosts()) >= 20
    wanted = [report for report in unknown_truth()["reports"] if report["reachable"]]
    lost = country.missing(of_unknown, unknown_truth())
    assert len(wanted) > 300
    assert len(lost) <= 0.02 * len(wanted), lost


def test_no_row_of_discovery_is_wrong(of_unknown: Archive) -> None:
    assert country.wrong(of_unknown, unknown_truth()) == []
    assert country.misnamed(of_unknown, unknown_truth()) == []


def test_the_ledger_explains_every_publisher_year_of_discovery(of_unknown: Archive) -> None:
    assert country.misjudged(of_unknown, unknown_truth()) == []


def test_discovery_asks_no_foreign_host(unknown_run: Path) -> None:
    assert any(".example/" in url for url in unknown_truth()["foreign"])
    assert country.foreign(unknown_run / "server.log", "country") == set()


def test_discovery_asks_for_little_without_reason(unknown_run: Path) -> None:
    lines = country.requests(unknown_run / "server.log")
    kinds = country.by_kind(lines, unknown_truth())
    assert len(lines) <= country.allowance(unknown_truth(), discovery=True), kinds
