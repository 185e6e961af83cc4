"""How well reports are read out of pictures: ``python -m bench.pictures [KIND …] [--each N]``.

Each picture shows a report of known truth: drawn, or photographed from a browser's window, clean
or with one damage or several. Every cell of its record is compared with what was printed. A cell
that is wrong must be told: by an issue on the cell or its table, or by a sum that does not hold.
Ends with 1 when one is silently wrong. Needs the extra ``pictures``, and Chromium for ``browser``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops

from crawler.sandbox.files.picture import picture
from crawler.sandbox.files.picture_damage import saved
from crawler.sandbox.files.printed import Printed
from crawler.sandbox.files.samples import sample
from crawler.sandbox.files.web import document, looks
from extract.read import read
from extract.record import Record, Source, cells

KINDS: dict[str, frozenset[str]] = {
    "clean": frozenset(),
    "browser": frozenset(),
    "tilt": frozenset({"tilt"}),
    "noise": frozenset({"noise"}),
    "specks": frozenset({"specks"}),
    "seal": frozenset({"seal"}),
    "watermark": frozenset({"watermark"}),
    "jpeg": frozenset({"jpeg"}),
    "tilt+noise+jpeg": frozenset({"tilt", "noise", "jpeg"}),
    "seal+watermark+tilt": frozenset({"seal", "watermark", "tilt"}),
}
COLUMNS = ("pictures", "cells", "right", "right_told", "told", "refused", "silent")


def main() -> int:
    """Make and read the pictures; print a table and a line of JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    arguments.add_argument("--each", type=int, default=5, help="pictures of each kind")
    arguments.add_argument("--first", type=int, default=100, help="the first seed")
    arguments.add_argument("--prose", action="store_true", help="long paragraphs too: slower")
    arguments.add_argument("--keep", type=Path, help="folder for pictures with a wrong cell")
    given = arguments.parse_args()
    _say(f"{'kind':22}" + "".join(f"{name:>12}" for name in COLUMNS) + "   seconds each")
    results, silent = {}, 0
    for kind in given.kinds or KINDS:
        counts: Counter[str] = Counter()
        started = time.process_time()
        for seed in range(given.first, given.first + given.each):
            printed, shown = sample(seed, 2019 + seed % 7)
            if not given.prose:  # it takes most of the time and has no cells
                short = [one for one in printed.blocks if len(getattr(one, "text", "")) < 30]
                printed = replace(printed, blocks=tuple(short))
            chance = Random(seed)
            data = (
                _screenshot(printed, chance)
                if kind == "browser"
                else picture(printed, chance, KINDS[kind])
            )
            found, wrong = judge(read(data, Source(url=f"http://www.example.cn/{seed}.png")), shown)
            counts += found
            counts["pictures"] += 1
            for line in wrong:
                _say(f"  {kind} {seed}: {line}")
            if wrong and given.keep:
                (given.keep / f"{kind}_{seed}.img").write_bytes(data)
        each = (time.process_time() - started) / given.each
        _say(f"{kind:22}" + "".join(f"{counts[name]:>12}" for name in COLUMNS) + f"{each:>15.1f}")
        results[kind] = {**counts, "seconds": round(each, 1)}
        silent += counts["silent"]
    _say(json.dumps(results))
    return 1 if silent else 0


def judge(records: list[Record], shown: object) -> tuple[Counter[str], list[str]]:
    """Compare a record with what was printed.

    Returns:
        Counts of ``right`` (and of these ``right_told``, doubted all the same), ``told`` (wrong,
        and said so), ``refused`` (not read as a cell) and ``silent``; and a line for each wrong
        cell.
    """
    record = records[0]
    truth = {
        (table, row, column): _plain(text or "")
        for table, rows in shown.tables.items()  # type: ignore[attr-defined]
        for row, columns in rows.items()
        for column, text in columns.items()
    }
    tables = {one.detail.split(":")[0] for one in record.issues if one.code == "unproven_table"}
    doubted = {one.detail.split(":")[0] for one in record.issues if one.code == "unsure_cell"}
    failed = {path for one in record.checks if one.verdict == "fail" for path in one.cells}
    counts: Counter[str] = Counter(cells=len(truth))
    wrong = []
    for table, row, column, cell in cells(record.tables):
        wanted = truth.pop((table, row, column), None)
        path = f"{table}/{row}/{column}"
        told = path in doubted
        if wanted is not None and _plain(cell.raw) == wanted:
            counts["right"] += 1
            counts["right_told"] += told
            continue
        told = told or path in failed or table in tables or cell.missing == "unparsed"
        counts["told" if told else "silent"] += 1
        wrong.append(f"{'told' if told else 'SILENT'} {path}: {cell.raw!r} for {wanted!r}")
    counts["refused"] = len(truth)
    return counts, wrong


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _screenshot(printed: Printed, chance: Random) -> bytes:
    """Return what a browser shows of a report, without the empty rest of its window."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit("bench.pictures browser needs Chromium")
    with TemporaryDirectory() as folder:
        page, out = Path(folder) / "report.html", Path(folder) / "report.png"
        page.write_text(document(printed, looks(chance)), encoding="utf-8")
        wide, scale = chance.choice((900, 1000, 1200)), chance.choice((1, 1, 1.25, 1.5))
        subprocess.run(
            [
                program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                f"--user-data-dir={folder}/profile", f"--force-device-scale-factor={scale}",
                f"--window-size={wide},6000", f"--screenshot={out}", page.as_uri(),
            ],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        image = Image.open(BytesIO(out.read_bytes())).convert("RGB")
    box = ImageChops.invert(image).getbbox() or (0, 0, *image.size)
    image = image.crop((0, 0, image.width, min(image.height, box[3] + 40)))
    return saved(image, chance.choice(("PNG", "JPEG")), 85)


if __name__ == "__main__":
    sys.exit(main())
