"""A world that was seen before: what changed in it, and that nothing else did."""

import difflib

import pytest

from crawler.sandbox import articles, freshness
from crawler.sandbox.evolution import KINDS
from crawler.sandbox.world import World

from .conftest import SEED


def pages(world, posts):
    """The pages of these posts, by address; the view counter shows nothing."""
    found = {}
    for post in posts:
        path, _, query = post.path.partition("?")
        found[post.url] = world.answer(world.site(post.column.site.host), path, query)
    return found


@pytest.fixture(scope="module")
def posts(world):
    return [post for report in world.reports for post in report.posts if not post.is_spelt]


@pytest.fixture(scope="module")
def evolved():
    return World(SEED, "small", changes=",".join(KINDS))


def test_each_change_is_told_by_the_truth(evolved):
    told = {one["kind"]: one for one in evolved.truth()["changes"]}
    assert told.keys() == KINDS.keys()
    assert len({one["url"] for one in told.values()}) == len(KINDS)
    urls = {report["url"] for report in evolved.truth()["reports"]}
    for kind, one in told.items():
        assert (one["url"] in urls) == (kind in ("digit", "redated")), kind
        assert (one["to"] in urls) == (kind not in ("removed", "dead", "unlisted")), kind


def test_only_those_pages_changed_and_as_told(world, evolved, posts):
    told = {one.url: one.kind for one in evolved.evolution.changed}
    before, after = pages(world, posts), pages(evolved, posts)
    for url, page in before.items():
        now, kind = after[url], told.get(url)
        if kind is None:
            # Its neighbours may have gone, or moved.
            assert _text(page).split('<div class="prenext">')[0] == (
                _text(now).split('<div class="prenext">')[0]
            ), url
        elif kind in ("removed", "dead", "moved"):
            assert now.status == 404, kind
        elif kind == "redirected":
            assert now.status == 302
            assert now.location in {one.to for one in evolved.evolution.changed}
        elif kind == "digit":
            changed = [line for line in _diff(page, now) if line[0] in "+-"]
            assert len(changed) == 2
            assert len(changed[0]) == len(changed[1])


def test_noise_is_on_every_page_and_outside_of_every_report(world, posts):
    noisy = World(SEED, "small", changes="noise")
    before, after = pages(world, posts), pages(noisy, posts)
    for url, page in before.items():
        assert page.mark != after[url].mark, url
    for post in posts:
        report = articles.body_of(SEED, post, world.figures(post.body, post.year))
        assert report in after[post.url].body.decode(post.encoding), post.url
    other = pages(World(SEED, "small", changes="noise=2"), posts[:1])
    assert other[posts[0].url].mark != after[posts[0].url].mark
    again = pages(World(SEED, "small", changes="noise"), posts[:1])
    assert again[posts[0].url].body == after[posts[0].url].body


def test_what_cannot_be_meant_is_told():
    for plan in ("nosie", "digit=http://nobody.gov.cn/", "noise=much"):
        with pytest.raises(ValueError, match=r"sandbox|number"):
            World(SEED, "small", changes=plan)


def test_marks_leave_the_counter_out(world, posts):
    post = posts[0]
    site = world.site(post.column.site.host)
    first, second = (world.answer(site, post.path, visits=number) for number in (1, 2))
    assert first.mark == second.mark
    assert freshness.mark(b"a") != freshness.mark(b"b")


@pytest.mark.parametrize("how", freshness.KEEPS)
def test_servers_speak_of_age_as_they_are(world, how):
    site = next(column.site for column in world.columns if freshness.keeps(column.site) == how)
    said = freshness.headers(site, "0123456789abcdef")
    known = {
        "If-None-Match": said.get("ETag", "-"), "If-Modified-Since": said.get("Last-Modified", "-"),
    }  # fmt: skip
    unchanged = freshness.is_not_modified(site, "0123456789abcdef", known)
    lied = freshness.is_not_modified(site, "fedcba9876543210", known)
    assert (unchanged, lied) == {
        "etag": (True, False), "date": (True, False), "frozen": (True, True),
    }.get(how, (False, False))  # fmt: skip


def _text(reply):
    return reply.body.decode("utf-8", "replace")


def _diff(one, other):
    lines = (_text(page).splitlines() for page in (one, other))
    return list(difflib.unified_diff(*lines, lineterm="", n=0))[2:]
