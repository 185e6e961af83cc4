"""How a run went: the exit code, and what was wrong on which portal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.expectations import Finding
from archive.summary import PortalNumbers
from crawler.command import GOOD, TROUBLE, UNUSABLE


def troubles(findings: Iterable[Finding], bugs: Mapping[str, int]) -> dict[str, str]:
    """Return what was wrong on each portal in one line: each trouble, its count, its first address.

    Args:
        findings: What the portals disappointed.
        bugs: Pages of each portal that our own code could not parse or read.
    """
    lines: dict[str, list[str]] = {}
    for finding in findings:
        lines.setdefault(finding.portal, []).append(finding.line())
    for portal, number in bugs.items():
        text = f"{number} pages that our code could not handle (see the log)"
        lines.setdefault(portal, []).append(text)
    return {portal: "; ".join(parts) for portal, parts in lines.items()}


def exit_code(
    portals: Iterable[PortalNumbers],
    findings: Iterable[Finding],
    bugs: Mapping[str, int],
    *,
    finished: bool,
) -> int:
    """Return the exit code of a run.

    Args:
        portals: The numbers of each portal.
        findings: What the portals disappointed; notices and what is known already do not count.
        bugs: Pages of each portal that our own code could not parse or read.
        finished: Nothing was left to do; not stopped before its end.

    Returns:
        0 good, 3 new trouble on some portals, 1 when it was stopped or no portal listed anything.
    """
    if not finished or not any(portal.listed for portal in portals):
        return UNUSABLE
    news = any(one.is_news and one.severity == "trouble" for one in findings)
    return TROUBLE if news or any(bugs.values()) else GOOD
