"""Links that a script opens: ``javascript:show('123')``, ``onclick="window.open('./t1.shtml')"``.

What a call opens is told by one of its arguments, when that is an address, or by the page's own
function of that name: ``function show(id) { window.open('/detail.aspx?id=' + id); }``.
"""

from __future__ import annotations

import re

from spiders import scripting
from spiders.page import Page

_CALL = re.compile(r"^(?:\s*javascript\s*:)?\s*(?:return\s+)?([A-Za-z_$][\w$.]*)\s*\((.*)\)", re.S)
_ARGUMENT = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|(-?[\w.]+))\s*(?:,|$)""")
_FILE = re.compile(r"[^\s\"'<>]+\.(?:s?html?|pdf|docx?|jsp|aspx?|php)(?:\?[^\s\"'<>]*)?", re.I)
_OPENS = re.compile(r"(?:\bopen\s*\(|\blocation(?:\.href)?\s*=(?!=)|\.(?:assign|replace)\s*\()\s*")
_PART = re.compile(
    r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([A-Za-z_$][\w$]*))\s*"""
)
_NO_CODE = 2000  # characters: no link holds more


def target(page: Page, code: str) -> str:
    """Return the absolute URL that a link's code opens, or "".

    Args:
        page: The page, whose functions are looked up.
        code: The ``href`` with its ``javascript:``, or the ``onclick``.
    """
    for part in code[:_NO_CODE].split(";"):
        call = _CALL.match(part.strip())
        if not call:
            continue
        values = [next(filter(None, found), "") for found in _ARGUMENT.findall(call[2])]
        for value in values:
            if _FILE.fullmatch(value) or value.startswith(("http://", "https://", "//")):
                return page.urljoin(value)
        if opened := _opened(page, call[1], values):
            return page.urljoin(opened)
    named = re.search(rf"""["']({_FILE.pattern})["']""", code[:_NO_CODE], re.I)
    return page.urljoin(named[1]) if named else ""


def _opened(page: Page, name: str, values: list[str]) -> str:
    """Return what the page's own function opens, given its arguments."""
    head = re.compile(
        rf"(?:\bfunction\s+{re.escape(name)}\s*|(?<![\w$]){re.escape(name)}\s*=\s*function\s*)"
        r"\(([^)]*)\)\s*(?=\{)"
    )
    for script in page.scripts:
        for found in head.finditer(script):
            names = [one.strip() for one in found[1].split(",")]
            known = dict(zip(names, values, strict=False))
            body = scripting.literal(script, found.end())
            for opens in _OPENS.finditer(body):
                if address := _joined(body, opens.end(), known):
                    return address
    return ""


def _joined(body: str, at: int, known: dict[str, str]) -> str:
    """Return the text of ``'…' + id + '…'``, or "" when it holds what is not known."""
    text = ""
    while part := _PART.match(body, at):
        double, single, template, name = part.groups()
        if name is not None:
            if name not in known:
                return ""
            text += known[name]
        elif template is not None:
            text += re.sub(r"\$\{\s*(\w+)\s*\}", lambda hit: known.get(hit[1], "\n"), template)
        else:
            text += double or single or ""
        at = part.end()
        if body[at : at + 1] != "+":
            break
        at += 1
    return "" if "\n" in text else text
