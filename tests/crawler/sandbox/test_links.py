"""Everything in the truth can be reached by following links, as a naive crawler would."""

import re
from urllib.parse import urljoin, urlsplit

HREF = re.compile(r"""(?:href=\s*|var url=)(?:"([^"]+)"|'([^']+)')""")
TRS_PAGER = re.compile(r'createPageHTML\((\d+), \d+, "(\w+)", "(\w+)"\)')
UCAP_PAGER = re.compile(r"createPageHTML\('\w+',(\d+),\d+,'(\w+)','(\w+)',\d+\)")


def further_pages(url: str, text: str) -> list[str]:
    """TRS counts files from 0 (page 2 is index_1), UCAP from 1 (page 2 is list_2)."""
    pages = []
    if found := TRS_PAGER.search(text):
        total, stem, suffix = found.groups()
        pages += [f"{stem}_{k}.{suffix}" for k in range(1, int(total))]
    if found := UCAP_PAGER.search(text):
        total, stem, suffix = found.groups()
        pages += [f"{stem}_{k}.{suffix}" for k in range(2, int(total) + 1)]
    return [urljoin(url, page) for page in pages]


def follow(world, start: list[str]) -> tuple[set[str], set[str]]:
    """All addresses seen in links, and those that were answered with a page."""
    seen, answered, waiting = set(start), set(), list(start)
    while waiting:
        url = waiting.pop()
        parts = urlsplit(url)
        site = world.site(parts.hostname or "")
        if site is None:
            continue
        reply = world.answer(site, parts.path)
        if reply.location:
            waiting.append(reply.location)
            continue
        if reply.status != 200:
            continue
        answered.add(url)
        text = reply.body.decode("utf-8", "replace")
        links = [urljoin(url, re.sub(r"\s", "", a or b)) for a, b in HREF.findall(text)]
        for link in links + further_pages(url, text):
            link = link.partition("#")[0]
            if link.startswith("http") and link not in seen:
                seen.add(link)
                waiting.append(link)
    return seen, answered


def test_every_report_and_lookalike_is_reached_from_the_columns(world, truth):
    start = [column for portal in truth["portals"] for column in portal["columns"]]
    seen, answered = follow(world, start)
    for report in truth["reports"]:
        assert set(report["urls"]) <= answered, report["title"]
    for key in ("companions", "attachments"):
        assert {entry["url"] for entry in truth[key]} <= answered
    assert {entry["url"] for entry in truth["lookalikes"]} <= seen


def test_lists_are_paged_and_the_numbering_differs_by_family(world):
    trs, ucap = world.site("xzsp.xiangyang.gov.cn"), world.site("www.qy.gov.cn")
    assert world.answer(trs, "/zwgk/gknb/index_1.shtml").status == 200
    assert world.answer(ucap, "/qy/gknb/list_1.shtml").status == 404
    first = world.answer(ucap, "/qy/gknb/list.shtml").body
    assert world.answer(ucap, "/qy/gknb/list_2.shtml").body not in (first, b"")


def test_one_list_promises_a_page_that_is_a_stub(world):
    site = world.site("sjj.xiangyang.gov.cn")
    page = world.answer(site, "/zwgk/gknb/").body.decode()
    stub = further_pages("http://sjj.xiangyang.gov.cn/zwgk/gknb/", page)[-1]
    reply = world.answer(site, urlsplit(stub).path)
    assert reply.status == 200
    assert 300 <= len(reply.body) <= 450
    assert b"<a " not in reply.body
