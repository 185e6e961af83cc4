"""Does a crawl wait for the files that its pages name?

``python -m bench.files --files quick`` crawls a world of pages, the same with files that are left
in the archive, and with files that are read beside the crawl, and prints when the last page was
fetched, when the crawl ended, and the processor time of its processes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory
from typing import Any

from tests.crawler.processes import COMMAND, environment

_PAGES = """SELECT min(fetched_at), max(fetched_at), count(*) FROM fetches
    JOIN frontier ON frontier.id = frontier_id WHERE frontier.role != 'attachment'"""
_FILES = "SELECT count(*), sum(state = 'done') FROM frontier WHERE role = 'attachment'"
_DELAYS = """SELECT count(*) FROM issues
    WHERE version_id IS NULL AND code IN ('reader_died', 'reader_timeout')"""


def crawl(options: argparse.Namespace, kinds: str, readers: int) -> dict[str, Any]:
    """Crawl once; return what was measured."""
    with TemporaryDirectory(prefix="gov_reports_files_") as folder:
        settings = {
            "SANDBOX": "true", "SANDBOX_SIZE": options.size, "SANDBOX_FILES": kinds,
            "ARCHIVE": "a.db", "FILE_READERS": readers, "READERS": options.readers,
        }  # fmt: skip
        words = [word for pair in settings.items() for word in ("-s", "{}={}".format(*pair))]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.monotonic()
        ended = subprocess.run(
            [*COMMAND, *words], cwd=folder, env=environment(), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        seconds = time.monotonic() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if ended.returncode not in (0, 3):
            raise SystemExit(ended.stderr)
        with closing(connect(Path(folder, "a.db"))) as conn:
            first, last, pages = conn.execute(_PAGES).fetchone()
            files, read = conn.execute(_FILES).fetchone()
            given_up = conn.execute(_DELAYS).fetchone()[0]
        span = (_time(last) - _time(first)).total_seconds()
        return {
            "files": files, "read": read or 0, "given_up": given_up, "pages": pages,
            "seconds_to_the_last_page": round(span, 1), "pages_a_second": round(pages / span, 1),
            "seconds_in_all": round(seconds, 1),
            "processor_seconds": round(
                after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1
            ),
        }  # fmt: skip


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.files", description=__doc__)
    parser.add_argument("--size", default="small")
    parser.add_argument("--files", default="quick", help="as SANDBOX_FILES")
    parser.add_argument("--readers", type=int, default=2)
    options = parser.parse_args()
    for what, kinds, readers in (
        ("a world of pages", "", 1),
        ("files left in the archive", options.files, 0),
        ("files read beside the crawl", options.files, 1),
    ):
        found = {"what": what, **crawl(options, kinds, readers)}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
