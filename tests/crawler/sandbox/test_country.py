"""The country: many CMSs over many provinces, and a way from each home page to the reports."""

import json
import re
from collections import Counter
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from crawler.sandbox.country_portals import UNKNOWN
from crawler.sandbox.model import Column, walk
from crawler.sandbox.twins import TWINS, twin_of
from crawler.sandbox.twins.hanweb import EMPTY
from crawler.sandbox.world import World
from spiders import registers

from .conftest import SEED


@pytest.fixture(scope="module")
def country() -> World:
    return World(SEED, "country")


def get(world: World, url: str, form: bytes | None = None):
    parts = urlsplit(url)
    return world.answer(world.site(parts.hostname), parts.path, parts.query, form)


def columns_of(world: World, family: str, variant: str | None = None) -> list[Column]:
    return [
        column
        for column in world.columns
        if column.site.family == family
        and column.posts
        and not column.is_news
        and (variant is None or column.site.variant == variant)
    ]


def test_it_is_as_large_as_promised(country):
    portals = [portal for portal in country.portals if portal.slots]
    assert len(portals) >= 40
    assert len({portal.site.family for portal in portals}) >= 9
    assert {portal.site.family for portal in portals} == TWINS.keys()
    assert len({portal.site.place.code[:2] for portal in portals}) >= 12
    assert {slot.year for portal in portals for slot in portal.slots} == set(range(2019, 2026))


def test_portals_to_be_discovered_are_registered(country):
    known = {portal.host for portal in registers.portals()}
    assert len(UNKNOWN) >= 25
    assert {entry.host for entry in UNKNOWN} <= known
    assert {entry.family for entry in UNKNOWN} == TWINS.keys()


def test_no_publisher_files_on_two_portals_of_the_country(country):
    """Two twins of one body would contradict each other; 怀化 shows its counties' on purpose."""
    filed = Counter(
        (slot.body.name, slot.body.place.code, slot.year)
        for portal in country.portals
        for slot in portal.slots
    )
    assert {key for key, times in filed.items() if times > 1} == set()


def test_no_host_belongs_to_two_portals(country):
    owners = Counter(
        host for portal in country.portals for host in {one.site.host for one in portal.columns()}
    )
    assert {host for host, portals in owners.items() if portals > 1} == set()


def test_every_address_answers(country):
    for column in country.columns:
        assert get(country, column.url).status in (200, 302), column.url
        for post in column.posts:
            if not post.href:
                assert get(country, f"{column.site.root}{post.path}").status == 200, post.url
    urls = Counter(post.url for column in country.columns for post in column.posts if post.path)
    assert [url for url, times in urls.items() if times > 1] == []


def test_every_way_leads_to_the_report_columns(country):
    """By links, frames, shells and redirects alone; what a script fetches is not on the way."""
    link = re.compile(r"""(?:href|src|value)=["']([^"'#]+)|location\.href="([^"]+)""")
    for portal in country.portals:
        if portal.home is None:
            continue
        seen, waiting = set(), [f"{portal.site.root}/"]
        hosts = {column.site.host for column in walk(portal.home)}
        while waiting:
            url = waiting.pop()
            if url in seen or urlsplit(url).hostname not in hosts:
                continue
            seen.add(url)
            reply = get(country, url)
            text = reply.body.decode("utf-8", "replace").replace("&amp;", "&")
            found = [urljoin(url, a or b) for a, b in link.findall(text)]
            waiting += [*found, *([reply.location] if reply.location else [])]
        tops = {column.url.partition("#")[0] for column in walk(portal.home) if column.look == ""}
        assert tops <= seen, portal.site.host


def test_some_portals_have_no_report_and_each_way_is_taken(country):
    assert any(not portal.slots for portal in country.portals)
    ways = {portal.way for portal in country.portals if portal.way}
    assert len(ways) >= 10


def test_home_pages_lead_astray_too(country):
    for portal in country.portals:
        if portal.home is None:
            continue
        homes = [page for page in walk(portal.home) if page.look in ("home", "images")]
        assert any(".example/" in address for home in homes for _, address in home.links)


def test_hanweb_shows_a_group_and_gives_windows_of_the_rest(country):
    column = max(columns_of(country, "hanweb", ""), key=lambda one: len(one.posts))
    page = get(country, column.url).body.decode()
    assert page.count("<record>") == min(len(column.posts), 24)
    assert "/art/" not in page.split("<script")[0]
    group = re.search(r'nextgroup><!\[CDATA\[<a href="([^"]+)"', page)
    values = re.search(r"ajaxParam:\{([^}]*)\}", page)
    assert group is not None and values is not None
    form = "&".join(f"{k}={v}" for k, v in re.findall(r"(\w+):'?([^',]*)'?", values[1])).encode()
    proxy = urljoin(
        column.url, "/module/web/jpage/dataproxy.jsp?startrecord=25&endrecord=48&perpage=8"
    )
    posted = get(country, proxy, form).body.decode()
    linked = get(country, urljoin(column.url, group[1])).body.decode()
    assert posted.count("<record>") == linked.count("<record>") == len(column.posts[24:48])


def test_encrypted_hanweb_gives_nothing_behind_the_first_group(country):
    (column,) = columns_of(country, "hanweb", "encrypted")
    assert len(column.posts) > 24
    page = get(country, column.url).body.decode()
    group = re.search(r'nextgroup><!\[CDATA\[<a href="([^"]+)"', page)
    assert group is not None
    reply = get(country, urljoin(column.url, group[1]))
    assert reply.body == EMPTY.encode() and len(reply.body) == 54


def test_gkmlpt_lists_in_json_and_one_platform_knows_no_second_page(country):
    (single,) = columns_of(country, "gkmlpt", "single")
    shell = get(country, single.url).body.decode()
    sid = re.search(r"SID: '(\d+)'", shell)
    assert sid is not None and '<li><a href="http' not in shell
    api = f"{single.site.root}/gkmlpt/api/all/2629?sid={sid[1]}&page="
    listed = json.loads(get(country, f"{api}1").body)
    assert len(listed["articles"]) == listed["classify"]["post_count"] == len(single.posts)
    assert get(country, f"{api}2").status == 404
    assert get(country, f"{single.site.root}/gkmlpt/api/all/2629?page=1").status == 404
    article = next(post for post in single.posts if post.kind == "report")
    assert "\\u003C" in get(country, article.url).body.decode()


@pytest.mark.parametrize(
    ("family", "variant", "last"),
    [("vsb", "", 1), ("sasac", None, 1), ("trs", None, "pages-1"), ("ucap", None, "pages")],
)
def test_the_last_page_has_the_familys_number(country, family, variant, last):
    column = next(one for one in columns_of(country, family, variant) if one.pages > 2)
    number = {"pages-1": column.pages - 1, "pages": column.pages}.get(last, last)
    path = twin_of(column.site).page_path(column, column.pages)
    assert re.findall(r"\d+", path)[-1] == str(number)


def test_lists_that_a_search_fills_answer_what_their_scripts_ask(country):
    (half,) = columns_of(country, "half_search")
    page = get(country, half.url).body.decode()
    call = re.search(r"\$\.post\('([^']+)', (\{[^}]+\})", page)
    assert call is not None
    form = "&".join(f"{k}={v}" for k, v in json.loads(call[2]).items()).encode()
    rest = json.loads(get(country, urljoin(half.url, call[1]), form).body)["data"]
    shown = page.count("<ucaptitle>")
    assert shown + len(rest["results"]) == rest["total"] == len(half.posts)
    (hunan,) = columns_of(country, "hunan_api")
    call = re.search(r'\$\.post\("([^"]+)", "([^"]+)"', get(country, hunan.url).body.decode())
    assert call is not None and dict(parse_qsl(call[2]))["datas[0][key]"] == "status"
    answer = json.loads(get(country, call[1], call[2].encode()).body)["data"]
    assert answer["total"] == len(hunan.posts)
    assert all(row["url"].startswith("//") for row in answer["results"])


def test_jpaas_that_ignores_the_page_answers_the_first_for_all(country):
    for variant, same in (("", False), ("static", True)):
        column = next(one for one in columns_of(country, "jpaas", variant) if one.pages > 1)
        page = get(country, column.url).body.decode()
        found = re.search(r"url=\"([^\"]+)\" queryData='([^']+)'", page)
        assert found is not None
        query = f"{found[1]}?pageId={json.loads(found[2])['pageId']}&paramJson="
        first, second = (
            get(country, urljoin(column.url, f'{query}{{"pageNo":{k},"pageSize":8}}')).body
            for k in (1, 2)
        )
        rows = [
            re.findall(r'<li><a href=\\"([^"]+)\\"', reply.decode()) for reply in (first, second)
        ]
        assert (rows[0] == rows[1]) is same


def test_truth_knows_what_no_list_shows(country):
    truth = country.truth()
    hidden = [report for report in truth["reports"] if not report["reachable"]]
    assert {report["host"] for report in hidden} == {"www.sxyc.gov.cn", "www.kecheng.gov.cn"}
    assert all(report["why"].endswith("never shows its row") for report in hidden)
    statuses = {(c["publisher"], c["division"], c["year"]): c["status"] for c in truth["coverage"]}
    assert len(statuses) == len(truth["coverage"])
    divisions = {p["host"]: p["division"] for p in truth["portals"]}
    for report in hidden:
        key = report["publisher"], divisions[report["host"]], report["year"]
        assert statuses[key] == "not_looked"
    assert set(statuses.values()) == {
        "found", "found_unread", "not_listed", "not_looked", "not_obliged",
    }  # fmt: skip


def test_one_report_may_be_several_documents(country):
    reports = country.truth()["reports"]
    parts = Counter(document["part"] for report in reports for document in report["documents"])
    assert parts.keys() == {"page", "pdf", "pictures"}
    enclosed = next(p for c in country.columns for p in c.posts if p.enclosed is not None)
    assert f'<a href="{enclosed.enclosed.path}">' in get(country, enclosed.url).body.decode()
    assert get(country, enclosed.enclosed.url).body.startswith(b"%PDF")


def test_some_rows_spell_their_host_or_scheme_in_another_way(country):
    posts = [post for report in country.reports for post in report.posts]
    assert {post.spelt for post in posts} == {"", "scheme", "www"}
    for post in posts:
        if post.spelt == "scheme":
            assert post.column.site.answers == "both"
            assert not post.url.startswith(f"{post.column.site.scheme}://")


def test_budget_counts_what_exists(country):
    for portal in country.truth()["portals"]:
        reports = [r for r in country.reports if r.posts[0].column.site.host == portal["host"]]
        if reports:
            assert portal["budget"]["rows"] > 0 or all(r.posts[0].column.single for r in reports)
            assert portal["budget"]["lists"] > 0
        assert portal["budget"]["hosts"] == len(portal["hosts"])


def test_jiangxi_has_its_first_page_in_a_script_and_the_others_by_post(country):
    (column,) = columns_of(country, "jiangxi")
    page = get(country, column.url).body.decode()
    assert f'<base href="/{column.site.code}/">' in page
    listed = re.search(r"articleList: (\[.*\]),\n", page)
    assert listed is not None
    assert len(json.loads(listed[1])) == column.rows < len(column.posts)
    form = (
        f"current=2&pageSize={column.rows}&webSiteCode[]={column.site.code}&channelCode[]=col42150"
    ).encode()
    answer = json.loads(get(country, f"{column.site.root}/queryList", form).body)["data"]
    assert answer["total"] == len(column.posts)
    assert [row["title"] for row in answer["results"]] == [
        post.title for post in column.posts[column.rows : 2 * column.rows]
    ]
