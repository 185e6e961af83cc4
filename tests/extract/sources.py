"""Reports of known truth to be damaged: plain sheets, and what the sandbox's generator writes.

Every value cell carries ``data-cell="table/row/column"``, so that a mutation knows what it touches
and the truth can be taken from the page as it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lxml import html
from lxml.html import HtmlElement

from crawler.sandbox.figures import YEARS, figures
from crawler.sandbox.forms import form_of
from crawler.sandbox.model import Body, Place
from crawler.sandbox.report import manner, report_html
from tests.extract import sheets
from tests.extract.sheets import Values

MARK = "data-cell"

_PLACE = Place("xf", "襄樊市", "襄樊市", "市", "420699", "prefecture", "0710")
_COUNTY = Place("xz", "襄州县", "襄州县", "县", "420697", "county", "0710")
# In these two the sandbox prints columns and definitions of the place's own.
_RIVER = Place("eq", "鄂丘区", "鄂丘区", "区", "420798", "county", "0711")
_HILLS = Place("hs", "槐山县", "槐山县", "县", "431298", "county", "0745")
BODIES = (
    Body("xf/zf", "襄樊市人民政府", ("襄樊市",), "市政府", "zf", "government", _PLACE, 2019),
    Body("xf/sl", "襄樊市水利局", ("市水利局",), "我局", "sl", "department", _PLACE, 2019),
    Body("xz/zf", "襄州县人民政府", ("襄州县",), "县政府", "zf", "government", _COUNTY, 2019),
    Body("xz/cg", "襄州县城关镇人民政府", ("城关镇",), "我镇", "cg", "township", _COUNTY, 2019),
    Body("eq/cz", "鄂丘区财政局", ("区财政局",), "我局", "cz", "department", _RIVER, 2019),
    Body("hs/jy", "槐山县教育局", ("县教育局",), "我局", "jy", "department", _HILLS, 2019),
)


@dataclass(frozen=True)
class Report:
    """One report before anything happens to it.

    Attributes:
        markup: The article's HTML, value cells marked.
        values: The truth: table, row, column, text; a blank cell is an empty string.
        form: The id of its form.
    """

    markup: str
    values: Values
    form: str


def plain(form: str, seed: int) -> Report:
    """A sheet of a form: one layout, every sum holds, no two rows alike."""
    values = sheets.numbers(form, seed)
    return Report(_marked(sheets.report(values, form), values), values, form)


def generated(seed: int) -> Report:
    """A report as the sandbox writes it: any pen, any year, local columns, flaws."""
    return _generated(seed % 97, BODIES[seed % len(BODIES)], YEARS[seed % len(YEARS)])


@lru_cache(maxsize=512)
def _generated(seed: int, body: Body, year: int) -> Report:
    shown = figures(seed, body)[year]
    author = manner(seed, body, year, date(year + 1, 1, 20))
    values = {
        table: {row: {key: text or "" for key, text in cells.items()}
                for row, cells in rows.items()}
        for table, rows in shown.tables.items()
    }
    markup = report_html(seed, body, year, shown, author)
    return Report(_marked(markup, values), values, form_of(year).id)


def _marked(markup: str, values: Values) -> str:
    """Write each value cell's path into its element; rows and cells stand in the form's order."""
    root = html.fromstring(f"<div>{markup}</div>")
    rows = [(f"{table}/{row}", list(cells)) for table, rows in values.items()
            for row, cells in rows.items()]
    lines = [line for line in root.iter("tr") if _holds_values(line)]
    if len(lines) != len(rows):
        raise ValueError(f"{len(lines)} rows on the page for {len(rows)} of the truth")
    for line, (path, columns) in zip(lines, rows, strict=True):
        for cell, column in zip(line[-len(columns) :], columns, strict=True):
            cell.set(MARK, f"{path}/{column}")
    return html.tostring(root, encoding="unicode")


def _holds_values(line: HtmlElement) -> bool:
    if any(cell.find(".//table") is not None for cell in line):
        return False
    texts = ["".join(cell.text_content().split()) for cell in line]
    last = texts[-1] if texts else ""
    return not any("\u4e00" <= letter <= "\u9fff" for letter in last.rstrip("元万"))
