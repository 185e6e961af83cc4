"""Papers as a perfect reader would hand them on, made of the sandbox's reports."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.sandbox.figures import Figures
from crawler.sandbox.files.printed import Printed, Table
from crawler.sandbox.files.samples import sample
from extract.attachments.paper import Box, Paper, Paragraph, Sheet
from extract.record import Record

YEARS = (2019, 2021, 2024)


def paper(printed: Printed, sure: float = 1.0) -> Paper:
    """What a perfect reader sees of a report, each place named by its count."""
    whole = Paper(blocks=[Paragraph(printed.title, "x:title", sure)])
    for number, block in enumerate(printed.blocks):
        if isinstance(block, Table):
            rows = [
                tuple(
                    Box(box.text or "", f"x:t{number}/r{r}/c{c}", box.columns, box.rows, sure)
                    for c, box in enumerate(row)
                )
                for r, row in enumerate(block.grid)
            ]
            whole.blocks.append(Sheet(tuple(rows)))
        else:
            whole.blocks.append(Paragraph(block.text, f"x:p{number}", sure))
    whole.blocks += [Paragraph(line, f"x:end{n}") for n, line in enumerate(printed.signature)]
    return whole


def truth(shown: Figures) -> dict[str, str]:
    """Each cell of a report by its path, as printed; a blank one is empty."""
    return {
        f"{table}/{row}/{column}": printed or ""
        for table, rows in shown.tables.items()
        for row, cells in rows.items()
        for column, printed in cells.items()
    }


def cells(record: Record) -> dict[str, str]:
    """Each cell that was read, by its path, as printed."""
    return {
        f"{table}/{row}/{column}": cell.raw
        for table, rows in record.tables.items()
        for row, columns in rows.items()
        for column, cell in columns.items()
    }


def samples(count: int, years: tuple[int, ...] = YEARS) -> Iterator[tuple[Printed, Figures]]:
    """Some reports of the forms of several years."""
    for seed in range(count):
        yield sample(seed, years[seed % len(years)])
