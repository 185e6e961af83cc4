"""Runs one program in its cage; a script of its own, so that the cage is there before the program.

``python -I supervise.py MEMORY SECONDS FOLDER PROGRAM ARGUMENT …``: limits the memory and the
processor time of the program and of all its children, takes the network from them where the system
allows it, and ends them all when the one who asked is gone: its end of standard input is closed
then. Nobody is left in that case to remove the folder that they worked in, so it is removed here.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_LARGEST_FILE = 200_000_000  # bytes that the program may write into one file


def main(memory: int, seconds: int, folder: Path, command: list[str]) -> int:
    """Run a program and return how it ended.

    Args:
        memory: Bytes of address space.
        seconds: Seconds of processor time.
        folder: Where it works.
        command: The program and its arguments.
    """
    _take_network()
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        _limit(kind, limit)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet) as program:
        threading.Thread(target=_end_with_parent, args=(folder,), daemon=True).start()
        code = program.wait()
    # What the program left running is ended with it.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)
    return code


def _limit(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(kind, (limit, limit))


def _take_network() -> None:
    """Leave the network behind: a namespace of our own has none. Not every system allows it."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_NET) == 0:
            return
        user, group = os.getuid(), os.getgid()
        if libc.unshare(_NEW_USER | _NEW_NET) == 0:
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _end_with_parent(folder: Path) -> None:
    os.read(0, 1)
    group = os.getpgid(0)
    if os.fork() == 0:
        os.setsid()  # out of the group, to outlive it
        os.killpg(group, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:]))
