"""The truth adds up where it says so, and is what the pages print."""

import lxml.html
import pytest

from crawler.sandbox.world import World

from .conftest import SEED

T3, T4 = "t3_requests", "t4_review_litigation"
GROUPS = ("review", "litigation_direct", "litigation_after_review")


def number(raw: str | None) -> int:
    return int(raw) if raw and raw != "/" else 0


def broken_sums(tables: dict) -> set[str]:
    """The sums that do not hold, by rules written here and not taken from the generator."""
    broken = set()
    rows = {row: {c: number(raw) for c, raw in cells.items()} for row, cells in tables[T3].items()}
    outer = ("new_received", "carried_over", "results_total", "carried_forward")
    for column in rows["granted"]:
        opened = rows["new_received"][column] + rows["carried_over"][column]
        if opened != rows["results_total"][column] + rows["carried_forward"][column]:
            broken.add("balance")
        leaves = sum(cells[column] for row, cells in rows.items() if row not in outer)
        if leaves != rows["results_total"][column]:
            broken.add("results")
    for cells in rows.values():
        if cells["total"] * 2 != sum(cells.values()):
            broken.add("row")
    cases = {key: number(raw) for key, raw in tables[T4]["cases"].items()}
    for group in GROUPS:
        parts = sum(cases[f"{group}_{end}"] for end in ("upheld", "corrected", "other", "pending"))
        if parts != cases[f"{group}_total"]:
            broken.add("review")
    return broken


EXPECTED = {
    "bad_total": {"balance", "results", "row"},
    "bad_row": {"results", "row"},
    "bad_review": {"review"},
}


def test_sums_hold_where_the_truth_says_so():
    seen = set()
    for report in World(SEED, "medium").truth()["reports"]:
        flaws = report["flaws"]
        expected = set().union(*(EXPECTED.get(flaw, set()) for flaw in flaws))
        assert broken_sums(report["tables"]) == expected, report["url"]
        seen.update(flaws or ["none"])
    assert seen == {"none", "blank_zeros", "blank_row", "slash", *EXPECTED}


def test_tables_have_the_cells_of_their_form(truth):
    for report in truth["reports"]:
        early = report["year"] <= 2020
        assert report["format"] == ("gbgkbh_2019_60" if early else "gbgkbh_2021_30")
        requests = report["tables"][T3]
        assert (len(requests), {len(cells) for cells in requests.values()}) == (
            (23, {7}) if early else (25, {7})
        )
        assert len(report["tables"][T4]["cases"]) == 15
        assert ("t2_art20_9" in report["tables"]) is early


def test_requests_are_carried_over_from_year_to_year(truth):
    by_year = {(r["publisher"], r["year"]): r for r in truth["reports"]}
    compared = 0
    for (publisher, year), report in by_year.items():
        before = by_year.get((publisher, year - 1))
        if before is None or "blank_row" in before["flaws"]:
            continue
        carried, forward = (
            {c: number(raw) for c, raw in r["tables"][T3][row].items()}
            for r, row in ((report, "carried_over"), (before, "carried_forward"))
        )
        assert carried == forward
        compared += 1
    assert compared > 40


def text_rows(table) -> list[list[str]]:
    return [
        ["".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
        for row in table.iterfind(".//tr")
    ]


def text(table) -> str:
    return "".join(table.text_content().split())


def inner_tables(tree) -> list:
    return [table for table in tree.iter("table") if table.find(".//table") is None]


def parsed(world, post):
    page = world.answer(post.column.site, post.path).body.decode(post.encoding)
    return lxml.html.fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def test_pages_print_the_truth(world, truth):
    """Rows of the request table in form order, the value cells being the last seven."""
    for report, entry in zip(world.reports, truth["reports"], strict=True):
        for post in report.posts:
            tables = inner_tables(parsed(world, post))
            requests = next(t for t in tables if "结转下年度继续办理" in text(t))
            printed = [row[-7:] for row in text_rows(requests)[3:]]
            expected = [
                [raw or "" for raw in cells.values()] for cells in entry["tables"][T3].values()
            ]
            assert printed == expected, post.url
            cases = next(t for t in tables if "未经复议直接起诉" in text(t))
            assert text_rows(cases)[-1] == list(entry["tables"][T4]["cases"].values())
            active = "".join(
                "|".join(row) + "\n"
                for table in tables
                for row in text_rows(table)
                if "申请人" not in text(table)
            )
            for key in ("t2_art20_5", "t2_art20_6", "t2_art20_8", "t2_art20_9"):
                for cells in entry["tables"].get(key, {}).values():
                    assert "|".join(cells.values()) in active, (post.url, key)


def test_dates_and_titles_stand_on_the_page(world, truth):
    for report, entry in zip(world.reports, truth["reports"], strict=True):
        post = report.posts[0]
        page = world.answer(post.column.site, post.path).body.decode(post.encoding)
        tree = lxml.html.fromstring(
            page.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
        metas = {m.get("name"): m.get("content") for m in tree.iter("meta") if m.get("name")}
        assert metas["ArticleTitle"] == entry["title"]
        assert metas["PubDate"].startswith(entry["published_on"])
        assert entry["agency"] in entry["title"]
        if entry["signature"]:
            assert entry["signature"] in tree.text_content()


@pytest.mark.parametrize("key", ["lookalikes", "companions", "attachments"])
def test_what_is_no_report_is_not_among_the_reports(truth, key):
    reports = {url for report in truth["reports"] for url in report["urls"]}
    assert truth[key]
    assert reports.isdisjoint(entry["url"] for entry in truth[key])


def test_every_publisher_year_is_filed_or_skipped_or_a_file_only(truth):
    filed = [(r["publisher"], r["year"]) for r in truth["reports"]]
    files = [(r["publisher"], r["year"]) for r in truth["attachments"]]
    skipped = [(s["publisher"], s["year"]) for s in truth["skips"]]
    everything = filed + files + skipped
    assert len(everything) == len(set(everything))
    assert set(everything) == {
        (publisher["name"], year) for publisher in truth["publishers"] for year in truth["years"]
    }


def test_every_full_name_stands_in_a_title(truth):
    titled = {report["agency"] for report in truth["reports"]}
    assert {publisher["name"] for publisher in truth["publishers"]} <= titled
