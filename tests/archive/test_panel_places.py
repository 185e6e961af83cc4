from __future__ import annotations

from archive import registers
from archive.db import Archive
from archive.places import Places
from extract.record import Agency
from spiders import registers as real
from tests.archive.world import HOST, Division, Run, one, reading, rows

URL = f"http://{HOST}/1.html"


def register(archive: Archive) -> Places:
    registers.save(archive, real.history(), real.changes())
    return Places(archive)


def test_a_place_has_the_names_of_its_year(archive: Archive) -> None:
    places = register(archive)
    then = places.then("431121", 2019)
    assert (then.province, then.prefecture, then.county) == ("湖南省", "永州市", "祁阳县")
    now = places.now("431121", 2019)
    assert (now.code, now.county) == ("431181", "祁阳市")
    assert places.then("420600", 2023).county is None
    assert places.then("310107", 2023).province == "上海市"


def test_nobody_knows_where_a_place_that_was_split_lies_today(archive: Archive) -> None:
    places = register(archive)
    split = {change.code for change in real.changes() if change.kind == "split"}
    assert split
    changed = [
        code for code in split
        if all(item.valid_to for item in real.history() if item.code == code)
    ]  # fmt: skip
    assert changed
    for code in changed:
        last = max(item.valid_to or 0 for item in real.history() if item.code == code)
        assert places.now(code, last).code is None


def test_what_is_unknown_lies_nowhere(archive: Archive) -> None:
    assert register(archive).then(None, 2020).province is None
    assert register(archive).then("999999", 2020).code is None


def test_a_new_register_moves_the_rows_of_the_panel(archive: Archive) -> None:
    county = reading(agency=Agency("宜城市财政局", "title"))
    Run(archive).article(URL, [county])
    assert rows(archive, "SELECT province, prefecture, county, county_now FROM panel") == [
        ("湖北省", "襄阳市", "宜城市", "宜城市")
    ]
    registers.save(archive, [Division("420684", "宜城区", "county", "420600")])
    assert one(archive, "SELECT county FROM panel") == "宜城区"
