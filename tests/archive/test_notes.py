"""Notes of a list page are kept with the page, and replaced when it is seen again."""

from __future__ import annotations

from archive import notes
from archive.db import Archive
from tests.archive.world import COLUMN, Run, Task, rows


def test_notes_are_kept_and_replaced(archive: Archive) -> None:
    run = Run(archive)
    entry = run.entry(Task(COLUMN, "column", args={"column": COLUMN}))
    fetch_id = run.fetch(entry, "ok", b"<html></html>")
    notes.save(archive, entry, fetch_id, ["undated_rows: none of 9 rows", "rows_elsewhere: all"])
    notes.save(archive, entry, fetch_id, ["undated_rows: none of 8 rows", "undated_rows: twice"])
    found = rows(archive, "SELECT campaign, column_url, code, detail FROM notes")
    assert found == [(run.crawl.campaign, COLUMN, "undated_rows", "none of 8 rows")]
