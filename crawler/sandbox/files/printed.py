"""A report as it is to be printed, before anyone decides whether as a page, a file or a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from crawler.sandbox.grids import Grid


@dataclass(frozen=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True)
class Words:
    """One paragraph of prose."""

    text: str


@dataclass(frozen=True)
class Table:
    """One table: rows of boxes with spans, as ``grids`` makes them; a box's text None is blank."""

    grid: Grid


Block = Heading | Words | Table


@dataclass(frozen=True)
class Printed:
    """What a report shows, in reading order.

    Attributes:
        title: The line on top, which an article's page prints outside its body.
        blocks: Preamble, headings, paragraphs and tables.
        signature: The lines at the foot, set to the right: body and date; empty when unsigned.
    """

    title: str
    blocks: tuple[Block, ...]
    signature: tuple[str, ...] = ()


Maker = Callable[[Printed, Random], bytes]
"""A maker of one kind of file: the same report and the same dice give the same bytes."""
