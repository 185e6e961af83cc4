"""Damage done to a text's lines: what is lost, added, cut or garbled between the page and us."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Lines = list[str]
Damage = Callable[[Lines, Random], None]

_HEAD = "某市水利局2024年政府信息公开工作年度报告"


def lose_line(rows: Lines, chance: Random) -> None:
    del rows[chance.randrange(len(rows))]


def page_number(rows: Lines, chance: Random) -> None:
    """A bare number stands between two lines."""
    rows.insert(chance.randrange(len(rows)), str(chance.randint(1, 6)))


def page_foot(rows: Lines, chance: Random) -> None:
    """The foot and head of a page stand between two lines, on every page alike."""
    number = chance.randint(1, 3)
    style = chance.choice(["- {} -", "— {} —", "第 {} 页 共 5 页", "{}/5", "第{}页"])
    for page in range(number):
        at = chance.randrange(len(rows))
        rows[at:at] = [style.format(page + 1), *([_HEAD] if number > 1 else [])]


def join_lines(rows: Lines, chance: Random) -> None:
    at = chance.randrange(len(rows) - 1)
    rows[at : at + 2] = [rows[at] + rows[at + 1]]


def break_line(rows: Lines, chance: Random) -> None:
    at = chance.randrange(len(rows))
    if len(rows[at]) > 1:
        cut = chance.randrange(1, len(rows[at]))
        rows[at : at + 1] = [rows[at][:cut], rows[at][cut:]]


def double_line(rows: Lines, chance: Random) -> None:
    at = chance.randrange(len(rows))
    rows.insert(at, rows[at])


def swap_lines(rows: Lines, chance: Random) -> None:
    at = chance.randrange(len(rows) - 1)
    # Two cells of one column that change places are two good numbers to any reader.
    if not (_bare(rows[at]) and _bare(rows[at + 1])):
        rows[at], rows[at + 1] = rows[at + 1], rows[at]


def garble_digit(rows: Lines, chance: Random) -> None:
    """A recogniser reads 0 as O and 1 as l; a damaged copy loses a character."""
    at, number = _number(rows, chance)
    if number:
        bad = {"0": "O", "1": "l"}.get(number[0][0], "\ufffd")
        rows[at] = rows[at][: number.start()] + bad + rows[at][number.start() + 1 :]


def mask_digit(rows: Lines, chance: Random) -> None:
    at, number = _number(rows, chance)
    if number:
        rows[at] = rows[at][: number.start()] + "*" + rows[at][number.start() + 1 :]


def split_digits(rows: Lines, chance: Random) -> None:
    """A blank, or several, stand inside a number."""
    at, number = _number(rows, chance, r"(?<![\d.])\d{2,}(?![\d.])")
    if number:
        cut = chance.randrange(number.start() + 1, number.end())
        rows[at] = rows[at][:cut] + chance.choice([" ", "  "]) + rows[at][cut:]


def lose_number(rows: Lines, chance: Random) -> None:
    at, number = _number(rows, chance)
    if number:
        rows[at] = rows[at][: number.start()] + rows[at][number.end() :]


def han_number(rows: Lines, chance: Random) -> None:
    at, number = _number(rows, chance, r"(?<![\d.])\d(?![\d.])")
    if number:
        han = "〇一二三四五六七八九"[int(number[0])]
        rows[at] = rows[at][: number.start()] + han + rows[at][number.end() :]


def _bare(row: str) -> bool:
    return row.strip(" |\t｜│").replace(" ", "").isdigit()


def _number(
    rows: Lines, chance: Random, pattern: str = r"(?<![\d.])\d+(?![\d.])"
) -> tuple[int, re.Match[str] | None]:
    """A number that stands in a cell, by chance."""
    places = [(at, hit) for at, row in enumerate(rows) for hit in re.finditer(pattern, row)
              if not re.match(r"\s*[\\]?\d*[.、]?[\u4e00-\u9fff(（]", row[hit.start():])]
    return chance.choice(places) if places else (0, None)


DAMAGES: tuple[Damage, ...] = (
    lose_line, page_number, page_foot, join_lines, break_line, double_line, swap_lines,
    garble_digit, mask_digit, split_digits, lose_number, han_number,
)
