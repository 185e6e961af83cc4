"""A command that is killed at a moment of its work: ``python -m tests.crawler.killed SECONDS …``.

The clock starts when all is loaded, so that no kill is wasted on imports; with ``inf`` the command
ends in peace and says on its last line how long it worked.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
import time

from scrapy.cmdline import execute

_LOADED = ("archive.merging", "archive.search.index", "archive.verify", "crawler.rebuilding")


def main() -> None:
    """Work, and die."""
    seconds, *words = sys.argv[1:]
    for name in _LOADED:  # not while the clock runs
        importlib.import_module(name)
    if seconds != "inf":
        timer = threading.Timer(float(seconds), os.kill, [os.getpid(), signal.SIGKILL])
        timer.daemon = True
        timer.start()
    start = time.monotonic()
    try:
        execute(["scrapy", *words])
    finally:
        sys.stdout.write(f"\n{time.monotonic() - start:.3f}\n")


if __name__ == "__main__":
    main()
