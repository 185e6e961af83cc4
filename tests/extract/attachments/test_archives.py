"""What several files of one archive say of one report, and of two."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from crawler.sandbox.files import docx, ofd, xlsx
from crawler.sandbox.files.printed import Printed, Table
from crawler.sandbox.files.samples import sample
from crawler.sandbox.files.zip_file import packed
from extract.read import read
from extract.record import Record, Source
from tests.extract.attachments import papers


def records(files: dict[str, bytes]) -> list[Record]:
    return read(packed(files), Source("http://www.example.gov.cn/a.zip"))


def with_another_number(printed: Printed) -> Printed:
    """The same with the first number of its largest table another one."""
    tables = [block for block in printed.blocks if isinstance(block, Table)]
    largest = max(tables, key=lambda table: len(table.grid))
    at = next((r, c) for r, row in enumerate(largest.grid) for c, box in enumerate(row)
              if not box.label and (box.text or "").isdecimal())
    grid = [list(row) for row in largest.grid]
    grid[at[0]][at[1]] = replace(grid[at[0]][at[1]], text="98765")
    return replace(printed, blocks=tuple(
        Table(grid) if block is largest else block for block in printed.blocks
    ))


def test_a_report_in_two_kinds_of_file_is_one() -> None:
    printed, shown = sample(3, 2023)
    (record,) = records({
        "年报.docx": docx.make(printed, Random(1)), "年报.ofd": ofd.make(printed, Random(1)),
    })
    assert papers.cells(record) == papers.truth(shown)
    assert not [one for one in record.issues if one.code == "conflict"]


def test_what_two_files_print_otherwise_is_a_conflict_that_names_both() -> None:
    printed, shown = sample(3, 2023)
    (record,) = records({
        "错.xlsx": xlsx.make(with_another_number(printed), Random(1)),
        "年报.ofd": ofd.make(printed, Random(1)),
    })
    (issue,) = [one for one in record.issues if one.code == "conflict"]
    assert "98765" in issue.detail and "错.xlsx" in issue.detail and "年报.ofd" in issue.detail
    # The file whose sums hold is believed.
    assert papers.cells(record) == papers.truth(shown)


def test_reports_of_two_bodies_are_two() -> None:
    (one, shown), (other, also) = sample(3, 2023), sample(4, 2023)
    found = records({
        "一.docx": docx.make(one, Random(1)), "二.docx": docx.make(other, Random(2)),
        "三.ofd": ofd.make(one, Random(3)),
    })
    assert [papers.cells(each) for each in found] == [papers.truth(shown), papers.truth(also)]
