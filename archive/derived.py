"""Variables that no form prints: sums and shares, and series that run over several forms.

They are generated columns of the panel (``data/derived.tsv`` has the formulas), so that they can
be neither stale nor filled: a part that is NULL makes the whole NULL.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived variable.

    Attributes:
        name: Its released name: ``d_…`` is made of one form's cells, ``c_…`` runs over forms.
        formula: SQL over the panel's columns.
        label: What it is, in Chinese.
        label_en: The same in English.
        unit: 件, ``share`` (0 to 1) or ``year``.
        eras: The first years of the forms that it is made of.
        comparable: ``yes``: one series over those forms; ``near``: nearly, as the note says.
        note: What to know before using it.
    """

    name: str
    formula: str
    label: str
    label_en: str
    unit: str
    eras: tuple[int, ...]
    comparable: str
    note: str


def _read() -> tuple[Derived, ...]:
    text = (files(__package__) / "data" / "derived.tsv").read_text(encoding="utf-8")
    return tuple(
        Derived(
            line["name"], line["formula"], line["label"], line["label_en"], line["unit"],
            tuple(map(int, line["forms"].split(","))), line["comparable"], line["note"],
        )
        for line in csv.DictReader(text.splitlines(), delimiter="\t")
    )  # fmt: skip


#: All derived variables, in the order of the panel's columns; one may use those before it.
DERIVED = _read()
