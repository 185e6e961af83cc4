"""How much of each kind of file is read right: ``python -m bench.readers [--kinds …] [--count N]``.

Reports of the sandbox are made as files and read; the truth is known. ``right`` are cells read as
printed, ``missing`` those that were not read, ``told`` are wrong ones that have no value, or that
a failed sum or an issue names, ``silent`` wrong ones that nothing names. Needs the extras
``files``, ``pictures`` and ``makers``, LibreOffice for ``doc`` and ``rtf``, and Chromium for
``pdf_chromium``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from random import Random

from crawler.sandbox.figures import Figures
from crawler.sandbox.files.printed import Maker
from crawler.sandbox.files.samples import sample
from extract.read import read
from extract.record import Record, Source

KINDS = (
    "docx", "xlsx", "xls", "ofd", "zip_file", "pdf_reportlab", "pdf_text", "pdf_chromium",
    "pdf_libreoffice", "doc", "rtf", "picture",
)  # fmt: skip
_FIRST, _YEARS = 2019, 7


@dataclass
class Score:
    """What became of the files of one kind."""

    cells: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    """Print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1_000)
    asked = parser.parse_args()
    say(f"{'kind':16}{'files':>6}{'cells':>8}{'right %':>9}{'missing':>8}{'told':>6}{'silent':>7}"
        f"{'s a file':>9}  refused")
    for kind in asked.kinds.split(","):
        score = tried(kind, range(asked.seed, asked.seed + asked.count))
        cells = score.cells
        share = 100 * cells["right"] / max(1, cells.total())
        refused = ", ".join(f"{code} {count}" for code, count in score.refused.items()) or "-"
        say(f"{kind:16}{len(score.seconds):6}{cells.total():8}{share:9.2f}{cells['missing']:8}"
            f"{cells['told']:6}{cells['silent']:7}{statistics.median(score.seconds):9.2f}"
            f"  {refused}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tried(kind: str, seeds: range) -> Score:
    """Make and read the files of one kind."""
    make, score = maker(kind), Score()
    for seed in seeds:
        printed, shown = sample(seed, _FIRST + seed % _YEARS)
        data = make(printed, Random(seed))
        begun = time.perf_counter()
        records = read(data, Source("http://www.example.gov.cn/report"))
        score.seconds.append(time.perf_counter() - begun)
        count(records, shown, score)
    return score


def maker(kind: str) -> Maker:
    """The sandbox's maker of a kind."""
    if kind == "rtf":
        made: Maker = import_module("crawler.sandbox.files.doc").make_rtf
    else:
        made = import_module(f"crawler.sandbox.files.{kind}").make
    return made


def count(records: list[Record], shown: Figures, score: Score) -> None:
    """Compare what was read with the truth, cell by cell."""
    got = {
        (table, row, column): cell
        for record in records
        for table, rows in record.tables.items()
        for row, columns in rows.items()
        for column, cell in columns.items()
    }
    failed = {
        path for record in records for check in record.checks if check.verdict == "fail"
        for path in check.cells
    }
    issues = [issue for record in records for issue in record.issues]
    if not got and issues:
        score.refused[issues[0].code] += 1
    for table, rows in shown.tables.items():
        for row, columns in rows.items():
            for column, printed in columns.items():
                path, cell = f"{table}/{row}/{column}", got.get((table, row, column))
                if cell is None:
                    score.cells["missing"] += 1
                elif cell.raw == (printed or ""):
                    score.cells["right"] += 1
                elif cell.missing == "unparsed" or path in failed or any(
                    path in one.detail or one.at == cell.at for one in issues
                ):
                    score.cells["told"] += 1
                else:
                    score.cells["silent"] += 1


if __name__ == "__main__":
    main()
