"""From text to the words of the index, and from what a user types to a query: one rule for both.

Chinese has no blanks, and SQLite's own tokenizers either index whole sentences or, by trigrams,
answer nothing for words of two characters. So each pair of neighbouring characters is a word, and
the last character of a run stands alone, which lets a single character be found as a beginning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.normal import HAN, simplify

_RUN = re.compile(rf"[{HAN}](?:\s*[{HAN}])*|[^\W_]+", re.UNICODE)
_SPACE = re.compile(r"\s+")
_IS_HAN = re.compile(f"[{HAN}]")
# A Latin word or number inside a run of other letters ends where Han characters begin.
_PART = re.compile(rf"[{HAN}\s]+|[^{HAN}]+")
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')

MAX_TERMS = 20


@dataclass(frozen=True, slots=True)
class Query:
    """What a user asked for.

    Attributes:
        match: The expression for ``MATCH``.
        terms: What is to be marked in what was found: folded runs of characters, a blank where
            signs may stand between them.
    """

    match: str
    terms: tuple[str, ...]


def fold(text: str) -> str:
    """Return a text as words are compared: half-width, simplified, lower case, of equal length.

    Every character keeps its place, so that what is found here can be marked in the print.
    """
    narrow = "".join(map(_narrow, text))
    simple = simplify(narrow)
    return simple if len(simple) == len(text) else narrow


@lru_cache(maxsize=8192)
def _narrow(char: str) -> str:
    for form in (unicodedata.normalize("NFKC", char).lower(), char.lower()):
        if len(form) == 1:
            return form
    return char


def words(text: str) -> str:
    """Return the words of a text for the index, blanks between them."""
    return " ".join(word for run in _runs(fold(text)) for word in _words(run, is_last=True))


def _runs(folded: str) -> Iterator[str]:
    for run in _RUN.finditer(folded):
        for part in _PART.finditer(run[0]):
            if compact := _SPACE.sub("", part[0]):
                yield compact


def _words(run: str, *, is_last: bool) -> list[str]:
    if not _IS_HAN.match(run):
        return [run]
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*pairs, run[-1]] if is_last or not pairs else pairs


def query(typed: str) -> Query | None:
    """Return what to ask the index for.

    Args:
        typed: Terms with blanks between them, which must all be there; ``"…"`` keeps a term with
            blanks together, ``-term`` must not be there. No sign in it is an operator of SQLite's.

    Returns:
        The query; None when there is nothing to look for.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    terms: list[str] = []
    for sign, quoted, bare in _TERM.findall(typed)[:MAX_TERMS]:
        folded = fold(quoted or bare)
        phrase = _phrase(folded)
        if phrase is None:
            continue
        (unwanted if sign else wanted).append(phrase)
        if not sign:
            terms.append(" ".join(_runs(folded)))
    if not wanted:
        return None
    match = " AND ".join(wanted)
    if unwanted:
        match = f"({match}) NOT ({' OR '.join(unwanted)})"
    return Query(match, tuple(dict.fromkeys(terms)))


def _phrase(folded: str) -> str | None:
    """A term as a phrase of neighbouring words; its last character alone may begin a pair."""
    runs = list(_runs(folded))
    found = [
        word
        for number, run in enumerate(runs, start=1)
        for word in _words(run, is_last=number < len(runs))
    ]
    if not found:
        return None
    is_open = len(runs[-1]) == 1 and _IS_HAN.match(runs[-1])
    return f'"{" ".join(found)}"' + (" *" if is_open else "")
