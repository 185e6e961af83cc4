"""Reports to try a maker or a reader on, without building a world."""

from __future__ import annotations

from datetime import date

from crawler.sandbox.dice import dice
from crawler.sandbox.figures import Figures, figures
from crawler.sandbox.files.printed import Printed
from crawler.sandbox.names import PLACES, government
from crawler.sandbox.report import manner, printed_report


def sample(seed: int, year: int = 2024) -> tuple[Printed, Figures]:
    """Return a report and its figures.

    Args:
        seed: Another seed is another report.
        year: 2019 to 2025; the form changes with 2021.

    Returns:
        What is to be printed, and the truth: ``Figures.tables`` has each cell as printed.
    """
    place = dice(seed, "sample").choice(sorted(PLACES))
    body = government(PLACES[place])
    shown = figures(seed, body)[year]
    author = manner(seed, body, year, date(year + 1, 1, 20))
    title = f"{body.name}{year}年政府信息公开工作年度报告"
    return printed_report(seed, body, year, shown, author, title), shown
