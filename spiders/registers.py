"""The register of divisions: GB/T 2260 codes, names, levels, parents.

Zones (经济区, 开发区) have no code there: theirs is the parent's four digits, ``Z`` and a number.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Division:
    """A place with a government.

    Attributes:
        code: GB/T 2260, six digits; a zone's own code (``4207Z1``).
        name: Official name (``靖州苗族侗族自治县``).
        level: ``enums.admin_level`` of formats.json.
        parent: Code of the division above, or None for a province.
    """

    code: str
    name: str
    level: str
    parent: str | None


@cache
def divisions() -> tuple[Division, ...]:
    """Return the register in the order of its file: each parent before its children."""
    text = files("spiders").joinpath("data/divisions.csv").read_text(encoding="utf-8")
    return tuple(
        Division(row["code"], row["name"], row["level"], row["parent"] or None)
        for row in csv.DictReader(text.splitlines())
    )


@cache
def division_path(code: str) -> str:
    """Return the names from the province down, joined by ``/`` (``湖北省/襄阳市/宜城市``).

    Raises:
        KeyError: The code is not in the register.
    """
    known = {division.code: division for division in divisions()}
    division = known[code]
    above = f"{division_path(division.parent)}/" if division.parent else ""
    return above + division.name
