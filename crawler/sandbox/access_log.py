"""The server's own record of what it was asked, good enough to prove politeness."""

from __future__ import annotations

import json
from threading import Lock
from typing import TextIO


class AccessLog:
    """Writes a JSON object a line, when an answer has ended.

    ``start`` and ``end`` are seconds of the monotonic clock (one clock for all processes of a
    machine), ``connection`` numbers the client's connections, ``scheme``, ``host``, ``path`` (with
    its query), ``method``, ``status`` (null when none was sent), ``obstacle`` (null, the name of
    the one that was met, or ``fault``). A CONNECT has ``tls``: the version agreed on, or null when
    the handshake failed.
    """

    def __init__(self, file: TextIO | None) -> None:
        """Write to a file, or nowhere."""
        self._file = file
        self._lock = Lock()

    def write(self, **line: object) -> None:
        """Write a line."""
        if self._file is None:
            return
        text = json.dumps(line, ensure_ascii=False) + "\n"
        with self._lock:
            if not self._file.closed:
                self._file.write(text)
                self._file.flush()
