"""A row that prints month and day only takes its year from an address that holds the same day."""

import pytest
from lxml import html

from spiders.dating import dated, surroundings


@pytest.mark.parametrize(
    ("printed", "path", "date"),
    [
        ("01-21", "/xw/20240121/1.html", "2024-01-21"),
        ("11-02", "/xw/2024/11/02/1.html", "2024-11-02"),
        ("02-21", "/xw/202403/t20240301_1.html", None),
    ],
)
def test_the_address_completes_the_day(printed: str, path: str, date: str | None) -> None:
    tree = html.fromstring(f'<ul><li><a href="{path}">一条新闻</a><em>{printed}</em></li></ul>')
    link = tree.xpath("//a")[0]
    around = surroundings({link: path}, set())
    assert dated(link, path, around)[0] == date
