"""What an archive of 200,000 reports costs: ``python -m bench.scale [STAGE …]``.

An archive is made (bench/scale_made.py) and doubled from stage to stage (12,500 25,000 50,000
100,000 200,000 when not said). At each stage everything one does with an archive is done and
timed: opened, written to, crawled into, indexed and searched, asked, covered, summed up, copied,
rebuilt in part, compared, proven. ``growth`` is the exponent by the number of reports between the
last two stages: 1 is linear. A step that takes more than a second and grows worse than linearly is
told at the end.

The first ``--made`` reports and 350 at every stage are written by the archive's own code, as a
crawl writes them; the rest is copied from those. The disk needs 60 KB a report. ``--keep FILE``
leaves the archive there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive import content, coverage, documents, expectations, payloads, rebuilds, summary, tallies
from archive.alterations import alterations
from archive.backup import backup
from archive.comparison import differences
from archive.db import Archive
from archive.search.find import search
from archive.search.index import left, update
from archive.verify import _RULES, _file
from bench.scale_made import REPORTS, YEARS, Maker
from crawler.calendar import today
from crawler.rebuilding import Rebuilding
from crawler.report_view import load
from extract.locate import Places

ROOT = Path(__file__).resolve().parents[1]
STAGES = (12_500, 25_000, 50_000, 100_000, 200_000)
MORE = 5  # places written by the archive's own code at each stage
SAMPLE = 100
WORST = 1.15

Figures = dict[str, float]


class Watch:
    """Seconds of this process and of those it waited for, by the name of what took them.

    They are seconds of work and not of the clock: other programs on the machine do not count.
    """

    def __init__(self) -> None:
        self.figures: Figures = {}

    @contextmanager
    def of(self, name: str, times: int = 1) -> Iterator[None]:
        """Time a block that does something so many times."""
        start, clock = _seconds(), time.perf_counter()
        yield
        seconds, waited = _seconds() - start, time.perf_counter() - clock
        unit, each = ("s", 1.0) if times == 1 else ("ms", 1000 / max(times, 1))
        self.figures[f"{name}, {unit}"] = seconds * each
        print(f"    {name:<34} {seconds:9.2f} s, by the clock {waited:9.2f} s", flush=True)  # noqa: T201


def _seconds() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def main(argv: list[str]) -> int:
    """Make, measure and print."""
    parser = argparse.ArgumentParser(prog="bench.scale")
    parser.add_argument("stages", nargs="*", type=int, default=list(STAGES))
    parser.add_argument("--made", type=int, default=5_600)
    parser.add_argument("--keep", type=Path, help="the file, which stays when all is measured")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        file = given.keep or Path(folder) / "sandbox.db"
        found = _stages(file, given.stages, given.made)
    worse = _table(found)
    print(json.dumps({"bench": "scale", "figures": found, "worse than linear": worse}))  # noqa: T201
    return 1 if worse else 0


def _stages(file: Path, stages: list[int], made: int) -> dict[int, Figures]:
    found: dict[int, Figures] = {}
    with Archive.open(file, world="sandbox") as archive:
        maker = Maker(archive)
        pace = maker.write(math.ceil(min(made, stages[0]) / REPORTS))
        print(f"made {maker.reports} reports, {pace * 1000:.1f} ms each", flush=True)  # noqa: T201
        copies = maker.copies()
    for stage in stages:
        with Archive.open(file, world="sandbox") as archive:
            maker.on(archive)
            times = math.ceil((stage - maker.reports) / (len(copies.codes) * REPORTS))
            if times > 0:
                copies.on(archive)
                pace = maker.copy(copies, times)
                print(f"copied to {maker.reports}, {pace * 1000:.2f} ms each", flush=True)  # noqa: T201
        found[maker.reports] = _measure(file, maker)
    return found


def _measure(file: Path, maker: Maker) -> Figures:
    print(f"{maker.reports} reports", flush=True)  # noqa: T201
    watch, choose = Watch(), random.Random(1)
    with watch.of("open to read"), Archive.open(file, write=False, world=None):
        pass
    with watch.of("open to write"):
        archive = Archive.open(file, world="sandbox")
    with archive:
        maker.on(archive)
        with watch.of("write, by report", MORE * REPORTS):
            maker.write(MORE)
        with watch.of("index, by report", left(archive)):
            update(archive)
        _ask(archive, watch)
        _sum_up(archive, maker, watch)
        _prove(archive, watch, choose)
    if not maker.is_crawled:
        _crawl(file)
        maker.is_crawled = True
    with watch.of("a crawl that finds nothing new"):
        _crawl(file)
    with Archive.open(file, world="sandbox") as archive:
        _copied(archive, watch)
        size = archive.conn.execute("PRAGMA page_count").fetchone()[0] * 4096
    watch.figures["bytes a report"] = size / maker.reports
    watch.figures["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return watch.figures


def _ask(archive: Archive, watch: Watch) -> None:
    conn = archive.conn
    for words in ("依申请公开", "教育局 政务公开", "没有的词语"):
        with watch.of(f"search {words}"):
            search(conn, words)
    questions = {
        "a cell over all years": """SELECT year, sum(value) FROM cells
            JOIN reports ON current_version_id = version_id WHERE table_key = 't3_requests'
            AND row_key = 'new_received' AND column_key = 'total' GROUP BY year""",
        "a variable of the panel": "SELECT year, avg(r_new_tot) FROM panel GROUP BY year",
        "failed checks": "SELECT check_id, count(*) FROM checks WHERE verdict = 'fail' GROUP BY 1",
        "missing codes": "SELECT r_new_tot, count(*) FROM panel_missing GROUP BY 1",
    }
    for name, sql in questions.items():
        with watch.of(f"ask {name}"):
            conn.execute(sql).fetchall()
    keys = [key for (key,) in conn.execute(
        "SELECT report_key FROM reports ORDER BY id DESC LIMIT ?", [SAMPLE])]  # fmt: skip
    with watch.of("show, by report", SAMPLE):
        for key in keys:
            load(archive, key)


def _sum_up(archive: Archive, maker: Maker, watch: Watch) -> None:
    day = today()
    with watch.of("coverage"), archive.atomic():
        coverage.update(archive, YEARS, day.isoformat())
    with watch.of("ledger by level"):
        tallies.add_up(archive, coverage.ledger(archive, YEARS, day.isoformat()), "level")
    with watch.of("summary of portals"):
        summary.portals(archive, maker.crawl.campaign)
    with watch.of("summary of totals"):
        summary.totals(archive)
    with watch.of("expectations"):
        expectations.judge(archive, maker.crawl.campaign, day)
    with watch.of("changes"):
        list(alterations(archive))


def _prove(archive: Archive, watch: Watch, choose: random.Random) -> None:
    with watch.of("verify file and links"):
        _none(list(_file(archive)))
    with watch.of("verify counts"):
        _none([row for sql in _RULES.values() for row in archive.conn.execute(sql)])
    versions = archive.conn.execute("SELECT id, content_sha256 FROM report_versions").fetchall()
    with watch.of("verify, by version", SAMPLE):
        _none([number for number, expected in choose.sample(versions, SAMPLE)
               if content.stored(archive, number) != expected])  # fmt: skip
    rows = archive.conn.execute("SELECT id, payload_sha256 FROM documents").fetchall()
    with watch.of("verify, by document", SAMPLE):
        for document, payload in choose.sample(rows, SAMPLE):
            places = Places(payloads.get(archive, payload),
                            documents.source_of(archive, document).content_type)  # fmt: skip
            cells = archive.conn.execute(
                """SELECT at, raw FROM cells JOIN report_versions ON version_id = id
                WHERE report_versions.document_id = ?""", [document])  # fmt: skip
            _none([at for at, raw in cells if places.text(at) != raw])


def _copied(archive: Archive, watch: Watch) -> None:
    """A copy, a part of it read anew, and the comparison that ends a rebuild."""
    file = archive.path.with_name("copy.db")
    with watch.of("backup"):
        backup(archive, file)
    with Archive.open(file, world="sandbox") as copy:
        begun = rebuilds.begin(copy, "bench", rebuilds.mark(archive))
        with watch.of("rebuild: what is left"):
            total = rebuilds.left(copy, 0)
        last = copy.conn.execute(
            "SELECT id FROM fetches ORDER BY id DESC LIMIT 1 OFFSET ?", [SAMPLE]
        ).fetchone()[0]
        part = rebuilds.Rebuild(begun.id, last, 0, is_finished=False)
        with watch.of("rebuild, by document", SAMPLE):
            asyncio.run(Rebuilding(copy, 2, 120, lambda *_: None).all(part))
        with watch.of("rebuild: compare"):
            _none([one for one in differences(archive, copy) if one.verdict == "worse"])
        with watch.of("rebuild --pending: what waits"):
            rebuilds.waiting(copy)
        if not total:
            raise RuntimeError("nothing is there to rebuild")
    for side in ("", "-wal", "-shm", ".lock"):
        file.with_name(file.name + side).unlink(missing_ok=True)


def _none(found: list[Any]) -> None:
    if found:
        raise RuntimeError(f"not sound: {found[:3]}")


def _crawl(file: Path) -> None:
    """The small sandbox, crawled into the archive; its second crawl finds nothing new."""
    settings = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [
            sys.executable, "-m", "scrapy", "crawl", "gov_reports", "-s", "SANDBOX=true",
            "-s", "SANDBOX_SIZE=small", "-s", f"ARCHIVE={file}",
        ],
        check=False, cwd=file.parent, env=os.environ | settings, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _table(found: dict[int, Figures]) -> list[str]:
    """Print the figures by stage, and return the steps that grow worse than linearly."""
    sizes = list(found)
    names = list(dict.fromkeys(name for figures in found.values() for name in figures))
    print(f"{'':<36}" + "".join(f"{size:>11,}" for size in sizes) + "   growth")  # noqa: T201
    worse = []
    for name in names:
        row = [found[size][name] for size in sizes]
        growth = _growth(sizes, row, name)
        print(f"{name:<36}" + "".join(f"{value:11.2f}" for value in row)  # noqa: T201
              + ("" if growth is None else f"{growth:9.2f}"))  # fmt: skip
        if growth is not None and growth > WORST and (row[-1] > 1 or "ms" in name):
            worse.append(name)
    return worse


def _growth(sizes: list[int], row: list[float], name: str) -> float | None:
    """The exponent over the last two stages; of a figure a report, 1 more."""
    if len(sizes) < 2 or min(row[-2:]) <= 0 or not name.endswith((", s", ", ms")):
        return None
    one = 0.0 if name.endswith(", s") or name.startswith("show") else 1.0
    return one + math.log(row[-1] / row[-2]) / math.log(sizes[-1] / sizes[-2])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
