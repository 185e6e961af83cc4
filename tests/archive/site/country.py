"""A small archive for the site: two bodies of a city and one of its counties, three years."""

from __future__ import annotations

from pathlib import Path

from archive import coverage
from archive.search.index import update
from extract.record import Agency, Cell, Check, Section
from tests.archive.world import BUREAU_COLUMN, BUREAU_HOST, COLUMN, HOST, Run, open_archive, reading

YEARS = (2022, 2023, 2024)
GROUNDS = (
    "denied_state_secret", "denied_law_forbidden", "denied_three_securities",
    "denied_third_party", "denied_internal", "denied_deliberative", "denied_enforcement_file",
    "denied_admin_query",
)  # fmt: skip
_ROWS = ("new_received", "carried_over", "granted", *GROUNDS, "results_total", "carried_forward")


def page(title: str, values: dict[str, int], extra: str = "") -> bytes:
    """A page with one table, a row for each value; ``extra`` stands before it."""
    rows = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in values.items())
    return f"<html><body>{extra}<h1>{title}</h1><table>{rows}</table></body></html>".encode()


def values(year: int, received: int) -> dict[str, int]:
    found = dict.fromkeys(_ROWS, 0)
    found |= {
        "new_received": received, "granted": received - 2, "denied_third_party": 2,
        "results_total": received,
    }  # fmt: skip
    return found


def report(
    run: Run, name: str, year: int, received: int, *, extra: str = "", digit: int = 0
) -> str:
    """Store one report, its cells located in its page; return its key."""
    numbers = values(year, received)
    numbers["granted"] += digit
    title = f"{name}{year}年政府信息公开工作年度报告"
    table = 1 + extra.count("<table")
    cells = {
        row: {
            "total": Cell(
                str(value), value, None, "件", "form", f"html:t{table}/r{at}/c2", row, "总计"
            )
        }
        for at, (row, value) in enumerate(numbers.items(), start=1)
    }
    failed = [
        Check("T3.RESULT_SUM", "t3_requests/total", received + digit, received, "fail", False,
              "sum", False, "source", ("t3_requests/granted/total",))
    ] if digit else []  # fmt: skip
    record = reading(
        title=title, year=year, agency=Agency(name, "title"), published_on=f"{year + 1}-01-20",
        tables={"t3_requests": cells}, checks=failed,
        sections=[
            Section(1, "一、总体情况", f"全年收到申请{received}件。"),
            Section(5, "五、存在的主要问题及改进情况", "涉及商业秘密的界定不清。"),
        ],
    )  # fmt: skip
    bureau = name == "襄阳市财政局"
    stored = run.article(
        f"http://{BUREAU_HOST if bureau else HOST}/{name}/{year}.html",
        [record],
        data=page(title, numbers, extra),
        portal=BUREAU_HOST if bureau else HOST,
        column=BUREAU_COLUMN if bureau else COLUMN,
    )
    return stored[0].report_key


def build(path: Path, *, extra: str = "") -> dict[str, str]:
    """Make the archive; return report keys by body and year (``襄阳市财政局2024``)."""
    keys: dict[str, str] = {}
    with open_archive(path) as archive:
        run = Run(archive, "2025-06-01")
        for year in YEARS:
            keys[f"襄阳市财政局{year}"] = report(
                run, "襄阳市财政局", year, year - 2000, extra=extra, digit=int(year == 2024))
            if year != 2023:
                keys[f"宜城市教育局{year}"] = report(run, "宜城市教育局", year, 10)
        run.page()
        run.finish()
        coverage.update(archive, YEARS, "2025-06-02")
        update(archive)
    return keys
