"""How fast a page is read, side by side with trafilatura alone: ``python -m bench.reading``.

One run, the same bytes: ``ours`` is the full record (tables, checks, sections, identity), and
``theirs`` is ``trafilatura.extract`` with its own settings, which gives the page's text. Pages take
turns, so that nothing kept of a page serves its next reading, and each page goes first as often
with one as with the other. Processor time, median of the rounds; ``pooled`` is all of ours by all
of theirs. Real pages are read where the corpus lies beside the repository.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import trafilatura

from crawler.sandbox.world import World
from extract.read import read
from extract.record import Source

ROOT = Path(__file__).resolve().parents[1]
WANTED = 0.35


@dataclass
class Page:
    """One page, and the milliseconds that each reading of it took."""

    name: str
    data: bytes
    content_type: str | None = None
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    @property
    def medians(self) -> tuple[float, float]:
        """Milliseconds of a reading: ours, theirs."""
        return statistics.median(self.ours), statistics.median(self.theirs)


def corpus() -> list[Page]:
    """Return the real pages; none where there is no corpus."""
    folder = Path(os.environ.get("GOV_REPORTS_CORPUS") or ROOT.parent / "shared" / "corpus")
    files = sorted(folder.glob("reports/*.html")) + sorted(folder.glob("pages/*.html"))
    return [Page(file.stem, file.read_bytes()) for file in files]


def sandbox(seed: int, count: int) -> list[Page]:
    """Return reports of the small sandbox, of all its families, forms and years."""
    world = World(seed, "small")
    found = []
    for report in random.Random(seed).sample(world.reports, min(count, len(world.reports))):
        url = urlsplit(report.posts[0].url)
        site = world.site(url.hostname or "")
        if site is not None:
            reply = world.answer(site, url.path)
            found.append(Page(report.posts[0].url, reply.body, reply.content_type))
    return found


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def measure(pages: list[Page], rounds: int) -> dict[str, float]:
    """Read all pages both ways in each round; the first round only warms up."""
    order = random.Random(0)
    for number in range(rounds + 1):
        for page in order.sample(pages, len(pages)):
            source = Source(content_type=page.content_type)
            both: list[tuple[list[float], Callable[[], object]]] = [
                (page.ours, partial(read, page.data, source)),
                (page.theirs, partial(trafilatura.extract, page.data)),
            ]
            for times, work in both if number % 2 else both[::-1]:
                taken = _milliseconds(work)
                if number:
                    times.append(taken)
    medians = [page.medians for page in pages]
    ours, theirs = (sum(side) for side in zip(*medians, strict=True))
    return {
        "pages": len(pages),
        "ours_ms": round(ours / len(pages), 1),
        "theirs_ms": round(theirs / len(pages), 1),
        "pooled": round(ours / theirs, 3),
        "median": round(statistics.median(one / other for one, other in medians), 3),
        "worst": round(max(one / other for one, other in medians), 3),
    }


def command(page: Page, runs: int) -> dict[str, float]:
    """Time ``scrapy extract`` of one page, a process of its own, in seconds."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_bytes(page.data)
        for _ in range(runs):
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "scrapy", "extract", str(file)],
                cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            seconds.append(time.perf_counter() - begun)
    return {
        "kilobytes": len(page.data) // 1000,
        "median": round(statistics.median(seconds), 2),
        "best": round(min(seconds), 2),
    }


def profile(pages: list[Page]) -> None:
    """Print where the time goes: the fifteen functions with most time of their own."""
    profiler = cProfile.Profile()
    profiler.enable()
    for page in pages:
        read(page.data, Source(content_type=page.content_type))
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(15)


def main() -> None:
    """Measure, print a table and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=40, help="pages of the sandbox")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--runs", type=int, default=7, help="runs of scrapy extract")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    options = parser.parse_args()
    real, made = corpus(), sandbox(options.seed, options.pages)
    rows = {name: measure(pages, options.rounds)
            for name, pages in (("corpus", real), ("sandbox", made)) if pages}
    for page in real:
        ours, theirs = page.medians
        sys.stdout.write(f"{page.name:>32}{ours:8.1f}{theirs:8.1f}{ours / theirs:8.2f}\n")
    for name, row in rows.items():
        shown = "  ".join(f"{key} {value}" for key, value in row.items())
        sys.stdout.write(f"{name:>10}: {shown}\n")
    small = min(made, key=lambda page: len(page.data))
    result = {"wanted": WANTED, **rows, "extract_s": command(small, options.runs)}
    if options.profile:
        profile(real + made)
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
