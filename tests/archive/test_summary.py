from __future__ import annotations

from pathlib import Path

from archive import coverage, digest, summary
from archive.db import Archive
from extract.record import Agency, Record
from tests.archive.world import BUREAU_HOST, HOST, Listing, Run, Task, open_archive, reading

ONE, TWO, THREE = (f"http://{HOST}/{number}.html" for number in (1, 2, 3))


def crawl(archive: Archive, order: tuple[int, ...] = (0, 1, 2)) -> Run:
    run = Run(archive)
    run.page(
        rows=(
            Listing(ONE, "襄阳市财政局2023年政府信息公开年度报告", 2023),
            Listing(TWO, "襄阳市审计局2023年政府信息公开年度报告", 2023, "undecided"),
            Listing("http://x/", "通知", verdict="other", reason="notice: 通知"),
            Listing("http://y/", "通知", verdict="other", reason="notice: 关于"),
        )
    )
    articles = (
        (ONE, [reading()]),
        (TWO, [reading(title="别处", published_on="2024-03-01")]),
        (THREE, [reading(kind="image_only", tables={}, agency=Agency("襄阳市审计局", "title"))]),
    )
    for index in order:
        run.article(*articles[index])
    return run


def test_numbers_of_a_campaign(archive: Archive) -> None:
    run = crawl(archive)
    run.article(f"http://{HOST}/4.html", [Record("not_report", extractor="1")])
    run.article(f"http://{HOST}/5.html", outcome="timeout")
    run.entry(Task(f"http://{BUREAU_HOST}/6.html", portal=BUREAU_HOST))
    city, bureau = sorted(
        summary.portals(archive, run.crawl.campaign), key=lambda item: item.host != HOST
    )
    assert (city.title, city.pages, city.listed, city.read, city.unread) == ("襄阳市", 5, 2, 2, 1)
    assert city.refused == {"notice": 2, "page_not_report": 1}
    assert city.failed == {"timeout": 1}
    assert (city.left, bureau.left, bureau.pages) == (0, 1, 0)


def test_totals(archive: Archive) -> None:
    crawl(archive)
    coverage.update(archive, [2022, 2023], "2024-06-30")
    found = summary.totals(archive)
    assert (found.reports, found.primary, found.duplicates) == (3, 2, 1)
    assert found.years == {2023: 2}
    assert found.checks == {"pass": 3, "fail": 0, "not_assessable": 0}
    assert found.issues == {"unknown_row": 3}
    assert found.versions == {"first": 3}
    assert sum(found.coverage.values()) == 2 * found.publishers
    assert found.payloads == 4


def test_the_last_run(archive: Archive) -> None:
    assert summary.last_run(archive) is None
    run = Run(archive, arguments={"years": [2023]})
    last = summary.last_run(archive)
    assert last is not None
    assert (last.id, last.arguments, last.reason) == (run.crawl.id, {"years": [2023]}, None)
    run.finish()
    last = summary.last_run(archive)
    assert last is not None
    assert (last.reason, last.exit_code) == ("finished", 0)


def test_the_digest_knows_no_order_and_no_time(tmp_path: Path) -> None:
    digests = set()
    for name, order, day in (("a", (0, 1, 2), "2024-06-01"), ("b", (2, 1, 0), "2024-06-05")):
        with open_archive(tmp_path / f"{name}.db") as archive:
            run = Run(archive, day)
            run.page(TWO)
            crawl(archive, order)
            coverage.update(archive, [2022, 2023], "2024-06-30")
            digests.add(digest.content_digest(archive))
    assert len(digests) == 1


def test_the_digest_sees_every_part(archive: Archive) -> None:
    crawl(archive)
    coverage.update(archive, [2023], "2024-06-30")
    seen = {digest.content_digest(archive)}
    for sql in (
        "UPDATE cells SET raw = '9' WHERE row_key = 'new_received' AND column_key = 'total'",
        "UPDATE checks SET verdict = 'fail'",
        "UPDATE sections SET text = 'x'",
        "UPDATE coverage SET status = 'blocked' WHERE status = 'found'",
        "UPDATE reports SET published_on = '2024-01-01'",
        "UPDATE report_versions SET reason = 'revised'",
    ):
        archive.conn.execute(sql)
        seen.add(digest.content_digest(archive))
    assert len(seen) == 7
