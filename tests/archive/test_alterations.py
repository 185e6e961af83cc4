"""What a body altered is told in its own words, and apart from what our reader sees otherwise."""

from __future__ import annotations

from archive.alterations import Item, alterations
from archive.db import Archive
from extract.record import Record, Section
from tests.archive.world import HOST, Run, number, reading

URL = f"http://{HOST}/gknb/1.html"


def store(archive: Archive, day: str, record: Record, data: bytes) -> None:
    run = Run(archive, day)
    run.article(URL, [record], data=data, reread=lambda *_: [record])
    run.finish()


def test_cells_sections_and_fields_in_words(archive: Archive) -> None:
    text = "全年公开信息10条。收到申请5件。无复议。"
    first = reading(sections=[Section(1, "一、总体情况", text)])
    later = reading(
        sections=[Section(1, "一、总体情况", text.replace("5件", "6件"))],
        published_on="2024-01-22",
    )
    later.tables["t3_requests"]["new_received"]["natural_person"] = number(6)
    del later.tables["t2_art20_5"]
    store(archive, "2024-02-01", first, b"one")
    store(archive, "2024-03-01", later, b"two")
    (found,) = alterations(archive)
    assert (found.year, found.number, found.reason) == (2023, 2, "revised")
    assert found.publisher == "襄阳市财政局"
    assert found.seen_before.startswith("2024-02-01")
    assert found.seen.startswith("2024-03-01")
    assert set(found.items) == {
        Item("一、本年新收 / 自然人 (t3_requests/new_received/natural_person)", "5", "6"),
        Item("一、本年新收 / 自然人 (t2_art20_5/licence/decisions)", "7", None),
        Item("section 1", "收到申请5件。", "收到申请6件。"),
        Item("published_on", "2024-01-20", "2024-01-22"),
    }
    assert "t3_requests" in found.items[0].place or "t2_art20_5" in found.items[0].place


def test_what_our_reader_sees_otherwise_is_not_the_bodys_doing(archive: Archive) -> None:
    store(archive, "2024-02-01", reading(), b"one")
    better = reading(extractor="2")
    better.tables["t3_requests"]["new_received"]["total"] = number(9)
    store(archive, "2024-03-01", better, b"one")
    assert list(alterations(archive)) == []
    (found,) = alterations(archive, reasons=("reextracted", "recovered"))
    assert [(item.old, item.new) for item in found.items] == [("5", "9")]


def test_years_choose(archive: Archive) -> None:
    store(archive, "2024-02-01", reading(), b"one")
    store(archive, "2024-03-01", reading(signed_on="2024-01-19"), b"two")
    assert list(alterations(archive, years={2022})) == []
    (found,) = alterations(archive, years={2023})
    assert found.items == (Item("signed_on", None, "2024-01-19"),)
