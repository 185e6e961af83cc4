"""The world of a year ago is today's, without what was published since."""

import pytest

from crawler.sandbox.world import World

from .conftest import SEED


@pytest.mark.parametrize("size", ["small", "country"])
def test_what_stays_is_the_same(size):
    full, before = World(SEED, size), World(SEED, size, until=2024)
    kept = {post.url: post for report in before.reports for post in report.posts}
    today = {post.url: report for report in full.reports for post in report.posts}
    assert kept.keys() < today.keys()
    assert {today[url].year for url in today.keys() - kept.keys()} == {2025}
    for url, post in list(kept.items())[:40]:
        if not post.column.single and "上一篇" not in _text(before, post):
            assert _text(before, post) == _text(full, post), url


def test_addresses_are_the_same_in_every_year():
    full = {post.url for report in World(SEED, "small").reports for post in report.posts}
    for year in range(2019, 2025):
        before = World(SEED, "small", until=year)
        assert {post.url for report in before.reports for post in report.posts} < full, year


def _text(world, post):
    path, _, query = post.path.partition("?")
    site = world.site(post.column.site.host)
    return world.answer(site, path, query).body.decode(post.encoding)


def test_lists_of_a_year_that_has_not_come_are_not_there(world):
    before = World(SEED, "small", until=2024)
    site = before.site("www.hbhr.gov.cn")
    assert world.answer(site, "/hrqxxgk/xxgknb/2025/").status == 200
    assert before.answer(site, "/hrqxxgk/xxgknb/2025/").status == 404
    assert b"2025" not in before.answer(site, "/hrqxxgk/xxgknb/").body
