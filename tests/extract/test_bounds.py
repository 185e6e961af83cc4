"""Whatever comes, there is a record that says so, and no page takes all memory or for ever."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract import bounds
from extract.bounds import MAX_CHARACTERS, MAX_LINES, MAX_TAG, MAX_TAGS, bounded, bounded_markup
from extract.read import read
from extract.record import Source
from tests.extract import hostile, sheets
from tests.extract.tables.test_markup import raws
from tests.extract.test_read import page

ROOT = Path(__file__).parents[2]
LARGE = {"100,000 cells", *hostile.HUGE}
TOLD = {
    "empty": "empty",
    "blanks": "empty",
    "noise": "unknown_type",
    "zeros": "unknown_type",
    "10,000 tables": "page_cut",
    "spans without end": "page_cut",
}


@pytest.mark.parametrize("name", sorted(hostile.DOCUMENTS.keys() - LARGE))
def test_any_document_gives_a_record(name: str) -> None:
    (record,) = read(hostile.DOCUMENTS[name](), Source(url="http://www.example.gov.cn/a.html"))
    assert record.kind in {"report", "index", "not_report", "blocked"}
    assert not record.tables
    assert TOLD.get(name) in {None, *(issue.code for issue in record.issues)}
    json.dumps(record.as_json())


@pytest.mark.parametrize(
    "beside",
    [
        f'<img src="data:image/png;base64,{"QUJD" * 1_100_000}">',
        "<div " + " ".join(f'a{n}="<>"' for n in range(30_000)) + "></div>",
        "<ul><li>" * 300 + "某局" + "</ul>" * 300,
        "<p>" + "（" * 300_000 + "</p>",
        "<select>" + "<option>某局</option>" * 10_000 + "</select>",
        "<!--" + "<td>" * 100_000 + "-->",
    ],
    ids=["picture", "attributes", "depth", "line", "options", "comment"],
)
def test_what_hangs_on_a_report_takes_nothing_from_it(beside: str) -> None:
    values = sheets.numbers()
    for body in (beside + sheets.report(values), sheets.report(values) + beside):
        (record,) = read(page(body), Source())
        assert raws(record.tables) == values
        assert {section.number for section in record.sections} >= {1, 2, 3, 4, 5, 6}
        assert not [issue for issue in record.issues if issue.code == "page_cut"]


@pytest.mark.parametrize(
    ("limit", "tail"),
    [
        ("MAX_TAGS", "<p>一段话。</p>" * 6_000),
        ("MAX_TAGS", "<td>1</td>" * 6_000),
        ("MAX_CHARACTERS", "长" * 300_000),
    ],
)
def test_head_of_a_page_too_large_is_read_and_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch, limit: str, tail: str
) -> None:
    values = sheets.numbers()
    data = page(sheets.report(values) + tail)
    monkeypatch.setattr(bounds, "_SMALL", 10_000)
    monkeypatch.setattr(bounds, limit, {"MAX_TAGS": 10_000, "MAX_CHARACTERS": 200_000}[limit])
    (record,) = read(data, Source())
    assert raws(record.tables) == values
    (detail,) = {issue.detail for issue in record.issues if issue.code == "page_cut"}
    assert "were read" in detail


def test_memory_of_a_table_of_100_000_cells_is_bounded() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.extract.hostile", "100,000 cells", "1000"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["kinds"] == ["not_report"]
    assert said["megabytes"] < 600


def test_text_within_the_bounds_is_left_alone() -> None:
    for text in ("", "某局\n" * 10_000, f"<p>{'长' * 300_000}</p>"):
        assert bounded(text).text == bounded_markup(text).text == text
        assert bounded(text).cut is bounded_markup(text).cut is None


def test_each_bound_cuts() -> None:
    assert len(bounded("长" * (MAX_CHARACTERS + 1)).text) == MAX_CHARACTERS
    assert bounded("长\r" * (MAX_LINES + 1)).text == "长\r" * MAX_LINES
    assert bounded_markup("<p>" * (MAX_TAGS + 9)).text == "<p>" * MAX_TAGS
    assert bounded_markup("<p>" * (MAX_TAGS + 9)).cut == "900000 of 900027 characters were read"
    assert len(bounded_markup("长" * (MAX_CHARACTERS + 1)).text) == MAX_CHARACTERS


@pytest.mark.parametrize(
    "attributes", ["b " * MAX_TAG, 'a="<" ' * MAX_TAG, "a='>' " * MAX_TAG, f'a="{"x" * MAX_TAG}"']
)
def test_tag_that_is_mostly_attributes_keeps_its_name_only(attributes: str) -> None:
    before, after = f"<i>{'长' * 200_000}</i>", "某局</div>"
    kept = bounded_markup(f"{before}<div {attributes}>{after}").text
    assert kept == f"{before}<div>{after}"


def _calls(data: bytes) -> int:
    """How many calls a reading makes, those of the C library's functions among them."""
    count = 0

    def tally(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tally)
    try:
        read(data, Source())
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", sorted(hostile.GROWING))
def test_work_grows_with_the_document_and_not_with_its_square(name: str) -> None:
    size, document = hostile.GROWING[name]
    read(document(4 * size), Source())  # what is looked up once and then kept
    small, large = _calls(document(size)), _calls(document(4 * size))
    assert large < 6 * small
