"""PDFs of several manners against the truth of what was printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from crawler.sandbox.figures import Figures
from crawler.sandbox.files import pdf_reportlab, pdf_text
from crawler.sandbox.files.layout import Style
from crawler.sandbox.files.pdf_reportlab import RULES, Manner
from crawler.sandbox.files.samples import sample
from extract.locate import Places
from extract.read import read
from extract.record import Record, Source
from extract.record import cells as all_cells
from tests.corpus import CORPUS
from tests.extract import corpus
from tests.extract.attachments import papers

PLAIN = Style(text=14.0)
MANNERS = {
    **{rules: (PLAIN, Manner(rules=rules)) for rules in RULES},
    "not_embedded": (PLAIN, Manner(embedded=False)),
    "apart": (PLAIN, Manner(apart=True, bold=True)),
    "shaded": (PLAIN, Manner(shaded=True, framed=True)),
    "ghosts": (PLAIN, Manner(ghosts=True, stamp=True)),
    "turned": (PLAIN, Manner(turned=90)),
    "turned_back": (PLAIN, Manner(turned=270)),
    "sideways": (PLAIN, Manner(sideways=True)),
    "locked": (PLAIN, Manner(password=True)),
    "wide": (replace(PLAIN, width=297.0, height=210.0), Manner()),
    "head": (replace(PLAIN, head="政府信息公开工作年度报告", foot="{page}"), Manner()),
}


def record_of(data: bytes) -> Record:
    (record,) = read(data, Source())
    return record


def silent(record: Record, shown: Figures) -> list[str]:
    """Cells whose number is not the printed one, and nothing in the record doubts them."""
    truth = papers.truth(shown)
    doubted = {issue.at for issue in record.issues}
    doubted_paths = {path for one in record.checks if one.verdict == "fail" for path in one.cells}
    return [
        path for table, row, column, cell in all_cells(record.tables)
        if (path := f"{table}/{row}/{column}") not in doubted_paths and cell.at not in doubted
        and (cell.value is not None or cell.missing == "blank") and truth.get(path) != cell.raw
    ]


@pytest.mark.parametrize("name", MANNERS)
def test_every_manner_of_drawing_is_read(name: str) -> None:
    printed, shown = sample(len(name), 2019 + len(name) % 7)
    record = record_of(pdf_reportlab.made(printed, *MANNERS[name]))
    assert papers.cells(record) == papers.truth(shown)
    assert (record.kind, record.title) == ("report", printed.title)
    assert {section.number for section in record.sections} == set(range(7))


@pytest.mark.parametrize("margin", [20.0, 26.0, 31.0])
@pytest.mark.parametrize("late", [False, True])
def test_page_breaks_fall_where_they_will(margin: float, late: bool) -> None:
    """Rows are cut within, headers repeated, cells that span rows drawn on both pages."""
    setting = replace(PLAIN, margin=margin, cell=10.5, repeats=late, cuts=True, late=late)
    printed, shown = sample(int(margin), 2024)
    record = record_of(pdf_reportlab.made(printed, setting, Manner()))
    assert papers.cells(record) == papers.truth(shown)


def test_every_locator_leads_back() -> None:
    printed, _ = sample(4)
    data = pdf_reportlab.made(printed, replace(PLAIN, cuts=True), Manner())
    places = Places(data)
    for *_, cell in all_cells(record_of(data).tables):
        assert places.text(cell.at) == cell.raw


@pytest.mark.parametrize("seed", range(4))
def test_a_table_without_rules_is_read_or_refused(seed: int) -> None:
    printed, shown = sample(seed, 2024)
    record = record_of(pdf_text.make(printed, Random(seed)))
    read_right = sum(papers.truth(shown).get(path) == raw
                     for path, raw in papers.cells(record).items())
    assert silent(record, shown) == []
    assert read_right > 0.7 * len(papers.truth(shown))


def test_the_same_dice_make_the_same_file() -> None:
    printed, _ = sample(6)
    assert pdf_reportlab.make(printed, Random(6)) == pdf_reportlab.make(printed, Random(6))


@pytest.mark.parametrize("path", sorted(CORPUS.glob("reports/*.pdf")), ids=lambda path: path.stem)
def test_real_pdfs_are_read_as_their_truth_says(path: Path) -> None:
    truth = corpus.truth(path)
    record = record_of(path.read_bytes())
    expected = {place: text or "" for place, text in corpus.cells(truth["tables"]).items()}
    assert papers.cells(record) == expected
    assert (record.kind, record.title, record.year, record.format) == (
        "report", truth["title"], truth["year"], truth["format"]
    )


def test_misprints_and_wrong_totals_of_the_real_pdf_are_told() -> None:
    path = CORPUS / "reports" / "huaian-hongze_2023.pdf"
    if not path.exists():
        pytest.skip("the corpus is not here")
    record = record_of(path.read_bytes())
    assert [issue.detail for issue in record.issues if issue.code == "near_label"] == [
        "2.其他法律行政止公开 read as denied_law_forbidden"
    ]
    failed = {check.id for check in record.checks if check.verdict == "fail"}
    assert failed == {"T4.REVIEW_SUM", "T4.AFTER_SUM"}
