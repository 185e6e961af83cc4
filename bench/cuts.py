"""Reports cut by a page's end at every height: ``python -m bench.cuts [--kind …] [--step N]``.

A page of a PDF is cut in two at one height after the other, with and without a line drawn at the
cut, and the whole is read: ``right`` are cuts after which every cell is read as printed, ``told``
those after which some cells were refused or doubted, ``silent`` the cells that are wrong and that
nothing names. Real PDFs of the corpus are cut with ``--corpus``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from copy import copy
from importlib import import_module
from io import BytesIO
from random import Random

import pdfplumber
from pdfminer.pdfpage import PDFPage

from crawler.sandbox.files.samples import sample
from extract.attachments.pdf.device import SeenPage
from extract.attachments.pdf.leaves import seen
from extract.attachments.reading import records_of_paper
from extract.attachments.ruled.page import Leaf
from extract.attachments.ruled.paper import paper_of
from extract.record import Record, Source
from extract.record import cells as all_cells
from tests.corpus import CORPUS
from tests.extract import corpus
from tests.extract.attachments import papers
from tests.extract.attachments.ruled.cutting import cut, heights


def main() -> None:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", default="pdf_reportlab")
    parser.add_argument("--count", type=int, default=3)
    parser.add_argument("--seed", type=int, default=300)
    parser.add_argument("--step", type=float, default=12.0, help="points from cut to cut")
    parser.add_argument("--corpus", action="store_true")
    asked = parser.parse_args()
    say(f"{'file':32}{'cuts':>6}{'right':>7}{'told':>6}{'silent':>8}")
    for name, data, truth in files(asked):
        right = told = silent = 0
        for record in cut_anywhere(leaves_of(data), asked.step):
            whole = papers.cells(record) == truth
            right, told = right + whole, told + (not whole)
            silent += len(unnamed(record, truth))
        say(f"{name:32}{right + told:6}{right:7}{told:6}{silent:8}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def files(asked: argparse.Namespace) -> Iterator[tuple[str, bytes, dict[str, str]]]:
    """Yield name, bytes and truth of the PDFs that are asked for."""
    if asked.corpus:
        for path in sorted(CORPUS.glob("reports/*.pdf")):
            printed = corpus.cells(corpus.truth(path)["tables"])
            yield path.stem, path.read_bytes(), {place: text or "" for place, text in
                                                 printed.items()}
        return
    make = import_module(f"crawler.sandbox.files.{asked.kind}").make
    for seed in range(asked.seed, asked.seed + asked.count):
        report, shown = sample(seed, 2019 + seed % 7)
        yield f"{asked.kind} {seed}", make(report, Random(seed)), papers.truth(shown)


def leaves_of(data: bytes) -> list[Leaf]:
    """Return the pages of a PDF."""
    file = pdfplumber.open(BytesIO(data))
    pages = enumerate(PDFPage.create_pages(file.doc), start=1)
    return [seen(SeenPage(file, page, number, 0)).leaf for number, page in pages]


def cut_anywhere(leaves: list[Leaf], step: float) -> Iterator[Record]:
    """Yield what is read after each cut."""
    for index, leaf in enumerate(leaves):
        for y in heights(leaf, step):
            for bordered in (True, False):
                pages = [copy(page) for page in cut(leaves, index, y, bordered=bordered)]
                yield records_of_paper(paper_of(pages, "pdf"), Source())[0]


def unnamed(record: Record, truth: dict[str, str]) -> list[str]:
    """Return the wrong cells that no issue and no failed sum names."""
    named = {issue.at for issue in record.issues}
    failed = {path for check in record.checks if check.verdict == "fail" for path in check.cells}
    return [
        path for table, row, column, cell in all_cells(record.tables)
        if truth.get(path := f"{table}/{row}/{column}") != cell.raw
        and (cell.value is not None or cell.missing == "blank")
        and cell.at not in named and path not in failed
    ]


if __name__ == "__main__":
    main()
