"""Before a real crawl: is there a network at all? Asked by looking up the portals' names."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable

DEADLINE = 4.0
_THREADS = 16


def lookup_failures(
    hosts: Iterable[str],
    *,
    resolve: Callable[[str], object] = lambda host: socket.getaddrinfo(host, 443),
    deadline: float = DEADLINE,
) -> dict[str, str]:
    """Look hosts up side by side, and stop at the first that has an address.

    Args:
        hosts: The names to look up.
        resolve: Raises OSError for a name without an address.
        deadline: Seconds after which a silent resolver counts as a failure.

    Returns:
        An empty dict when any name has an address, so that crawling makes sense; else each host
        with the reason, one line.
    """
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    names = list(dict.fromkeys(hosts))
    for host in names:
        waiting.put(host)
    answers: queue.SimpleQueue[tuple[str, str | None]] = queue.SimpleQueue()

    def work() -> None:
        while True:
            try:
                host = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                resolve(host)
                answers.put((host, None))
            except OSError as error:
                answers.put((host, f"dns: {error.strerror or error}"))

    for _ in range(min(_THREADS, len(names))):
        # Daemons: a resolver that hangs must not hold up the end of the command.
        threading.Thread(target=work, daemon=True).start()
    failures = dict.fromkeys(names, f"dns: no answer within {deadline:g} s")
    end = time.monotonic() + deadline
    for _ in names:
        try:
            host, reason = answers.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            break
        if reason is None:
            return {}
        failures[host] = reason
    return failures
