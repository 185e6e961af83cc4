"""``scrapy coverage``: rows and sums over the whole register, in three formats."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from archive import portals, publishers
from archive.db import Archive
from spiders import registers
from spiders.portals.qiyang import Qiyang
from tests.crawler.test_commands import Scrapy, scrapy

__all__ = ["scrapy"]

YEARS = ("--years", "2019-2022", "--as-of", "2024-06-30")


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """An archive with the register, one portal and one department."""
    path = tmp_path / "gov_reports.db"
    with Archive.open(path) as archive, archive.atomic():
        portals.register(archive, [Qiyang()], registers.history(), registers.changes())
        publishers.named(archive, Qiyang.hosts[0], "祁阳市公安局", None, "listing")
    return path


def test_rows_are_of_those_met_and_all_adds_the_register(scrapy: Scrapy, known: Path) -> None:
    met = list(csv.DictReader(scrapy("coverage", *YEARS, "--format", "csv").out.splitlines()))
    assert {row["publisher"] for row in met} == {"431181/人民政府", "431181/公安局"}
    assert {(row["year"], row["register"], row["sector"]) for row in met} == {
        (year, *kind)
        for year in ("2021", "2022")  # it was another place before
        for kind in (("governments", "general"), ("seen", "public_security"))
    }
    every = json.loads(scrapy("coverage", *YEARS, "--all", "--format", "json").out)
    assert Counter(row["year"] for row in every if row["register"] == "governments") == {
        year: len([item for item in registers.divisions(year) if item.code.isdigit()]) - 1
        for year in range(2019, 2023)  # all but 金门
    }
    assert {row["status"] for row in every} == {"not_looked"}


def test_the_table_says_what_it_leaves_out(scrapy: Scrapy, known: Path) -> None:
    shown = scrapy("coverage", *YEARS, "--division", "湖南省/永州市").out
    assert "governments: 13 publishers, 48 publisher-years: 48 not_looked" in shown
    assert "seen: 1 publishers, 2 publisher-years: 2 not_looked" in shown
    assert "12 governments that no crawl has met are only counted; --all lists them." in shown
    assert "only counted" not in scrapy("coverage", *YEARS, "--all").out


@pytest.mark.parametrize("by", ["division", "level", "sector", "year"])
def test_sums_are_the_same_by_whatever_group(scrapy: Scrapy, known: Path, by: str) -> None:
    sums = json.loads(scrapy("coverage", *YEARS, "--by", by, "--format", "json").out)
    every = json.loads(scrapy("coverage", *YEARS, "--all", "--format", "json").out)
    totals = Counter(row["register"] for row in every)
    assert {
        name: sum(item["total"] for item in sums if item["register"] == name) for name in totals
    } == totals
    assert all(item["total"] == sum(item["statuses"].values()) for item in sums)
    lines = list(
        csv.DictReader(scrapy("coverage", *YEARS, "--by", by, "--format", "csv").out.splitlines())
    )
    assert [(line["register"], line[by], line["total"]) for line in lines] == [
        (item["register"], item[by], str(item["total"])) for item in sums
    ]
    assert sums[0][by] in scrapy("coverage", *YEARS, "--by", by).out


def test_groups_and_places_that_are_none(scrapy: Scrapy, known: Path) -> None:
    result = scrapy("coverage", "--by", "colour")
    assert (result.code, "division, level, sector, year" in result.err) == (2, True)
    result = scrapy("coverage", "--division", "湖南省/祁阳市")
    assert (result.code, "湖北省/襄阳市" in result.err) == (2, True)
