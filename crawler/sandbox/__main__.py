"""Start the sandbox: ``python -m crawler.sandbox --size small --seed 1``.

One JSON line on standard output says when it is ready and where. It serves until standard input
closes or SIGTERM comes, so it never outlives the program that started it.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TextIO

from crawler.sandbox.obstacles.layer import Obstacles
from crawler.sandbox.portals import SIZES
from crawler.sandbox.server import Sandbox
from crawler.sandbox.world import World


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m crawler.sandbox", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument(
        "--until", type=int, metavar="YEAR", help="the last report year that is published"
    )
    parser.add_argument(
        "--changes", default="", metavar="noise,NAME[=ADDRESS],…",
        help="what became of the world since it was last seen",
    )  # fmt: skip
    parser.add_argument(
        "--files", default="", metavar="all|quick|KIND,…",
        help="reports that are files and pictures, among the pages",
    )  # fmt: skip
    parser.add_argument("--truth", type=Path, help="write the truth of the world to this file")
    parser.add_argument("--log", type=Path, help="write a JSON line a request to this file")
    parser.add_argument(
        "--obstacles", default="", metavar="all|NAME[=HOST[/PATH]],…",
        help="the troubles of real portals, laid over the world",
    )  # fmt: skip
    parser.add_argument(
        "--faults", type=float, default=0.0, metavar="SHARE",
        help="share of the answers that fail in passing, 0 to 1",
    )  # fmt: skip
    options = parser.parse_args(argv)
    try:
        options.world = World(
            options.seed, options.size, until=options.until, changes=options.changes,
            files=options.files,
        )  # fmt: skip
        options.laid = Obstacles(options.world, options.obstacles, faults=options.faults)
    except ValueError as error:
        parser.error(str(error))
    return options


def _stop(signum: int, frame: object) -> None:
    raise SystemExit(0)


def _opened(log: Path) -> TextIO:
    """Open the log, or end with one line that says why not."""
    try:
        return log.open("a", encoding="utf-8")
    except OSError as error:
        sys.exit(f"error: cannot write {log}: {error.strerror}")


def main(argv: list[str] | None = None) -> None:
    """Serve until told to stop."""
    options = _arguments(argv)
    signal.signal(signal.SIGTERM, _stop)
    world: World = options.world
    laid: Obstacles = options.laid
    if options.truth:
        options.truth.write_text(
            json.dumps(laid.truth(), ensure_ascii=False, indent=1), encoding="utf-8"
        )
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="gov_reports_sandbox_"))
        log = stack.enter_context(_opened(options.log)) if options.log else None
        server = stack.enter_context(Sandbox(world, Path(folder), options.port, log, laid))
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        ready = {
            "proxy": server.proxy, "size": options.size, "seed": options.seed,
            "hosts": world.hosts, "ca": server.authority.pem,
        }  # fmt: skip
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        try:
            while sys.stdin.buffer.read(4096):
                pass
        except KeyboardInterrupt:
            return
        finally:
            server.shutdown()


if __name__ == "__main__":
    main()
