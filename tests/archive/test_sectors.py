"""Sectors are told by names: measured on a list of departments, and never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import sectors
from archive.db import Archive
from tests.archive.world import HOST, Run, one, reading, rows

LISTED = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data" / "departments.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[1:]
]


@pytest.mark.parametrize(("name", "sector"), LISTED)
def test_the_sector_of_a_name(name: str, sector: str) -> None:
    assert sectors.sector_of(name) == (sector or None)


def test_every_sector_is_met() -> None:
    keys = [sector.key for sector in sectors.sectors()]
    assert len(keys) == len(set(keys)) > 30
    assert set(keys) == {sector for _, sector in LISTED if sector}


def test_the_archive_has_sectors_and_its_bodies_have_them(archive: Archive) -> None:
    Run(archive).article(f"http://{HOST}/1.html", [reading()])
    assert rows(
        archive,
        """SELECT publishers.name, label_en FROM publishers JOIN sectors
        ON sectors.key = sector ORDER BY publishers.key""",
    ) == [("襄阳市人民政府", "general government"), ("襄阳市财政局", "public finance")]
    assert one(archive, "SELECT count(*) FROM sectors") == len(sectors.sectors())


def test_bodies_of_an_older_table_get_todays_sectors(archive: Archive) -> None:
    archive.conn.execute("UPDATE publishers SET sector = NULL")
    archive.conn.execute("UPDATE archive_meta SET value = 'old' WHERE key = 'sectors'")
    sectors.sync(archive.conn)
    assert one(archive, "SELECT count(*) FROM publishers WHERE sector IS NULL") == 0
    before = archive.conn.total_changes
    sectors.sync(archive.conn)
    assert archive.conn.total_changes == before
