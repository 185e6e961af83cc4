"""Every value, of the corpus and the sandbox and in every layout, leads back to its own cell."""

from pathlib import Path

import pytest

from extract.locate import Places, locate
from extract.record import Record, cells
from tests.extract import sources
from tests.extract.mutations import (
    DAMAGES,
    LAYOUTS,
    PRINTINGS,
    WRITINGS,
    marked_places,
    mutate,
    reading,
)
from tests.extract.test_mutations import name, report
from tests.extract.test_read import documents, read_file


def assert_each_leads_back(records: list[Record], data: bytes) -> int:
    """Check every cell and every issue of a document; return how many cells there were."""
    places, count = Places(data), 0
    for record in records:
        for *path, cell in cells(record.tables):
            assert places.text(cell.at) == cell.raw, path
            count += 1
        for issue in record.issues:
            if issue.at:
                places.text(issue.at)
    return count


@pytest.mark.corpus
def test_every_value_of_the_corpus(corpus: Path) -> None:
    for path in documents(corpus):
        record = read_file(path)
        expect_cells = bool(record.tables)
        assert bool(assert_each_leads_back([record], path.read_bytes())) == expect_cells, path


@pytest.mark.parametrize("seed", range(28))
def test_every_value_of_the_sandbox_is_in_its_own_cell(seed: int) -> None:
    one = sources.generated(seed)
    page = mutate(one, [], seed)
    records = reading(page.data)
    printed = sum(len(row) for rows in one.values.values() for row in rows.values())
    assert assert_each_leads_back(records, page.data) == printed
    paths = {at: cell.get(sources.MARK) for at, cell in marked_places(page.data)}
    for table, row, column, cell in cells(records[0].tables):
        assert paths[cell.at] == f"{table}/{row}/{column}"


@pytest.mark.parametrize("mutation", [*LAYOUTS, *PRINTINGS, *DAMAGES], ids=name)
def test_every_value_of_every_layout_and_damage(mutation) -> None:
    page = mutate(report(3), [mutation], 3)
    assert assert_each_leads_back(reading(page.data), page.data)


@pytest.mark.parametrize("writing", WRITINGS, ids=name)
def test_every_value_of_careless_markup(writing) -> None:
    page = mutate(report(2), [], 2, writing)
    assert assert_each_leads_back(reading(page.data), page.data)


@pytest.mark.parametrize("at", ["html:t99/r1/c1", "html:t1/r99/c1", "text:999999+3"])
def test_no_such_place(at: str) -> None:
    page = mutate(report(0), [], 0)
    with pytest.raises(LookupError):
        locate(page.data, at)


def test_what_is_no_locator() -> None:
    with pytest.raises(ValueError, match="no locator"):
        locate(b"<p>1</p>", "pdf:p1/t1/r1/c1")


def test_a_place_is_found_however_the_document_is_read() -> None:
    page = mutate(report(1), [], 1)
    (record,) = reading(page.data)
    again = page.data.decode().encode("gb18030")
    path = next(iter(cells(record.tables)))
    assert locate(again, path[3].at, "text/html; charset=gb18030") == path[3].raw
