"""What stands in the scripts of a page: objects, their fields, and addresses of interfaces."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

_MARKS = {"{": "}", "[": "]"}
_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_$][\w$]*)\s*:")
_MOST_VALUES = 5  # of one name in a script that are looked at
PREFIX = r"(?:https?:)?(?://[\w.:-]{1,80})?(?:/[\w.-]{1,60}){0,4}?"
"""What may stand before the path of an interface in a script; matches in linear time."""
_LARGEST = 4 << 20  # characters of an object that is looked for its end


def literal(script: str, start: int) -> str:
    """Return the object or array that begins at ``start``, to its closing bracket; "" when it
    does not end."""
    open_mark = script[start : start + 1]
    if open_mark not in _MARKS:
        return ""
    depth, quote, at = 0, "", start
    end = min(len(script), start + _LARGEST)
    while at < end:
        char = script[at]
        if quote:
            if char == "\\":
                at += 1
            elif char == quote:
                quote = ""
        elif char in "\"'`":
            quote = char
        elif char in "{[":
            depth += 1
        elif char in "}]":
            depth -= 1
            if depth == 0:
                return script[start : at + 1]
        at += 1
    return ""


def assigned(script: str, name: str) -> Any:
    """Return the value of ``name = {…}`` or ``name: [...]`` in a script, or None.

    Args:
        script: Its text.
        name: Of the variable or the field.
    """
    hits = re.finditer(rf"""(?<![\w$.])["']?{re.escape(name)}["']?\s*[:=]\s*(?=[\[{{])""", script)
    for hit in islice(hits, _MOST_VALUES):
        value = relaxed(literal(script, hit.end()))
        if value is not None:
            return value
    return None


def relaxed(text: str) -> Any:
    """Return what an object of a script means: JSON, or with bare keys and single quotes; None
    when it is neither."""
    for attempt in (text, _double_quoted(_BARE_KEY.sub(r'\1"\2":', text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _double_quoted(text: str) -> str:
    """Write single-quoted strings in double quotes, and leave out commas before a bracket."""

    def other(hit: re.Match[str]) -> str:
        if hit[1] is None:
            return hit[0]
        inner = hit[1].replace("\\'", "'")
        return '"' + re.sub(r'(?<!\\)"', r"\"", inner) + '"'

    text = re.sub(r"""'((?:[^'\\]|\\.)*)'|"(?:[^"\\]|\\.)*\"""", other, text)
    return re.sub(r",\s*([\]}])", r"\1", text)


def field(script: str, name: str) -> str | None:
    """Return the text or number of a field (``unitid:'212860'``, ``perPage = 15``), or None."""
    hit = re.search(
        rf"""(?<![\w$]){re.escape(name)}["']?\s*[:=]\s*(?:"([^"\n]*)"|'([^'\n]*)'|(-?\d+))""",
        script,
    )
    return next((part for part in hit.groups() if part is not None), None) if hit else None


def asked(url: str, **changed: str) -> str:
    """Return an address with some fields of its query changed or added, the order kept."""
    parts = urlsplit(url.replace("&amp;", "&"))
    fields = dict(parse_qsl(parts.query, keep_blank_values=True)) | changed
    return parts._replace(query=urlencode(fields)).geturl()


def query(url: str) -> dict[str, str]:
    """Return the fields of an address's query."""
    return dict(parse_qsl(urlsplit(url.replace("&amp;", "&")).query, keep_blank_values=True))
