"""How soon does each page of the site stand, over an archive of any size, beside plain Datasette.

Run it over an archive or a release: ``python -m bench.site ARCHIVE [--samples 30]``; one of 200,000
reports is made by ``python -m bench.scale``. Wanted at that size: every page of ours at most 200 ms
at the median, a word of two characters with under 1,000 hits at most 50 ms, one publisher's panel
at most 20 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.search.find import search
from archive.site.plugin import _path
from archive.site.serve import site
from crawler.terminal import say

_SEED = 1
_WORDS = 200  # pairs of characters tried, to find rare and frequent ones


def _medians(measured: list[float]) -> dict[str, float]:
    ordered = sorted(measured)
    return {
        "median_ms": round(1000 * statistics.median(ordered), 1),
        "p95_ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1),
    }


async def _pages(path: Path, samples: int, chance: random.Random) -> dict[str, Any]:
    conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)

    def some(sql: str) -> list[Any]:
        rows = conn.execute(sql).fetchall()
        return [row[0] for row in chance.sample(rows, min(samples, len(rows)))]

    keys = some("SELECT report_key FROM panel ORDER BY report_id LIMIT 50000")
    bodies = some(
        "SELECT key FROM publishers JOIN panel ON publisher_id = publishers.id LIMIT 50000"
    )
    counties = some("SELECT DISTINCT division_code FROM panel WHERE division_code NOT LIKE '%00'")
    cities = some("SELECT DISTINCT division_code FROM panel WHERE division_code LIKE '%00'")
    years = [row[0] for row in conn.execute("SELECT DISTINCT year FROM panel ORDER BY year")]
    rowids = some("SELECT report_id FROM panel LIMIT 50000")
    cells = some(
        """SELECT documents.payload_sha256 || '?at=' || at FROM cells
        JOIN documents ON documents.id = cells.document_id
        JOIN reports ON current_version_id = cells.version_id LIMIT 20000"""
    )
    conn.close()
    name = path.stem
    ours = {
        "start": ["/"] * samples,
        "county": [f"/divisions/{code}?year={chance.choice(years)}" for code in counties],
        "city": [f"/divisions/{code}?year={chance.choice(years)}&below=1" for code in cities],
        "publisher": [_path("publishers", key) for key in bodies],
        "report": [_path("reports", key) for key in keys],
        "archived": [f"/archived/{cell}" for cell in cells],
        "original": [f"/bytes/{cell}" for cell in cells],
        "codebook": ["/codebook"] * 5,
    }
    plain = {
        "a row of panel": [f"/{name}/panel/{number}" for number in rowids],
        "a publisher's rows as JSON": [
            f"/{name}/panel.json?_shape=arrays&publisher_id={number}"
            for number in range(1, samples + 1)
        ],
        "20 rows of reports": [f"/{name}/reports?_size=20&year={year}" for year in years],
    }
    server = site(path)
    await server.invoke_startup()
    found: dict[str, Any] = {}
    for group, pages in (("ours", ours), ("datasette", plain)):
        for kind, addresses in pages.items():
            measured: list[float] = []
            first = 0.0
            for address in addresses:
                begun = time.perf_counter()
                answer = await server.client.get(address)
                took = time.perf_counter() - begun
                if answer.status_code not in (200, 404):
                    raise SystemExit(f"{address} answered {answer.status_code}")
                first = first or took
                measured.append(took)
            if measured:
                found[f"{group}: {kind}"] = {
                    **_medians(measured), "first_ms": round(1000 * first), "n": len(measured),
                }  # fmt: skip
    return found


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def _words(path: Path, samples: int, chance: random.Random) -> dict[str, Any]:
    """Words of two characters as texts have them, rare and frequent ones apart."""
    conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    texts = [row[0] for row in conn.execute("SELECT text FROM sections LIMIT 3000")]
    texts += [row[0] for row in conn.execute("SELECT name FROM publishers LIMIT 3000")]
    pairs: set[str] = set()
    while len(pairs) < _WORDS and texts:
        text = chance.choice(texts)
        at = chance.randrange(max(1, len(text) - 1))
        pair = text[at : at + 2]
        if len(pair) == 2 and all("\u4e00" <= char <= "\u9fff" for char in pair):
            pairs.add(pair)
    rare: list[float] = []
    frequent: list[float] = []
    for pair in sorted(pairs):
        took, found = _timed(lambda pair=pair: search(conn, pair))
        (frequent if found.is_more else rare).append(took)
    publishers = [row[0] for row in conn.execute("SELECT DISTINCT publisher_id FROM panel")]
    panel = [
        _timed(
            lambda number=number: conn.execute(
                "SELECT * FROM panel WHERE publisher_id = ? ORDER BY year", [number]
            ).fetchall()
        )[0]
        for number in chance.sample(publishers, min(samples, len(publishers)))
    ]
    conn.close()
    return {
        name: {**_medians(measured), "n": len(measured)}
        for name, measured in (
            ("word, at most 1,000 hits", rare),
            ("word, more hits", frequent),
            ("panel of a publisher", panel),
        )
        if measured
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--samples", type=int, default=30)
    options = parser.parse_args()
    chance = random.Random(_SEED)
    with sqlite3.connect(f"{options.archive.resolve().as_uri()}?mode=ro", uri=True) as conn:
        reports = conn.execute("SELECT count(*) FROM reports").fetchone()[0]
    conn.close()
    found = asyncio.run(_pages(options.archive, options.samples, chance))
    found |= _words(options.archive, options.samples, chance)
    say(f"{reports:,} reports, {options.archive.stat().st_size / 1e9:.2f} GB")
    for name, numbers in found.items():
        say(f"{name:<34} {numbers}")
    say(json.dumps({"bench": "site", "reports": reports, **found}))


if __name__ == "__main__":
    main()
