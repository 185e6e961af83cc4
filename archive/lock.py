"""One writer at a time, by a lock that the kernel drops when its process dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from archive.errors import ArchiveError, ArchiveLocked

#: Descriptors of the locks that this process holds, also of archives nobody refers to any more.
_held: set[int] = set()


class WriterLock:
    """An exclusive ``flock`` on the file ``<archive>.lock``, taken at once or refused.

    The side file stays when the lock is released: removing it would let two processes hold
    locks on two files of one name.

    Args:
        archive: The archive's path.

    Raises:
        ArchiveLocked: Another process (or another object of this one) writes.
        ArchiveError: The lock file cannot be made.
    """

    def __init__(self, archive: Path) -> None:
        self.path = archive.with_name(archive.name + ".lock")
        try:
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise ArchiveError(
                f"Cannot write in the folder {archive.parent} ({error.strerror}). "
                "Choose a folder that exists and may be written to."
            ) from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            pid = os.read(self._fd, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(self._fd)
            raise ArchiveLocked(
                f"{archive} is being written by process {pid}. "
                "Wait until it has ended, or stop it, and try again."
            ) from error
        os.ftruncate(self._fd, 0)
        os.write(self._fd, f"{os.getpid()}\n".encode("ascii"))
        _held.add(self._fd)

    def release(self) -> None:
        """Give the lock back. A second call does nothing."""
        if self._fd in _held:
            _held.remove(self._fd)
            os.close(self._fd)
        self._fd = -1  # the number may become another file's


def _forget_in_child() -> None:
    # A forked worker would share the lock and keep it after its parent was killed.
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget_in_child)
