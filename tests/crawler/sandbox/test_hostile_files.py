from __future__ import annotations

from random import Random

import pytest

from crawler.sandbox.files import hostile, zip_file
from crawler.sandbox.files.samples import sample
from extract.read import read
from extract.record import Source
from tests.extract.attachments import papers


@pytest.mark.parametrize("name", hostile.FILES)
def test_each_ends_as_a_record_that_says_why(name: str) -> None:
    suffix, code, make = hostile.FILES[name]
    data = make()
    assert len(data) < 200_000
    (record,) = read(data, Source(f"http://www.example.gov.cn/{name}.{suffix}"))
    assert record.kind == "attachment_only"
    assert [one.code for one in record.issues] == [code]


@pytest.mark.parametrize("seed", range(3))
def test_reports_in_a_zip_are_read_whole(seed: int) -> None:
    printed, shown = sample(60 + seed, 2022)
    (record,) = read(zip_file.make(printed, Random(seed)), Source("http://www.example.gov.cn/a"))
    assert papers.cells(record) == papers.truth(shown)
    assert record.kind == "report"
    cell = record.tables["t3_requests"]["new_received"]["total"]
    assert cell.at.startswith("zip:1!")
