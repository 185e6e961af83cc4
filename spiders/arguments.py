"""The ``-a`` arguments of our spiders, checked before anything is fetched."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from spiders.discovery.hosts import HostLine, HostsError, read_hosts

LEAF = ("years", "recheck", "limit")
ALL = ("portals", "divisions", "hosts", *LEAF)
EARLIEST_YEAR = 2004  # Shanghai's rule of 2004; the national regulation followed in 2008
RECHECK = ("new", "all")


class ArgumentError(ValueError):
    """An argument cannot be meant; the message names the choices."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the operator asked for.

    Attributes:
        portals: Canonical host names, or None for all.
        divisions: Paths of the register (``湖北省/襄阳市``), or None for all.
        hosts: Portals of a file, to be explored from nothing, or None.
        years: Report years, or None for all.
        recheck: ``new`` fetches reports that are new, or whose row has changed or vanished;
            ``all`` every one, and pages all lists to their end.
        limit: At most so many report pages, or None.
    """

    portals: tuple[str, ...] | None = None
    divisions: tuple[str, ...] | None = None
    years: frozenset[int] | None = None
    recheck: str = "new"
    limit: int | None = None
    hosts: tuple[HostLine, ...] | None = None


def parse(
    given: Mapping[str, str],
    accepted: Collection[str],
    *,
    hosts: Mapping[str, str] | None = None,
    places: Iterable[str] = (),
    this_year: int | None = None,
) -> Arguments:
    """Check the arguments as typed.

    Args:
        given: Name to text.
        accepted: The names this spider takes: ``LEAF`` or ``ALL``.
        hosts: Every spelling of a portal's host to its canonical name.
        places: Paths of the register's divisions.
        this_year: The current year; the clock's (Asia/Shanghai) when None.

    Raises:
        ArgumentError: A name or value that cannot be meant.
    """
    for name in given:
        if name not in accepted:
            raise ArgumentError(_unknown("argument", name, accepted))
    latest = this_year or datetime.now(ZoneInfo("Asia/Shanghai")).year
    texts = {name: text.strip() for name, text in given.items()}
    for name, text in texts.items():
        if not text.strip(",，、 "):
            raise ArgumentError(f"{name}= is empty; leave it out to ask for everything")
    recheck = texts.get("recheck", "new")
    if recheck not in RECHECK:
        raise ArgumentError(_unknown("recheck", recheck, RECHECK))
    return Arguments(
        portals=_portals(texts.get("portals"), hosts or {}),
        divisions=_divisions(texts.get("divisions"), list(places)),
        years=_years(texts.get("years"), latest),
        recheck=recheck,
        limit=_limit(texts.get("limit")),
        hosts=_hosts(texts.get("hosts")),
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,，、]", text) if part.strip()]


def _portals(text: str | None, hosts: Mapping[str, str]) -> tuple[str, ...] | None:
    if text is None:
        return None
    chosen: dict[str, None] = {}
    for part in _split(text):
        # People paste addresses: the host is what names a portal.
        host = re.sub(r"^https?://", "", part.lower()).split("/")[0]
        if host not in hosts:
            raise ArgumentError(_unknown("portal", part, sorted(set(hosts.values())), hosts))
        chosen[hosts[host]] = None
    return tuple(chosen) or None


def _divisions(text: str | None, places: list[str]) -> tuple[str, ...] | None:
    if text is None:
        return None
    chosen: dict[str, None] = {}
    for part in _split(text):
        wanted = part.strip("/")
        fits = [path for path in places if path == wanted or path.endswith(f"/{wanted}")]
        if not fits:
            names = [path.rsplit("/", 1)[-1] for path in places]
            raise ArgumentError(_unknown("division", part, names))
        if len(fits) > 1:
            raise ArgumentError(f"division {part!r} is ambiguous: {', '.join(fits)}")
        chosen[fits[0]] = None
    return tuple(chosen) or None


def _years(text: str | None, latest: int) -> frozenset[int] | None:
    if text is None:
        return None
    years: set[int] = set()
    for part in _split(text):
        match = re.fullmatch(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?", part)
        if not match:
            raise ArgumentError(f"year {part!r} is not a year; write years=2023,2024 or 2019-2024")
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            raise ArgumentError(f"years {part!r} run backwards; write {last}-{first}")
        for year in (first, last):
            if not EARLIEST_YEAR <= year <= latest:
                raise ArgumentError(
                    f"year {year} is impossible: there are reports of {EARLIEST_YEAR} to {latest}"
                )
        years.update(range(first, last + 1))
    return frozenset(years) or None


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) == 0:
        raise ArgumentError(f"limit {text!r} is not a whole number above 0")
    return int(text)


def _hosts(text: str | None) -> tuple[HostLine, ...] | None:
    if text is None:
        return None
    try:
        return read_hosts(Path(text))
    except HostsError as error:
        raise ArgumentError(str(error)) from None


def _unknown(
    what: str, given: str, choices: Collection[str], spellings: Iterable[str] | None = None
) -> str:
    near = difflib.get_close_matches(given, list(spellings or choices), n=3, cutoff=0.6)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"unknown {what} {given!r}.{hint} Choices: {', '.join(choices)}"
