"""What becomes of thousands of mutated reports: ``python -m bench.mutations [--pages N]``.

Each layout, printing and damage of ``tests/extract`` alone, then drawn together. A layout or a
printing loses nothing, so all must be right; a damage may cost cells, but none may be silently
wrong. Ends with 1 when one is, or when a number of a form table is neither a cell nor in an issue.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from tests.extract.marked import Mutation
from tests.extract.mutations import (
    DAMAGES,
    LAYOUTS,
    PRINTINGS,
    WRITINGS,
    judge,
    mutate,
    reading,
    unaccounted,
)
from tests.extract.test_mutations import report, together

COLUMNS = ("pages", "right", "unchanged", "flagged", "unproven", "refused", "unaccounted", "silent")
CLEAN = (*LAYOUTS, *PRINTINGS)


class Tally:
    """Counts of one kind of mutation, and the cases that must not be."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.bad: list[str] = []

    def add(
        self,
        seed: int,
        mutations: Sequence[Mutation],
        writing: Callable[[str], str] | None,
        *,
        whole: bool,
    ) -> None:
        """Read one page; ``whole``: nothing is lost on it, so anything refused is bad."""
        page = mutate(report(seed), mutations, seed, writing)
        records = reading(page.data)
        outcome, left = judge(records, page), unaccounted(records, page)
        self.counts.update(outcome.counts)
        self.counts.update({"pages": 1, "unaccounted": len(left)})
        kinds = set(outcome.counts) - {"right"} if whole else set()
        lost = whole and (outcome.counts["refused"] or kinds - {"refused"})
        if outcome.silent or left or lost or len(records) != 1:
            names = "+".join(one.__name__ for one in (*mutations, *([writing] if writing else [])))
            first = (outcome.silent or left or outcome.lost or [f"{len(records)} records"])[0]
            self.bad.append(f"seed {seed} {names}: {first}")


def alone(pages: int) -> dict[str, Tally]:
    """Each mutation by itself, on so many pages."""
    tallies: dict[str, Tally] = {}
    for kind, group in (("layout", LAYOUTS), ("printing", PRINTINGS), ("damage", DAMAGES)):
        for mutation in group:
            tally = tallies[f"{kind} {mutation.__name__}"] = Tally()
            for seed in range(pages):
                tally.add(seed, [mutation], None, whole=kind != "damage")
    for writing in WRITINGS:
        tally = tallies[f"writing {writing.__name__}"] = Tally()
        for seed in range(pages):
            tally.add(seed, [], writing, whole=True)
    return tallies


def combined(pages: int, start: int) -> dict[str, Tally]:
    """Mutations drawn together, on so many pages with damage and without."""
    whole, damaged = Tally(), Tally()
    for seed in range(start, start + pages):
        chance = Random(seed)
        writing = chance.choice((None, None, *WRITINGS))
        clean = together(chance.sample(CLEAN, chance.randint(1, 5)))
        whole.add(seed, clean, writing, whole=True)
        clean = together(chance.sample(CLEAN, chance.randint(0, 3)))
        damages = [chance.choice(DAMAGES) for _ in range(chance.randint(1, 3))]
        damaged.add(seed, [*clean, *damages], writing, whole=False)
    return {"together, nothing lost": whole, "together, damaged": damaged}


def main() -> int:
    """Print a row for each kind, the bad cases, and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutations", description=__doc__)
    parser.add_argument("--pages", type=int, default=2000, help="pages of drawn combinations")
    parser.add_argument("--alone", type=int, default=12, help="pages for each mutation alone")
    parser.add_argument("--seed", type=int, default=100_000, help="where the drawn ones begin")
    options = parser.parse_args()
    tallies = alone(options.alone) | combined(options.pages, options.seed)
    sys.stdout.write(f"{'':34}" + "".join(f"{name:>12}" for name in COLUMNS) + "\n")
    for name, tally in tallies.items():
        row = "".join(f"{tally.counts[column]:>12}" for column in COLUMNS)
        sys.stdout.write(f"{name:34}{row}\n")
    bad = [case for tally in tallies.values() for case in tally.bad]
    for case in bad[:40]:
        sys.stdout.write(f"BAD {case}\n")
    total = sum((tally.counts for tally in tallies.values()), Counter[str]())
    figures = {name: total[name] for name in COLUMNS} | {"bad": len(bad)}
    sys.stdout.write(json.dumps(figures) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
