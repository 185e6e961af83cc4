"""How a run went: the exit code, and what was wrong on which portal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.summary import PortalNumbers
from crawler.command import GOOD, TROUBLE, UNUSABLE

_NO_TROUBLE = frozenset({"foreign_host", "not_found", "truncated"})
"""Outcomes that say something about a page, not about reaching the portal: a link to another host,
a report that is gone, a list that ends early. Coverage keeps account of them."""


def trouble(portal: PortalNumbers, bugs: int = 0) -> str | None:
    """Return what was wrong on a portal, one line, or None.

    Args:
        portal: Its numbers.
        bugs: Pages of it that our own code could not parse or read.
    """
    parts = [
        f"{number} {outcome}"
        for outcome, number in sorted(portal.failed.items())
        if outcome not in _NO_TROUBLE
    ]
    if bugs:
        parts.append(f"{bugs} pages that our code could not handle (see the log)")
    if not portal.listed and not portal.left:
        failed = ", ".join(f"{number} {outcome}" for outcome, number in portal.failed.items())
        parts.append("lists no report" + (f" ({failed})" if failed and not parts else ""))
    return ", ".join(parts) or None


def exit_code(
    portals: Iterable[PortalNumbers], troubles: Mapping[str, str], *, finished: bool
) -> int:
    """Return the exit code of a run.

    Args:
        portals: The numbers of each portal.
        troubles: Portal to what was wrong with it.
        finished: Nothing was left to do; not stopped before its end.

    Returns:
        0 good, 3 trouble on some portals, 1 when it was stopped or no portal listed anything.
    """
    if not finished or not any(portal.listed for portal in portals):
        return UNUSABLE
    return TROUBLE if troubles else GOOD
