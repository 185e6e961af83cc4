"""From a paper to records and back: the way that every reader of files rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.sandbox.files.samples import sample
from extract import locate
from extract.attachments import kinds
from extract.attachments.paper import Box, Paper, Paragraph, Sheet, UnreadableError
from extract.attachments.printed import PrintedPaper
from extract.attachments.reading import records_of_paper
from extract.read import read
from extract.record import Record, Source
from extract.record import cells as all_cells
from tests.extract.attachments import papers

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILE = _OLE + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(200)


def record_of(paper: Paper) -> Record:
    (record,) = records_of_paper(paper, Source())
    return record


def changed(paper: Paper, path: str, record: Record, **told: object) -> None:
    """Change the box that a cell was read from."""
    table, row, column = path.split("/")
    at = record.tables[table][row][column].at
    for number, block in enumerate(paper.blocks):
        if isinstance(block, Sheet):
            paper.blocks[number] = Sheet(tuple(
                tuple(replace(box, **told) if box.at == at else box for box in line)
                for line in block.rows
            ))  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_a_paper_is_read_as_the_page_of_the_same_report(seed: int) -> None:
    printed, shown = sample(seed, 2019 + seed % 7)
    record = record_of(papers.paper(printed))
    assert papers.cells(record) == papers.truth(shown)
    assert (record.kind, record.year) == ("report", 2019 + seed % 7)
    assert record.title == printed.title
    assert {section.number for section in record.sections} == set(range(7))
    assert [check for check in record.checks if check.verdict == "pass"]


def test_each_cell_has_the_place_of_its_box() -> None:
    printed, shown = sample(3)
    paper = papers.paper(printed)
    boxes = {box.at: box.text for block in paper.blocks if isinstance(block, Sheet)
             for row in block.rows for box in row}
    record = record_of(paper)
    places = [cell.at for *_, cell in all_cells(record.tables)]
    assert len(set(places)) == len(papers.truth(shown))
    for *_, cell in all_cells(record.tables):
        assert boxes[cell.at] == cell.raw


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """A kind of file whose reader hands on the one paper of this list."""
    held: list[Paper] = []
    monkeypatch.setattr(kinds, "_reader", lambda name: lambda data: held[0])
    return held


def test_every_locator_leads_back(reader: list[Paper]) -> None:
    printed, _ = sample(5)
    reader.append(papers.paper(printed))
    (record,) = read(FILE, Source())
    places = locate.Places(FILE)
    for *_, cell in all_cells(record.tables):
        assert places.text(cell.at) == cell.raw
    with pytest.raises(LookupError):
        places.text("x:t99/r1/c1")
    with pytest.raises(ValueError, match="no locator of a file"):
        places.text("html:t1/r1/c1")


def test_tables_in_lines_lead_to_a_part_of_their_paragraph(reader: list[Paper]) -> None:
    printed, shown = sample(2, 2023)
    whole = Paper()
    for block in papers.paper(printed).blocks:
        if isinstance(block, Paragraph):
            whole.blocks.append(block)
            continue
        whole.blocks += [
            Paragraph("\t".join(box.text for box in row), f"{row[0].at}:line")
            for row in block.rows if row
        ]
    reader.append(whole)
    (record,) = read(FILE, Source())
    found, expected = papers.cells(record), papers.truth(shown)
    assert found and "TBL_FLATTENED" in record.flags
    assert {path: expected[path] for path in found} == found
    places = locate.Places(FILE)
    for *_, cell in all_cells(record.tables):
        assert places.text(cell.at) == cell.raw
        assert cell.at.count("+") == 2 and not cell.at.startswith("text:")
    with pytest.raises(LookupError, match="ends before"):
        places.text("x:title+100+900")


def test_a_box_that_hides_something_is_not_blank() -> None:
    printed, _ = sample(4)
    paper = papers.paper(printed)
    record = record_of(paper)
    path = "t3_requests/granted/total"
    changed(paper, path, record, text="", sure=0.0)
    cell = record_of(paper).tables["t3_requests"]["granted"]["total"]
    assert (cell.value, cell.missing) == (None, "unparsed")


def codes(record: Record) -> set[str]:
    return {issue.code for issue in record.issues}


def clean(years: tuple[int, ...] = (2024,)) -> Paper:
    """A report from a picture, all of whose sums hold."""
    for seed in range(60):
        printed, shown = sample(seed, years[0])
        paper = papers.paper(printed, sure=0.97)
        sums = [one for one in record_of(paper).checks if one.kind == "sum"]
        if not shown.flaws and sums and all(one.verdict == "pass" for one in sums):
            return paper
    raise AssertionError("no such report")


def test_what_a_picture_shows_is_believed_as_far_as_its_sums() -> None:
    record = record_of(clean())
    assert "READ_FROM_PICTURE" in record.flags
    told = {issue.detail.split(":")[0] for issue in record.issues}
    assert not [one for one in told if one.startswith("t3")]
    assert {"t2_art20_1"} <= told  # no sum proves it


def test_a_digit_misread_in_a_picture_is_never_the_sources_mistake() -> None:
    paper = clean()
    record = record_of(paper)
    number = record.tables["t3_requests"]["granted"]["total"].value
    changed(paper, "t3_requests/granted/total", record, text=str(int(number or 0) + 7))
    record = record_of(paper)
    failed = [check for check in record.checks if check.kind == "sum" and check.verdict == "fail"]
    assert failed and {check.cause for check in failed} == {"unknown"}
    assert any(issue.detail.startswith("t3_requests: read from a picture, ")
               for issue in record.issues)


def test_doubtful_cells_are_told_unless_sums_prove_them() -> None:
    paper = clean()
    record = record_of(paper)
    rows = record.tables["t3_requests"]
    (proven,) = [f"t3_requests/{row}/total" for row in rows if rows[row]["total"].value][:1]
    rules = record.tables["t2_art20_1"]
    doubtful = next(f"t2_art20_1/{row}/{column}" for row in rules for column in rules[row])
    nought = next(f"t3_requests/{row}/natural_person" for row in rows
                  if rows[row]["natural_person"].value == 0)
    for path in (proven, doubtful, nought):
        changed(paper, path, record, sure=0.5)
    told = [issue.detail.split(":")[0] for issue in record_of(paper).issues
            if issue.code == "unsure_cell"]
    assert sorted(told) == sorted([doubtful, nought])


def test_nothing_printed_is_said(reader: list[Paper]) -> None:
    reader.append(Paper(blocks=[Paragraph(" ", "x:1")]))
    (record,) = read(FILE, Source(row_title="襄阳市水利局2024年政府信息公开工作年度报告"))
    assert (record.kind, record.year, codes(record)) == ("attachment_only", 2024, {"no_text"})


def test_a_report_of_which_nothing_was_understood_is_no_other_document(
    reader: list[Paper],
) -> None:
    title = "襄阳市水利局2024年政府信息公开工作年度报告"
    signs = [Paragraph("\ufffd\ufffd \ue001\ue002\ue003" * 30, f"x:{n}") for n in range(9)]
    short = [Paragraph("襄阳市水利局", "x:1")]
    for source, more in ((Source(), signs), (Source(row_title=title), signs), (Source(), short)):
        reader[:] = [Paper(blocks=[Paragraph(title, "x:0"), *more])]
        (record,) = read(FILE, source)
        assert (record.kind, record.tables) == ("attachment_only", {})
        assert "no_text" in codes(record)


def test_a_form_to_fill_in_is_no_report(reader: list[Paper]) -> None:
    reader.append(Paper(blocks=[Paragraph("政府信息公开申请表", "x:1"), Sheet(((
        Box("申请人姓名", "x:2"), Box("", "x:3")),)), Paragraph("请按实际情况填写本表。", "x:4")]))
    (record,) = read(FILE, Source(row_title="附件：申请表"))
    assert (record.kind, record.tables) == ("not_report", {})


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UnreadableError("encrypted", "it asks for a password"), "encrypted"),
        (MemoryError(), "too_large"),
        (RecursionError(), "broken"),
        (KeyError("Pages"), "broken"),
        (ModuleNotFoundError("no", name="xlrd"), "needs_extra"),
    ],
)
def test_whatever_a_reader_raises_is_a_recorded_outcome(
    error: Exception, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes) -> Paper:
        raise error

    monkeypatch.setattr(kinds, "_reader", lambda name: broken)
    (record,) = read(FILE, Source(row_title="襄阳市水利局2024年政府信息公开工作年度报告"))
    assert (record.kind, codes(record)) == ("attachment_only", {code})
    assert record.agency is not None and record.agency.name == "襄阳市水利局"


def test_signs_that_no_tree_can_hold_do_no_harm() -> None:
    odd = [Paragraph("一\x00二\ud800三\x0b四", "x:1"), Paragraph("五\n六\r\n七", "x:2")]
    printed = PrintedPaper(Paper(blocks=[*odd]))
    assert [line.plain for line in printed.lines] == ["一 二 三 四", "五", "六", "七"]
    assert printed.texts["x:2"] == "五\n六\n七"
