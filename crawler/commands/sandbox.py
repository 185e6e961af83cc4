"""``scrapy sandbox``: the miniature gov.cn as a proxy to look at."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.command import GOOD, UNUSABLE
from crawler.command import Command as Base
from crawler.terminal import note, say

if TYPE_CHECKING:
    from crawler.sandbox.obstacles.layer import Obstacles
    from crawler.sandbox.process import SandboxProcess
    from crawler.sandbox.world import World


class Command(Base):
    """Serve the sandbox until Ctrl-C, or write down the truth about it."""

    def syntax(self) -> str:
        """Return the usage."""
        return (
            "[--size small|medium|large|country|register] [--seed N] [--port N] [--truth FILE] "
            "[--obstacles all|NAME[=HOST[/PATH]],…] [--faults SHARE]"
        )

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Serve the miniature gov.cn on this machine"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Serve generated portals under their real host names through a proxy on this machine, "
            "until Ctrl-C. With --truth, write what stands on them as JSON instead of serving."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument(
            "--size",
            help="small, medium (default), large; country has every CMS, register every host",
        )
        parser.add_argument("--seed", type=int, help="another seed is another world (default: 1)")
        parser.add_argument("--port", type=int, default=0, help="port of the proxy (default: any)")
        parser.add_argument(
            "--obstacles", metavar="PLAN", help="troubles of real portals: all, or NAME[=HOST],…"
        )
        parser.add_argument(
            "--faults", type=float, metavar="SHARE", help="share of answers that fail in passing"
        )
        parser.add_argument("--truth", metavar="FILE", help="write the truth to FILE and end")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Serve, or write the truth."""
        from crawler.sandbox.obstacles.layer import Obstacles
        from crawler.sandbox.world import World

        size, seed = self.sandbox_world(opts.size, opts.seed)
        obstacles, faults = self.sandbox_obstacles(size, seed, opts.obstacles, opts.faults)
        if opts.truth:
            world = World(seed, size, **self.sandbox_state())
            return _write_truth(Path(opts.truth), Obstacles(world, obstacles, faults=faults), world)
        with self.sandbox(size, seed, opts.port, obstacles, faults) as sandbox:
            _serve(sandbox)
        return GOOD


def _write_truth(file: Path, laid: Obstacles, world: World) -> int:
    truth = json.dumps(laid.truth(), ensure_ascii=False, indent=1)
    try:
        file.write_text(truth + "\n", encoding="utf-8")
    except OSError as error:
        note(f"error: cannot write {file}: {error.strerror}")
        return UNUSABLE
    note(f"The truth about the {world.size} sandbox with seed {world.seed} is in {file}.")
    return GOOD


def _serve(sandbox: SandboxProcess) -> None:
    import signal

    say(f"The sandbox answers at {sandbox.proxy} for:")
    say("  " + "\n  ".join(sandbox.hosts))
    say(f"Look at a page: curl -k -x {sandbox.proxy} http://{sandbox.hosts[0]}/")
    say("Ctrl-C ends it.")
    sys.stdout.flush()
    with _ended_by_signals():
        signal.pause()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM end the block like Ctrl-C, which is the way to end it and no failure."""
    import signal

    def end(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        note("The sandbox has ended.")
    finally:
        signal.signal(signal.SIGTERM, before)
