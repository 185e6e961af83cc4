"""Commands that are killed at a moment of their work.

``python -m tests.crawler.killed`` loads all there is to load, then answers lines of JSON: for each
it forks itself, and the child is the command. So no kill is wasted on imports, and hundreds cost
no more than the work that they interrupt.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
import time
from typing import Any

from scrapy.cmdline import execute

_LOADED = ("archive.merging", "archive.search.index", "archive.verify", "crawler.rebuilding",
           "extract.read")  # fmt: skip


def main() -> None:
    """Answer each line with the code that the command ended with, and how long it worked."""
    for name in _LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        start = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _work(asked)
        _, status = os.waitpid(pid, 0)
        answer = {"code": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - start}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _work(asked: dict[str, Any]) -> None:
    """Be the command: in its folder, with its output in a file, and with a clock that kills."""
    os.chdir(asked["folder"])
    said = os.open("said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(said, stream)
    if asked["kill_after"] is not None:
        timer = threading.Timer(asked["kill_after"], os.kill, [os.getpid(), signal.SIGKILL])
        timer.daemon = True
        timer.start()
    code = 1
    try:
        execute(["scrapy", *asked["words"]])
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
