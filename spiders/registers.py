"""The registers: divisions as of a year (GB/T 2260), how they changed, and their portals.

A register of a year is that of its 31 December. The data begin with 2007, the last one before the
first reports; ``valid_from`` 2007 therefore also says: or before. Zones (经济区, 开发区, 兵团) have
no code in the standard: theirs is the parent's four digits, ``Z`` and a number.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIRST_YEAR = 2007


@dataclass(frozen=True, slots=True)
class Division:
    """A place with a government, under one name.

    Attributes:
        code: GB/T 2260, six digits; a zone's own code (``4207Z1``).
        name: Official name (``靖州苗族侗族自治县``).
        level: ``enums.admin_level`` of formats.json.
        parent: Code of the division above, or None for a province.
        valid_from: The first year at whose end code and name were in force.
        valid_to: The last such year, None while they are.
        successors: Codes that followed it; the same code when only the name changed.
    """

    code: str
    name: str
    level: str
    parent: str | None
    valid_from: int = FIRST_YEAR
    valid_to: int | None = None
    successors: tuple[str, ...] = ()

    def is_valid(self, year: int) -> bool:
        """Tell whether it was in the register at the end of the year."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Change:
    """A division followed another (祁阳县 431121 → 祁阳市 431181, 2021).

    Attributes:
        year: The first year at whose end it was done.
        code: The old division.
        name: Its name.
        to_code: The new one.
        to_name: Its name.
        kind: ``renamed``, ``merged`` (into one that goes on, or several into one) or ``split``.
        evidence: A document's number, a page, or the yearly codes of the statistical office.
    """

    year: int
    code: str
    name: str
    to_code: str
    to_name: str
    kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class RegisteredPortal:
    """The portal of a division's government; its leaf, if it has one, says more.

    Attributes:
        host: Host name as listed, mostly with ``www.``.
        scheme: ``http`` or ``https``.
        division: Code of the division.
        name: The division's name.
        level: The division's level, ``enums.admin_level``.
        answered: ``yes``, ``no``, ``with care`` (after a switch of scheme or agent), or empty:
            as checked on 2026-04-26.
        family: The family that an address of the portal suggests, or empty.
        evidence: Where host and division come from.
    """

    host: str
    scheme: str
    division: str
    name: str
    level: str
    answered: str
    family: str
    evidence: str


@cache
def history() -> tuple[Division, ...]:
    """Return all divisions of all years, each under each of its names; parents come first."""
    return tuple(
        Division(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            parent=row["parent"] or None,
            valid_from=int(row["valid_from"]),
            valid_to=int(row["valid_to"]) if row["valid_to"] else None,
            successors=tuple(row["successor"].split()),
        )
        for row in (*_rows("divisions.csv"), *_rows("zones.csv"))
    )


@cache
def divisions(as_of: int | None = None) -> tuple[Division, ...]:
    """Return the register of a year's end, of today without one; each parent before its children.

    Args:
        as_of: The year, 2007 or later.

    Raises:
        ValueError: There is no register of that year.
    """
    if as_of is None:
        return tuple(item for item in history() if item.valid_to is None)
    if as_of < FIRST_YEAR:
        raise ValueError(f"the register of divisions begins with {FIRST_YEAR}, not {as_of}")
    return tuple(item for item in history() if item.is_valid(as_of))


@cache
def changes() -> tuple[Change, ...]:
    """Return who followed whom, by year."""
    return tuple(
        Change(int(row["year"]), *(row[name] for name in list(row)[1:]))
        for row in _rows("division_changes.csv")
    )


@cache
def division_path(code: str) -> str:
    """Return the names from the province down, joined by ``/`` (``湖北省/襄阳市/宜城市``).

    A division of the past has the names of its last year.

    Raises:
        KeyError: The code was never in the register.
    """
    division = _latest()[code]
    above = f"{division_path(division.parent)}/" if division.parent else ""
    return above + division.name


def successors(code: str) -> tuple[str, ...]:
    """Return the divisions of today that a division became; itself when it still is one.

    Args:
        code: A division's code, of any year.

    Raises:
        KeyError: The code was never in the register.
    """
    found: dict[str, None] = {}
    waiting, seen = [code], {code}
    while waiting:
        division = _latest()[waiting.pop(0)]
        if division.valid_to is None:
            found[division.code] = None
        new = [item for item in division.successors if item not in seen]
        seen.update(new)
        waiting += new if division.valid_to is not None else []
    return tuple(found)


@cache
def portals() -> tuple[RegisteredPortal, ...]:
    """Return the registered portals, by division and host.

    Those of the list that belong to no division for certain are in ``portals_unjoined.csv``.
    """
    found = []
    for row in _rows("portals.csv"):
        division = _latest()[row["division"]]
        found.append(
            RegisteredPortal(
                host=row["host"],
                scheme=row["scheme"],
                division=division.code,
                name=division.name,
                level=division.level,
                answered=row["answered"],
                family=row["family"],
                evidence=row["note"] or "list of portals of 2026-04-26",
            )
        )
    return tuple(found)


def portals_of(path: str) -> tuple[RegisteredPortal, ...]:
    """Return the portals of a division and of all divisions under it.

    Args:
        path: Names from the province down (``湖北省/襄阳市``), as ``division_path`` gives them.

    Raises:
        KeyError: No division of today has that path.
    """
    if path not in _codes_by_path():
        raise KeyError(path)
    return tuple(
        portal
        for portal in portals()
        if division_path(portal.division) == path
        or division_path(portal.division).startswith(f"{path}/")
    )


@cache
def _codes_by_path() -> Mapping[str, str]:
    return {division_path(item.code): item.code for item in divisions()}


@cache
def _latest() -> Mapping[str, Division]:
    """Return for each code its last division."""
    found: dict[str, Division] = {}
    for item in history():
        if item.code not in found or item.valid_from > found[item.code].valid_from:
            found[item.code] = item
    return found


def _rows(name: str) -> list[dict[str, str]]:
    text = files("spiders").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
