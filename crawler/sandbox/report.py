"""A report: its prose and its tables, and how an article's body writes them as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from crawler.sandbox.dice import dice
from crawler.sandbox.figures import Figures
from crawler.sandbox.files.printed import Block, Heading, Printed, Table, Words
from crawler.sandbox.forms import T3, T4, form_of
from crawler.sandbox.grids import table2, table3, table4
from crawler.sandbox.markup import Pen, pick_pen
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
    pen, printed = _written(seed, body, year, shown, author)
    lines = [f'<p style="text-align:right">{line}　　</p>\n' for line in printed.signature]
    return "".join([*(_html(pen, block) for block in printed.blocks), *lines])


def prose_html(seed: int, body: Body, year: int, shown: Figures, author: Manner) -> str:
    """Return the article body of a report whose tables stand elsewhere."""
    pen, printed = _written(seed, body, year, shown, author)
    return "".join(_html(pen, block) for block in printed.blocks if not isinstance(block, Table))


def printed_report(
    seed: int, body: Body, year: int, shown: Figures, author: Manner, title: str
) -> Printed:
    """Return a report to be printed as a file: the very words and tables of its page."""
    printed = _written(seed, body, year, shown, author)[1]
    return Printed(title, printed.blocks, printed.signature)


def _written(
    seed: int, body: Body, year: int, shown: Figures, author: Manner
) -> tuple[Pen, Printed]:
    chance = dice(seed, "report", body.key, year)
    pen = pick_pen(chance)
    voice = Voice(body, author.agency, body.own, year, shown.counts)
    signature: tuple[str, ...] = ()
    if author.signature and author.signed_on:
        signature = (author.signature, chinese_date(author.signed_on))
    return pen, Printed("", tuple(_blocks(voice, shown, chance)), signature)


def _blocks(voice: Voice, shown: Figures, chance: Random) -> list[Block]:
    form = form_of(voice.year)
    prose = sections(voice, chance)
    headings = [chance.choice(choices) for choices in form.headings]
    tables = {
        2: [Table(grid) for grid in table2(form, shown, chance)],
        3: [Table(table3(form, shown))] if T3 in shown.tables else [],
        4: [Table(table4(shown))] if T4 in shown.tables else [],
    }
    blocks: list[Block] = [Words(text) for text in prose[0]]
    for number, (heading, texts) in enumerate(zip(headings, prose[1:], strict=True), start=1):
        blocks.append(Heading(heading))
        blocks += [Words(text) for text in texts]
        blocks += tables.get(number, [])
    return blocks


def _html(pen: Pen, block: Block) -> str:
    if isinstance(block, Heading):
        return pen.heading(block.text)
    return pen.table(block.grid) if isinstance(block, Table) else pen.paragraph(block.text)
