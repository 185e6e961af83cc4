"""The register of divisions is whole."""

from __future__ import annotations

import re

import pytest

from extract.formats import enum
from spiders.registers import division_path, divisions


def test_codes_are_unique_and_parents_come_first() -> None:
    seen: dict[str, str] = {}
    for division in divisions():
        assert len(division.code) == 6
        assert division.code.isdigit() or re.fullmatch(r"\d{4}Z\d", division.code)
        assert division.code not in seen
        assert division.level in enum("admin_level")
        assert (division.parent is None) == (division.level == "province")
        if division.parent:
            assert division.parent in seen
            significant = division.parent.rstrip("0")
            assert division.code.startswith(significant), "a code begins with its parent's"
        seen[division.code] = division.name


def test_division_path() -> None:
    assert division_path("431229") == "湖南省/怀化市/靖州苗族侗族自治县"
    with pytest.raises(KeyError):
        division_path("000000")
