"""What kind of body a publisher is, by its name, and when its report is due."""

from __future__ import annotations

import re
from datetime import date

#: First match wins. The name is the comparison form of ``extract.agency.canonical``.
_RULES = (
    ("township", re.compile(r"(镇|乡|苏木|街道)$|街道办事处$")),
    ("zone", re.compile(r"(开发区|工业园区?|新区|示范区|经济区|功能区|高新区)$|管理委员会$")),
    ("government", re.compile(r"(人民政府|行政公署)$")),
    ("vertical", re.compile(r"(税务局|海关|海事局|气象局|烟草专卖局|邮政管理局|调查队)$")),
    ("public_institution", re.compile(r"(医院|大学|学院|学校|中学|小学|幼儿园|公司|集团|银行)$")),
    ("unknown", re.compile(r"^$")),
)  # fmt: skip

#: 条例 art. 49 sets dates for departments and for governments at county level and above. The
#: duty of townships and public institutions comes from local rules.
OBLIGED = frozenset({"government", "department", "vertical", "zone"})

#: The first report any body owed: 条例 (2007) came into force on 1 May 2008.
FIRST_YEAR = 2008

#: Until the report of 2018, 条例 (2007) art. 31: one date for all bodies.
_LAST_YEAR_OF_THE_OLD_RULE = 2018


def org_type(name: str) -> str:
    """Return the kind of a body: a value of ``publishers.org_type``.

    Args:
        name: The body's name in comparison form, without its place.
    """
    for kind, pattern in _RULES:
        if pattern.search(name):
            return kind
    return "department"


def due_on(org_type: str, year: int | None) -> str | None:
    """Return the statutory date of a report, ISO; None when the law sets none.

    Source: 条例 (2019) art. 49: departments publish by 31 January of the next year, governments
    by 31 March. 条例 (2007) art. 31: 31 March for all, up to the report of 2018.

    Args:
        org_type: A value of ``publishers.org_type``.
        year: The year reported on.
    """
    if year is None or year < FIRST_YEAR or org_type not in OBLIGED:
        return None
    late = org_type == "government" or year <= _LAST_YEAR_OF_THE_OLD_RULE
    return date(year + 1, 3 if late else 1, 31).isoformat()
