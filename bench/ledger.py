"""How long the ledger takes: publishers by ten years, at two sizes, so that growth shows.

``python -m bench.ledger [PUBLISHERS]`` (20,000 when not said; half of it is measured first). One
publisher in fifty a year has a listed report that was never had, which costs most.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from archive import coverage, portals, reforms, tallies
from archive.db import Archive
from spiders import registers

YEARS = range(2016, 2026)
AS_OF = "2026-11-22"
BODIES = (
    "公安局", "财政局", "教育局", "审计局", "水利局", "民政局", "司法局", "统计局", "信访局",
    "医疗保障局", "自然资源局", "国土资源局", "林业局", "商务局", "税务局", "气象局", "交通运输局",
    "卫生健康局", "应急管理局", "数据局", "住房和城乡建设局", "农业农村局", "市场监督管理局",
    "人力资源和社会保障局", "发展和改革局", "政务服务中心", "城市管理局", "科学技术局", "档案局",
)  # fmt: skip


def main(argv: list[str]) -> None:
    """Measure and print."""
    wanted = int(argv[0]) if argv else 20_000
    figures = [_measure(number) for number in (wanted // 2, wanted)]
    for figure in figures:
        print("  ".join(f"{name} {value}" for name, value in figure.items()))  # noqa: T201
    print(json.dumps({"bench": "ledger", "figures": figures}))  # noqa: T201


def _measure(number: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "a.db") as archive:
        with archive.atomic():
            portals.register(archive, [], registers.history(), registers.changes())
            _fill(archive, number)
        reforms.relate(archive)
        start = time.perf_counter()
        rows = sum(1 for _ in coverage.ledger(archive, YEARS, AS_OF))
        ledger = time.perf_counter()
        tallies.add_up(archive, coverage.ledger(archive, YEARS, AS_OF), "sector")
        tally = time.perf_counter()
        coverage.update(archive, YEARS, AS_OF)
        saved = time.perf_counter()
    return {
        "publishers": number,
        "statuses": rows,
        "ledger_s": round(ledger - start, 1),
        "tally_s": round(tally - ledger, 1),
        "update_s": round(saved - tally, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _fill(archive: Archive, number: int) -> None:
    """Enter bodies, their columns, visited to the end, and what these list of some years."""
    codes = [item.code for item in registers.divisions() if item.level == "county"]
    execute = archive.conn.execute
    execute("INSERT INTO crawls (id, campaign, spider, arguments, started_at) VALUES "
            "(1, 1, 'bench', '{}', '2026')")  # fmt: skip
    for place in range(number):
        code, turn = codes[place % len(codes)], place // len(codes)
        body = BODIES[turn % len(BODIES)] + (str(turn) if turn >= len(BODIES) else "")
        host = f"www.{code.lower()}.gov.cn"
        column = f"http://{host}/gknb/"
        if turn == 0:
            execute("INSERT INTO portals (host, title, division_code) VALUES (?, '', ?)",
                    [host, code])  # fmt: skip
            execute("INSERT INTO fetches (id, crawl_id, portal, url, host, fetched_at, outcome, "
                    "address) VALUES (?, 1, ?, ?, ?, '2026-06-01T00:00:00Z', 'ok', ?)",
                    [place + 1, host, column, host, column])  # fmt: skip
            _page(archive, host, "column", column, column, place + 1)
        publisher = execute(
            "INSERT INTO publishers (key, name, org_type, admin_level, division_code, "
            "register_source) VALUES (?, ?, 'department', 'county', ?, 'title') RETURNING id",
            [f"{code}/{body}", body, code],
        ).fetchone()[0]
        execute("INSERT INTO publisher_columns VALUES (?, ?, ?, 'report')",
                [publisher, host, column])  # fmt: skip
        for year in YEARS[::3]:
            url = f"http://{host}/{publisher}-{year}.html"
            if (publisher + year) % 50:
                _page(archive, host, "article", url, column, place % len(codes) + 1)
            execute("INSERT INTO listings (portal, column_url, url, title, verdict, reason, year, "
                    "crawl_id, fetch_id, first_seen, last_seen, address) VALUES (?, ?, ?, ?, "
                    "'report', 'core', ?, 1, ?, '2026', '2026', ?)",
                    [host, column, url, f"{body}{year}年政府信息公开年度报告", year,
                     place % len(codes) + 1, url])  # fmt: skip


def _page(archive: Archive, host: str, role: str, url: str, column: str, fetch_id: int) -> None:
    archive.conn.execute(
        """INSERT INTO frontier (campaign, portal, role, url, args, state, outcome, fetch_id,
        column_url, address, added_at) VALUES (1, ?, ?, ?, '{}', 'done', 'ok', ?, ?, ?, '2026')""",
        [host, role, url, fetch_id, column, url],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
