"""The labelled sentences: what a reader of the text says the numbers are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from extract.indicators import find
from extract.record import Indicator, Section

FOLDER = Path(__file__).parent
YEAR = 2024

# key=value unit @subject ~ (approximate) !basis
_LABEL = re.compile(
    r"(?P<key>\w+)=(?P<value>[\d.]+)(?P<unit>[^@~!]*)(?:@(?P<subject>[^~!]+))?"
    r"(?P<about>~)?(?:!(?P<basis>\w+))?"
)

Claim = tuple[str, float, str | None, str]  # key, value, subject, basis


@dataclass(frozen=True)
class Labelled:
    """One sentence of sentences.tsv.

    Attributes:
        section: The number of the section it stands in.
        text: The sentence, of a report on 2024.
        claims: What is to be found.
        units: The printed unit of each key.
        half: ``development`` or ``held_out``, by a hash of the text.
    """

    section: int
    text: str
    claims: tuple[Claim, ...]
    units: dict[str, str]

    @property
    def half(self) -> str:
        return "held_out" if crc32(self.text.encode()) % 2 else "development"

    def found(self) -> list[Indicator]:
        return find([Section(self.section, "", self.text)], YEAR)


def sentences() -> list[Labelled]:
    """Read sentences.tsv: section, sentence, labels (``-`` for none)."""
    rows = (FOLDER / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    return [_labelled(*row.split("\t")) for row in rows if row]


def claim(one: Indicator) -> Claim:
    """Return what is compared of an indicator."""
    return (one.key, float(one.value), one.subject, one.basis)


@dataclass
class Counts:
    """Hits, wrong claims and misses of one key."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)


def measure(half: str | None = None) -> dict[str, Counts]:
    """Count what the rules make of the sentences of one half, or of all."""
    counts: dict[str, Counts] = {}
    for one in sentences():
        if half not in (None, one.half):
            continue
        wanted, got = Counter(one.claims), Counter(map(claim, one.found()))
        for (key, *_), number in (wanted & got).items():
            counts.setdefault(key, Counts()).right += number
        for (key, *_), number in (got - wanted).items():
            counts.setdefault(key, Counts()).wrong += number
        for (key, *_), number in (wanted - got).items():
            counts.setdefault(key, Counts()).missed += number
    return counts


def _labelled(section: str, text: str, labels: str) -> Labelled:
    claims, units = [], {}
    for label in [] if labels == "-" else labels.split(" | "):
        hit = _LABEL.fullmatch(label)
        assert hit is not None, label
        basis = "approximate" if hit["about"] else hit["basis"] or "stated"
        claims.append((hit["key"], float(hit["value"]), hit["subject"], basis))
        units[hit["key"]] = hit["unit"]
    return Labelled(int(section), text, tuple(claims), units)
