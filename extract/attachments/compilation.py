"""Files that hold the reports of several bodies: a sheet each in a workbook, one after the other.

Each is read on its own: what stands in one of them is no copy of what stands in another, though
the small tables of two bodies are often equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.agency import looks_like_body
from extract.attachments.paper import Block, Paper, Paragraph, Sheet
from extract.normal import match_form
from extract.titles import judge

# Either stands in each table of requests, of any form.
_REQUESTS = ("自然人", "本年新收")
_LONG = 80  # a title is shorter


def parts(paper: Paper) -> list[Paper]:
    """Cut a file where the report of another body begins.

    Args:
        paper: What the file shows.

    Returns:
        A paper for each report with a title and a table of requests of its own; what stands before
        the first title and behind the last table goes with its neighbour. The paper itself where
        there is only one. Issues stay with the first.
    """
    starts: list[int] = []
    names: list[str] = []
    for at, name in _titles(paper.blocks):
        if starts and not _has_requests(paper.blocks[starts[-1] : at]):
            names[-1] = name  # what stands above was a cover, or a list of contents
        elif not names or name != names[-1]:
            starts.append(at)
            names.append(name)
    if starts and not _has_requests(paper.blocks[starts[-1] :]):
        del starts[-1], names[-1]  # named at the end, as what is joined or was told before
    if len(starts) < 2 or len(set(names)) < len(names):
        return [paper]
    ends = [0, *starts[1:], len(paper.blocks)]
    cut = [Paper(paper.blocks[start:end], flags=paper.flags) for start, end in pairwise(ends)]
    cut[0].issues, cut[0].title = paper.issues, paper.title
    return cut


def _titles(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """(index of the block that it begins in, comparison form) of each title of a report."""
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or len(block.text) > _LONG:
            continue
        text = block.text.replace("\n", "")
        verdict = judge(text)
        before = blocks[at - 1] if at else None
        if verdict.verdict == "report":
            yield at, match_form(text)
        elif (
            verdict.reason == "no_agency" and verdict.year and isinstance(before, Paragraph)
            and len(before.text) < _LONG // 2 and looks_like_body(before.text)
        ):
            yield at - 1, match_form(before.text + text)


def _has_requests(blocks: Sequence[Block]) -> bool:
    return any(
        word in box.text
        for block in blocks if isinstance(block, Sheet)
        for row in block.rows for box in row
        for word in _REQUESTS
    )
