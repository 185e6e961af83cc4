"""How much room pages take beside a WARC file, and how soon one is read: ``bench.storage``.

The same pages in one run: put, then packed as at the end of a crawl (payloads and dictionaries
together), beside a ``.warc.gz`` of one response a page with the same bodies. Generated: the medium
sandbox. Real: the corpus's pages, each twenty times with another report in the place of its
article, for a portal's pages share their chrome and nothing else. A single page of a portal shares
nothing with anything, and is told apart.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from lxml.html import fragment_fromstring, tostring
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive import capture, frontier, payloads
from archive.db import Archive
from archive.packing import pack
from crawler.sandbox.articles import author_of
from crawler.sandbox.figures import figures
from crawler.sandbox.report import report_html
from crawler.sandbox.world import World
from extract import page
from extract.decode import decode
from spiders.tasks import Task

ROOT = Path(__file__).resolve().parents[1]
WANTED = 0.65
VARIANTS = 20

Pages = list[tuple[str, str, bytes]]  # portal, address, body


def generated() -> Pages:
    """Return the report pages of the medium sandbox."""
    world = World(1, "medium")
    found = []
    for report in world.reports:
        url = report.posts[0].url
        host = urlsplit(url).hostname or ""
        site = world.site(host)
        if site is not None:
            found.append((host, url, world.answer(site, urlsplit(url).path).body))
    return found


def real(variants: int) -> Pages:
    """Return the corpus's pages, each so many times with another article; none without a corpus."""
    folder = Path(os.environ.get("GOV_REPORTS_CORPUS") or ROOT.parent / "shared" / "corpus")
    files = sorted(folder.glob("reports/*.html")) + sorted(folder.glob("pages/*.html"))
    return [
        (f"www.{file.stem}.gov.cn", f"http://www.{file.stem}.gov.cn/{number}.html", body)
        for file in files
        for number, body in enumerate(_variants(file.read_bytes(), variants))
    ]


def _variants(data: bytes, number: int) -> Iterator[bytes]:
    if number == 1:
        yield data
        return
    world = World(2, "small")
    for report in random.Random(1).sample(world.reports, number):
        root = page.parse(decode(data).text)
        article = page.container(root, page.lines(root))
        for child in list(article):
            child.drop_tree()
        shown, author = figures(2, report.body)[report.year], author_of(2, report)
        text = report_html(2, report.body, report.year, shown, author)
        article.append(fragment_fromstring(text, create_parent="div"))
        yield tostring(root, encoding="utf-8")


def measure(pages: Pages) -> dict[str, float]:
    """Store the pages both ways, and read them back in any order."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder) / "a.db", world="sandbox") as archive,
    ):
        for portal, url, body in pages:
            (entry,) = frontier.add(archive, 1, [Task(portal, "article", url)])
            attempt = capture.Attempt(portal, url, "ok", body=body, entry_id=entry.id, settles=True)
            capture.record(archive, attempt)
        begun = time.process_time()
        pack(archive)
        packing = time.process_time() - begun
        room = "SELECT coalesce(sum(length(data)), 0) FROM"
        payload = archive.conn.execute(f"{room} payloads").fetchone()[0]
        shared = archive.conn.execute(f"{room} dictionaries").fetchone()[0]
        names = [payloads.digest(body) for *_, body in pages]
        random.Random(1).shuffle(names)
        times = []
        for name in names:
            begun = time.perf_counter()
            payloads.get(archive, name)
            times.append((time.perf_counter() - begun) * 1000)
    warc = _warc(pages)
    return {
        "pages": len(pages),
        "bytes": sum(len(body) for *_, body in pages),
        "payloads": payload,
        "dictionaries": shared,
        "warc": warc,
        "of warc": round((payload + shared) / warc, 3),
        "read, ms": round(statistics.median(times), 3),
        "packing, ms a page": round(packing * 1000 / len(pages), 2),
    }


def _warc(pages: Pages) -> int:
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=True, warc_version="WARC/1.1")
    headers = [("Content-Type", "text/html")]
    for _, url, body in pages:
        http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", BytesIO(body), len(body), http_headers=http)
        )
    return len(stream.getvalue())


def main() -> None:
    """Measure and print."""
    kinds = {"generated": generated(), "real": real(VARIANTS), "single": real(1)}
    figures = {name: measure(pages) for name, pages in kinds.items() if pages}
    for name, figure in figures.items():
        print(name, "  ".join(f"{key} {value}" for key, value in figure.items()))  # noqa: T201
    print(json.dumps({"bench": "storage", "wanted": WANTED, "figures": figures}))  # noqa: T201


if __name__ == "__main__":
    main()
