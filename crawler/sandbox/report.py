"""A report: its prose and its tables, as the HTML of an article's body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from crawler.sandbox.dice import dice
from crawler.sandbox.figures import Figures
from crawler.sandbox.forms import T3, T4, form_of
from crawler.sandbox.grids import table2, table3, table4
from crawler.sandbox.markup import pick_pen
from crawler.sandbox.model import Body
from crawler.sandbox.prose import Voice, chinese_date, sections


@dataclass(frozen=True)
class Manner:
    """What a report says of its author: drawn once, so that page and truth agree.

    Attributes:
        agency: The name in the running text; ``own`` (我局) where the text never names the body.
        signature: The name under the report, or None.
        signed_on: The date under the signature, or None.
    """

    agency: str
    signature: str | None
    signed_on: date | None


def manner(seed: int, body: Body, year: int, published: date) -> Manner:
    """Draw how a report names its author and whether it is signed."""
    chance = dice(seed, "manner", body.key, year)
    agency = body.own if chance.random() < 0.3 else body.name
    if chance.random() < 0.55:
        return Manner(agency, None, None)
    signature = chance.choice((body.name, *body.shorts))
    return Manner(agency, signature, published - timedelta(days=chance.randint(0, 6)))


def report_html(seed: int, body: Body, year: int, shown: Figures, author: Manner) -> str:
    """Return the article body of a report. The same report posted twice is the same HTML."""
    chance = dice(seed, "report", body.key, year)
    form, pen = form_of(year), pick_pen(chance)
    prose = sections(Voice(body, author.agency, body.own, year, shown.counts), chance)
    headings = [chance.choice(choices) for choices in form.headings]
    tables = {
        2: [pen.table(grid) for grid in table2(form, shown, chance)],
        3: [pen.table(table3(form, shown))] if T3 in shown.tables else [],
        4: [pen.table(table4(shown))] if T4 in shown.tables else [],
    }
    html = [pen.paragraph(text) for text in prose[0]]
    for number, (heading, texts) in enumerate(zip(headings, prose[1:], strict=True), start=1):
        html.append(pen.heading(heading))
        html += [pen.paragraph(text) for text in texts]
        html += tables.get(number, [])
    if author.signature and author.signed_on:
        for line in (author.signature, chinese_date(author.signed_on)):
            html.append(f'<p style="text-align:right">{line}　　</p>\n')
    return "".join(html)
