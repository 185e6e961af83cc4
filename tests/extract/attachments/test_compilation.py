"""Files with the reports of several bodies: each on its own, and none where there is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.sandbox.files.samples import sample
from extract.attachments import kinds
from extract.attachments.compilation import parts
from extract.attachments.paper import Block, Box, Paper, Paragraph, Sheet
from extract.attachments.printed import PrintedPaper
from extract.attachments.reading import records_of_paper
from extract.locate import Places
from extract.read import read
from extract.record import Issue, Record, Source, cells
from tests.extract.attachments import papers
from tests.extract.attachments.test_reading import FILE

BODIES = (2, 3, 4)


def renamed(blocks: list[Block], name: str) -> list[Block]:
    """The blocks with places of their own."""
    def box(one: Box) -> Box:
        return replace(one, at=f"{name}:{one.at}")

    return [
        Sheet(tuple(tuple(map(box, row)) for row in one.rows)) if isinstance(one, Sheet)
        else replace(one, at=f"{name}:{one.at}") for one in blocks
    ]  # fmt: skip


def compiled() -> tuple[Paper, list[dict[str, str]], list[str]]:
    """The reports of three bodies in one file, what they say, and their titles."""
    blocks: list[Block] = []
    truths, titles = [], []
    for seed in BODIES:
        printed, shown = sample(seed, 2023)
        blocks += renamed(papers.paper(printed).blocks, f"b{seed}")
        truths.append(papers.truth(shown))
        titles.append(printed.title)
    return Paper(blocks), truths, titles


def test_each_report_of_a_compilation_is_read_on_its_own() -> None:
    paper, truths, titles = compiled()
    cover = [Paragraph("2023年政府信息公开工作年度报告汇编", "x:0"), Paragraph("目录", "x:1")]
    contents = [Paragraph(title, f"x:c{n}") for n, title in enumerate(titles)]
    paper.blocks[:0] = [*cover, *contents]
    found = records_of_paper(paper, Source(row_title="2023年各单位政府信息公开工作年度报告"))
    assert [papers.cells(record) for record in found] == truths
    assert [record.title for record in found] == titles
    assert all(record.agency and record.title.startswith(record.agency.name) for record in found)
    for record in found:
        assert [one.code for one in record.issues if one.code == "several_bodies"]


def test_places_lead_back_in_each_part(monkeypatch: pytest.MonkeyPatch) -> None:
    paper, truths, _ = compiled()
    flat: list[Block] = []
    for block in paper.blocks:  # the last body's tables as lines
        if isinstance(block, Sheet) and block.rows[0][0].at.startswith("b4") and len(flat) > 20:
            flat += [Paragraph("\t".join(box.text for box in row), f"{row[0].at}:line")
                     for row in block.rows if row]
        flat.append(block)
    paper.blocks = flat
    monkeypatch.setattr(kinds, "_reader", lambda name: lambda data: paper)
    places = Places(FILE)
    found = read(FILE, Source())
    assert len(found) == len(BODIES)
    for record in found:
        for *_, cell in cells(record.tables):
            assert places.text(cell.at) == cell.raw


def test_a_place_over_several_lines_is_counted_in_the_whole_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = ([Paragraph(f"{n}甲", f"x:{n}a"), Paragraph(f"{n}乙", f"x:{n}b")] for n in "12")
    before = PrintedPaper(Paper([*first]))
    part = PrintedPaper(Paper([*second]), len(before.text) + 1)
    record = Record("report", issues=[Issue("a", "b", "text:0+5"), Issue("c", "d", "text:1+1")])
    part.settle(record)
    assert [issue.at for issue in record.issues] == ["text:6+5", "x:2a+1+1"]
    whole = Paper([*first, *second])
    monkeypatch.setattr(kinds, "_reader", lambda name: lambda data: whole)
    places = Places(FILE)
    assert [places.text(issue.at or "") for issue in record.issues] == ["2甲\n2乙", "甲"]


def test_a_title_over_two_lines_begins_a_report() -> None:
    paper, truths, titles = compiled()
    blocks: list[Block] = []
    for block in paper.blocks:
        if isinstance(block, Paragraph) and block.text in titles:
            cut = block.text.index("2023")
            blocks += [replace(block, text=block.text[:cut], at=f"{block.at}a"),
                       replace(block, text=block.text[cut:])]
        else:
            blocks.append(block)
    found = records_of_paper(Paper(blocks), Source())
    assert [record.title for record in found] == titles
    assert [papers.cells(record) for record in found] == truths


def test_one_report_stays_whole() -> None:
    printed, _ = sample(3, 2023)
    blocks = papers.paper(printed).blocks
    title = blocks[0]
    other = Paragraph("襄阳市水利局2022年政府信息公开工作年度报告", "x:other")
    for held in (
        [title, *blocks],  # a cover
        [*blocks, title],
        [*blocks, other],  # named at the end
        [*blocks[:3], other, *blocks[3:]],  # above all tables
        [*blocks, *renamed(blocks, "again")],  # twice the same
    ):
        paper = Paper(list(held))
        assert parts(paper) == [paper]
