"""What a number format prints of a stored number (ECMA-376, 18.8.30 and 18.8.31).

A cell stores 0.1234 and prints 12%, stores 45310 and prints a day, or stores 0 and prints nothing.
What is printed is what the body says.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
    43: "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that a workbook does not spell out, as a Chinese Excel prints them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+|e+(?![+-]))|(?P<power>E[+-])|(?P<digits>[0#?]+)|(?P<sign>[.,%@/])"
    r"|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$")
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)  # of no zone; it is only counted from
_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_LAST_DAY = 2_958_465  # 9999-12-31
_WIDTH = 11  # characters of a number in the general format
_HAN = "〇一二三四五六七八九"
_MONTHS = "January February March April May June July August September October November December"


class _Token(NamedTuple):
    kind: str
    text: str


def printed(value: float, code: str, *, since_1904: bool = False) -> str | None:
    """Return what a cell prints of a number.

    Args:
        value: The number stored.
        code: The number format.
        since_1904: Days are counted from 1904, as old Macintoshes do.

    Returns:
        The text, empty where the format prints nothing; None for a format that is not known here.
    """
    section, minus = _section(code, value)
    tokens = _tokens(section)
    kinds = {token.kind for token in tokens}
    if not section.strip() or "general" in kinds or section == "@" or _is_text(tokens):
        return _with_general(tokens, value) if section else ""
    if "date" in kinds or "elapsed" in kinds:
        return _day(tokens, value, since_1904)
    if "digits" not in kinds:
        return "".join(token.text for token in tokens if token.kind == "literal").strip()
    shown = _number(tokens, abs(value) if minus is not None else value)
    if shown is None:
        return None
    return f"{minus}{shown}".strip() if minus and shown.strip("0.,") else shown.strip()


def general(value: float) -> str:
    """Return a number as the general format prints it, in a column that is wide enough."""
    if value == int(value) and abs(value) < 10**_WIDTH:
        return str(int(value))
    if abs(value) >= 10**_WIDTH or 0 < abs(value) < 1e-9:
        return f"{value:.5E}".replace("E+0", "E+").replace("E-0", "E-")
    whole = len(str(int(abs(value))))
    text = f"{value:.{max(_WIDTH - 1 - whole, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[_Token, ...]:
    found: list[_Token] = []
    for hit in _TOKEN.finditer(section):
        kind, text = hit.lastgroup or "other", hit[hit.lastgroup or 0]
        if kind == "space":
            kind, text = "literal", " "
        elif kind == "fill":
            continue
        elif kind in {"quoted", "escaped", "other"}:
            kind = "literal"
        elif kind == "bracket":
            if re.fullmatch(r"h+|m+|s+", text, re.I):
                kind = "elapsed"
            elif text.startswith("$"):
                kind, text = "literal", text[1:].partition("-")[0]
            elif text.lower().startswith("dbnum"):
                kind = "han"
            else:
                continue  # a colour or a condition
        found.append(_Token(kind, text))
    return tuple(found)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    parts, start, quoted, skip = [], 0, False, False
    for at, sign in enumerate(code):
        if skip:
            skip = False
        elif sign == '"':
            quoted = not quoted
        elif sign in "\\_*" and not quoted:
            skip = True
        elif sign == ";" and not quoted:
            parts.append(code[start:at])
            start = at + 1
    return (*parts, code[start:])


def _section(code: str, value: float) -> tuple[str, str | None]:
    """The part of a format that a number is printed by, and the sign put before its amount.

    The sign is None where the number itself is printed, sign and all.
    """
    parts = _sections(code)
    asked = [_condition(part) for part in parts[:3]]
    if any(asked):
        for part, condition in zip(parts, asked, strict=False):
            if condition is None or _holds(condition, value):
                return part, "-" if value < 0 else None
        return parts[-1], None
    if len(parts) > 1 and value < 0:
        return parts[1], ""  # its own sign stands in it
    if len(parts) > 2 and value == 0:
        return parts[2], None
    return parts[0], "-" if value < 0 else None


def _condition(part: str) -> tuple[str, float] | None:
    for hit in re.finditer(r"\[([^\]]*)\]", part):
        told = _CONDITION.match(hit[1])
        if told:
            return told[1], float(told[2])
    return None


def _holds(condition: tuple[str, float], value: float) -> bool:
    sign, other = condition
    return {"<": value < other, ">": value > other, "=": value == other, "<=": value <= other,
            ">=": value >= other, "<>": value != other}[sign]


def _is_text(tokens: tuple[_Token, ...]) -> bool:
    return any(token == ("sign", "@") for token in tokens)


def _with_general(tokens: tuple[_Token, ...], value: float) -> str | None:
    if any(token.kind == "han" for token in tokens):
        return None  # 一百二十三: no report counts so
    if not tokens or all(token.kind == "literal" for token in tokens):
        return "".join(token.text for token in tokens).strip()
    text = "".join(
        general(value) if token.kind == "general" or token == ("sign", "@") else token.text
        for token in tokens
    )
    return text.strip()


def _number(tokens: tuple[_Token, ...], value: float) -> str | None:
    places = [at for at, token in enumerate(tokens) if token.kind == "digits"]
    first, last = places[0], places[-1]
    if first and tokens[first - 1] == ("sign", "."):
        first -= 1
    pattern = tokens[first : last + 1]
    if any(token.kind == "power" for token in pattern):
        return None if len(places) > 3 else general(value)
    if any(token.kind not in {"digits", "sign"} or token.text in "%@/" for token in pattern):
        return None  # fractions, and digits with words between them
    front, _, back = "".join(token.text for token in pattern).partition(".")
    if "." in back:
        return None
    behind = tokens[last + 1 :]
    percents = sum(token == ("sign", "%") for token in tokens)
    scale = 0
    while scale < len(behind) and behind[scale] == ("sign", ","):
        scale += 1
    amount = Decimal(repr(value)) * 100**percents / 1000**scale
    decimals = len(back.replace(",", ""))
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = _laid_out(rounded, front, back.replace(",", ""))
    if any(token.kind == "han" for token in tokens):
        text = "".join(_HAN[int(sign)] if sign.isdecimal() else sign for sign in text)
    before = "".join(_literal(token) for token in tokens[:first])
    after = "".join(_literal(token) for token in behind[scale:])
    return f"{before}{text}{after}"


def _literal(token: _Token) -> str:
    return token.text if token.kind in {"literal", "sign"} else ""


def _laid_out(rounded: Decimal, front: str, back: str) -> str:
    sign = "-" if rounded < 0 else ""
    whole, _, part = f"{abs(rounded):f}".partition(".")
    least = sum(digit == "0" for digit in front)
    whole = "" if whole == "0" and not least else whole.zfill(least)
    if "," in front and whole:
        whole = f"{int(whole):,}".rjust(least)
    kept = len(part)
    while kept and part[kept - 1] == "0" and back[kept - 1] != "0":
        kept -= 1
    part = part[:kept]
    point = "." if back and (part or "0" in back or "." in back) else ""
    return f"{sign}{whole}{point}{part}" if whole or part else ""


def _day(tokens: tuple[_Token, ...], value: float, since_1904: bool) -> str | None:
    if not 0 <= value <= _LAST_DAY or any(token.kind == "elapsed" for token in tokens):
        return None
    seconds = round((value % 1) * 86_400)
    day = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=int(value), seconds=seconds)
    half = any(token.kind == "half" for token in tokens)
    text, hour = "", False
    for at, token in enumerate(tokens):
        kind, mark = token.kind, token.text.lower()
        if kind == "date":
            minute = mark[0] == "m" and (hour or _before_seconds(tokens, at))
            text += _part_of_day(day, mark, minute=minute, half=half)
            hour = mark[0] == "h" or (hour and mark[0] == "s")
        elif kind == "half":
            text += "AM" if day.hour < 12 else "PM"
        elif kind == "digits" or (kind == "sign" and mark in "%@,"):
            continue
        elif kind != "han":
            text += token.text
    return text.strip()


def _before_seconds(tokens: tuple[_Token, ...], at: int) -> bool:
    later = (token.text.lower()[0] for token in tokens[at + 1 :] if token.kind == "date")
    return next(later, "") == "s"


def _part_of_day(day: datetime, mark: str, *, minute: bool, half: bool) -> str:
    letter, wide = mark[0], len(mark)
    if letter in "ye":
        return f"{day.year % 100:02d}" if letter == "y" and wide < 3 else str(day.year)
    if letter == "m" and not minute:
        if wide > 2:
            name = _MONTHS.split()[day.month - 1]
            return name[:3] if wide == 3 else name
        return f"{day.month:02d}" if wide == 2 else str(day.month)
    if letter == "d" and wide > 2:
        return f"{day:%a}" if wide == 3 else f"{day:%A}"
    number = {"d": day.day, "h": (day.hour % 12 or 12) if half else day.hour, "m": day.minute,
              "s": day.second}[letter]
    return f"{number:02d}" if wide > 1 else str(number)
