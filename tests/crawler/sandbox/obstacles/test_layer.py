"""Plans, the truth behind them, faults, and the hosts that must stay as they are."""

from __future__ import annotations

import itertools
from urllib.parse import urlsplit

import pytest

from crawler.sandbox.model import walk
from crawler.sandbox.obstacles.catalogue import KINDS
from crawler.sandbox.obstacles.kind import Asked
from crawler.sandbox.obstacles.layer import Obstacles
from crawler.sandbox.world import World

from .conftest import Client, Serve

HOST = "xzsp.xiangyang.gov.cn"
COLUMN = f"http://{HOST}/zwgk/gknb/"


WORLDS = [*itertools.product(["small"], range(12)), ("medium", 1)]


@pytest.mark.parametrize(("size", "seed"), WORLDS)
def test_all_has_every_obstacle_and_leaves_half_of_the_hosts_alone(size: str, seed: int) -> None:
    world = World(seed, size)
    laid = Obstacles(world, "all")
    assert {one.kind.name for one in laid.placed} == set(KINDS)
    assert len({one.host for one in laid.placed}) <= len(world.portals) / 2


def test_the_same_plan_gives_the_same_places_and_truth(world: World) -> None:
    first, second = (Obstacles(world, "all", faults=0.2) for _ in range(2))
    assert first.placed == second.placed
    assert first.truth() == second.truth()


def addresses(world: World) -> list[tuple[str, str]]:
    """Every column, article and robots.txt of the world, as (root of the site, path)."""
    found = []
    for portal in world.portals:
        found += [(portal.site.root, "/robots.txt"), (portal.site.root, "/")]
        for root in portal.roots:
            for column in walk(root):
                found.append((portal.site.root, column.path))
                found += [(portal.site.root, post.path) for post in column.posts if post.path]
    return found


def test_healthy_hosts_are_untouched(world: World, serve: Serve) -> None:
    """What stands on no obstacle's host comes over the wire as the world has it."""
    laid = Obstacles(world, "all")
    troubled = {one.host for one in laid.placed}
    healthy = [
        (root, path)
        for root, path in addresses(world)
        if root.split("//")[1].removeprefix("www.") not in troubled
    ]
    assert len({root for root, _ in healthy}) >= 8
    for root, path in healthy:
        asked = request(world, laid, root + path)
        assert laid.meet(asked) is None
        reply = asked.page()
        assert laid.alter(asked, reply) is reply
    client, plain = serve("all"), serve()
    for root, path in healthy[::40]:
        there, here = client.get(root + path), plain.get(root + path)
        assert there.status == here.status
        assert dict(there.headers).keys() == dict(here.headers).keys()


def request(world: World, laid: Obstacles, url: str, tries: int = 0) -> Asked:
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    site = world.site(host)
    assert site
    return Asked(
        scheme, host, slash + path, slash + path, laid.role(host, slash + path), tries, "",
        world.seed, lambda: world.answer(site, slash + path), lambda: world.answer(site, "/"),
    )  # fmt: skip


def test_faults_pass_and_repeat(world: World) -> None:
    """About the share of first and second tries is broken, the same ones each time."""
    laid, again = (Obstacles(world, faults=0.2) for _ in range(2))
    urls = [root + path for root, path in addresses(world)]
    broken = []
    for tries in range(4):
        bad = []
        for url in urls:
            met = laid.meet(request(world, laid, url, tries))
            twin = again.meet(request(world, again, url, tries))
            assert (met is None) == (twin is None)
            if met is not None and twin is not None:
                assert list(met[1]) == list(twin[1])
                bad.append(url)
        broken.append(len(bad) / len(urls))
    assert broken[0] == pytest.approx(0.2, abs=0.06)
    assert broken[1] == pytest.approx(0.2, abs=0.06)
    assert broken[2:] == [0, 0]


def test_faults_come_over_the_wire_and_the_third_try_succeeds(world: World, serve: Serve) -> None:
    client = serve(faults=1.0)
    posts = [post for report in world.reports for post in report.posts]
    urls = [post.url for post in posts if post.column.site.host == HOST]
    outcomes = [[try_once(client, url) for url in urls] for _ in range(3)]
    assert set(outcomes[0]) == {"ConnectionResetError", "503", "IncompleteRead"}
    assert "200" not in outcomes[1]
    assert set(outcomes[2]) == {"200"}


def try_once(client: Client, url: str) -> str:
    try:
        return str(client.get(url).status)
    except Exception as error:  # noqa: BLE001  # the class is what is asked
        return type(error).__name__


def test_faults_do_not_add_to_obstacles(world: World, serve: Serve) -> None:
    client = serve([("cookie_to_self", HOST)], faults=1.0)
    assert [client.get(COLUMN, cookie).status for cookie in ("", "CT6T=600")] == [302, 200]


def test_truth_says_what_is_out_of_reach_and_why(world: World) -> None:
    reports = [r for r in world.reports if r.posts[0].column.site.host == HOST]
    gone = reports[0].posts[0].path
    plan = [("gone_404", f"{HOST}{gone}$"), ("reset_first", HOST)]
    plan.append(("robots_503", "www.hbhr.gov.cn"))
    truth = Obstacles(world, plan).truth()
    lost = {entry["url"]: entry["why"] for entry in truth["reports"] if not entry["reachable"]}
    assert lost.pop(reports[0].posts[0].url) == f"gone_404 at {HOST}{gone}"
    assert lost
    assert {url.split("/")[2] for url in lost} == {"www.hbhr.gov.cn"}
    assert all(why.startswith("robots_503 at hbhr.gov.cn/") for why in lost.values())
    portals = {portal["host"]: portal["obstacles"] for portal in truth["portals"]}
    assert [one["name"] for one in portals[HOST]] == ["gone_404", "reset_first"]
    assert [one["blocks"] for one in portals[HOST]] == [True, False]
    assert portals["www.qy.gov.cn"] == []


def test_a_report_with_a_second_address_is_reachable_there(world: World) -> None:
    plan = [("reset_always", "www.huaihua.gov.cn")]
    reach = {}
    for entry in Obstacles(world, plan).truth()["reports"]:
        hosts = {urlsplit(url).netloc for url in entry["urls"]}
        if "www.huaihua.gov.cn" in hosts:
            reach.setdefault(len(hosts), set()).add(entry["reachable"])
    assert reach == {1: {False}, 2: {True}}
    plan.append(("challenge_412", "www.jzx.gov.cn"))
    behind = Obstacles(world, plan).truth()["reports"]
    assert not any(entry["reachable"] for entry in behind if "www.huaihua" in entry["url"])


def test_a_handshake_bars_only_where_http_is_shut(world: World, serve: Serve) -> None:
    plan = [("weak_curve", "www.qy.gov.cn"), ("weak_curve", "www.jzx.gov.cn")]
    truth = Obstacles(world, plan).truth()
    lost = {entry["host"] for entry in truth["reports"] if not entry["reachable"]}
    assert lost == {"www.qy.gov.cn"}
    client = serve(plan)
    assert client.get("http://www.qy.gov.cn/qy/gknb/list.shtml").status == 301
    assert client.get("http://www.jzx.gov.cn/jzx/c137350/list.shtml").status == 200


def test_a_list_that_is_out_of_reach_hides_its_reports(world: World) -> None:
    truth = Obstacles(world, [("page_2_missing", "www.dx.gov.cn")]).truth()
    lost = [entry for entry in truth["reports"] if not entry["reachable"]]
    assert lost
    assert {entry["why"] for entry in lost} == {"page_2_missing at dx.gov.cn/dx/ndbg/list_2.shtml"}


def test_without_a_plan_all_is_reachable(world: World) -> None:
    truth = Obstacles(world).truth()
    assert all(entry["reachable"] for entry in truth["reports"])
    assert not any(portal.pop("obstacles") for portal in truth["portals"])
    assert truth.pop("faults") == 0
    assert truth == world.truth()


def test_plans_are_read_from_a_line(world: World) -> None:
    laid = Obstacles(world, f"bomb={HOST},reset_first=www.qy.gov.cn/qy/gknb/,challenge_412")
    places = [(one.kind.name, one.place) for one in laid.placed]
    assert places[:2] == [("bomb", HOST), ("reset_first", "qy.gov.cn/qy/gknb/")]
    usual = [(one.kind.name, one.place) for one in Obstacles(world, "all").placed]
    assert places[2:] == [pair for pair in usual if pair[0] == "challenge_412"]


@pytest.mark.parametrize(
    ("plan", "faults", "said"),
    [
        ("bom", 0, "bomb"), ([("bom", HOST)], 0, "bomb"), ("bomb=www.hunan.gov.cn", 0, HOST),
        ("", 1.5, "from 0 to 1"), ("", -0.1, "from 0 to 1"), ("", float("nan"), "from 0 to 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_laid_is_refused(
    world: World, plan: object, faults: float, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Obstacles(world, plan, faults=faults)
