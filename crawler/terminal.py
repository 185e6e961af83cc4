"""What the commands say to the person at the terminal."""

from __future__ import annotations

import sys


def say(text: str = "") -> None:
    """Write a line of the answer to standard output."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Write a line about the work to standard error, where it does not mix with the answer."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
