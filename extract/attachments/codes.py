"""What is said of a table that was read from a picture: the codes of issues that doubt it."""

from __future__ import annotations

import re

UNPROVEN = "unproven_table"
UNSURE = "unsure_cell"

_TABLE = re.compile(r"(?:^|: )(t\w+)[/:]")  # behind the name of a file in an archive


def doubted_table(detail: str) -> str | None:
    """Return the table that an issue of one of these codes speaks of.

    Args:
        detail: The issue's detail: ``t2_art20_1: …`` or ``t3_requests/granted/total: …``.
    """
    found = _TABLE.search(detail)
    return found[1] if found else None
