"""The server's own record of what it was asked, good enough to prove politeness."""

from __future__ import annotations

import json
from threading import Lock
from typing import TextIO


class AccessLog:
    """Writes a JSON object a line, when an answer has ended.

    ``start`` and ``end`` are seconds of the monotonic clock (one clock for all processes of a
    machine): when the request was read, and when the last piece of the answer was about to leave,
    which is before the client can have it all. ``connection`` numbers the client's connections.
    ``method``, ``scheme``, ``host``, ``path`` (with its query) and ``status`` (null when none was
    sent) say what was asked and answered, ``bytes`` how long the body was as sent (null behind an
    obstacle), ``obstacle`` what was met on the way: null, the name of
    an obstacle, or ``fault``. A CONNECT has ``tls``: the version agreed on, or null when the
    handshake failed. A POST has ``form``: its body.
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
