"""D.DEADLINE: departments publish by 31 January, governments by 31 March of the next year.

Source: 条例 (2019) art. 49; for the report years to 2018, 条例 (2007) art. 31: 31 March for all.
Townships, public institutions and zones are set no date by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from extract import formats
from extract.record import Check, Record, Verdict

_LAST_YEAR_OF_THE_OLD_RULE = 2018
_FIRST_YEAR = 2008
_UNBOUND = re.compile(r"[乡镇]人民政府|街道|苏木|管委会|管理委员会|学校|医院|公司|中心$|大学|学院")
_GOVERNMENT = re.compile(r"(?:人民政府|行政公署)$")
# The office of a government publishes its own report, and that of the government.
_EITHER = re.compile(r"(?:人民政府|政府|行署)(?:办公厅|办公室|办)$")
_DEPARTMENT = re.compile(r"(?:局|厅|委员会|委|部|办公室|署)$")
# The date of a page may be that of a move of the site; these say when it was first shown.
_FIRST_SHOWN = frozenset({"list_row"})


def deadline(record: Record) -> Iterator[Check]:
    """Yield the check of the date of publication, when the body has one and a date is known.

    ``left`` is how many days after the due date it was published (negative: before), ``right`` 0.
    A date in time passes whoever tells it. One too late fails only when the list or the signature
    tells it: the page's own date may be younger than the report.

    Args:
        record: The report: its agency, year, dates and their claims.
    """
    due = _due(record.agency.name, record.year) if record.agency and record.year else None
    told = record.published_on or record.signed_on
    if due is None or told is None:
        return
    rule = formats.identities()["D.DEADLINE"]
    days = [(date.fromisoformat(told) - one).days for one in due]
    sure = record.published_on is None or any(
        claim.field == "published_on" and claim.source in _FIRST_SHOWN
        and claim.value == record.published_on
        for claim in record.claims
    )
    signed_late = bool(record.signed_on) and date.fromisoformat(record.signed_on or told) > due[-1]
    verdict: Verdict = "not_assessable"
    if record.published_on and days[0] <= 0:
        verdict = "pass"
    elif days[-1] > 0 and (sure or signed_late):
        verdict = "fail"
    yield Check(rule.id, "published_on", days[0] if len(due) == 1 else days[-1], 0, verdict,
                rule.official, rule.kind, False, "source" if verdict == "fail" else None, ())


def _due(agency: str, year: int) -> tuple[date, ...] | None:
    """Return the due date, or the earlier and the later one when the name does not tell which."""
    if year < _FIRST_YEAR or _UNBOUND.search(agency):
        return None
    january, march = date(year + 1, 1, 31), date(year + 1, 3, 31)
    known = next((one for one in (_EITHER, _GOVERNMENT, _DEPARTMENT) if one.search(agency)), None)
    if known is None:
        return None
    if year <= _LAST_YEAR_OF_THE_OLD_RULE or known is _GOVERNMENT:
        return (march,)
    return (january, march) if known is _EITHER else (january,)
