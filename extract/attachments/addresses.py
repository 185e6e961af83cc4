"""Addresses of files: broken over lines, wrapped into a viewer's, or with a token that expires."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

TYPES = ("pdf", "ofd", "docx", "doc", "docm", "wps", "xlsx", "xls", "xlsm", "et", "rtf", "mht",
         "mhtml", "zip", "rar", "7z", "tiff", "tif", "odt", "ods", "ceb")  # fmt: skip
PICTURES = ("jpg", "jpeg", "png", "bmp", "webp", "gif")

_ENDING = re.compile(rf"\.({'|'.join(TYPES)})(?=$|[?#&;])", re.I)
_PICTURE = re.compile(rf"\.({'|'.join(PICTURES)})(?=$|[?#&;])", re.I)
_NAMED = re.compile(rf"\.({'|'.join((*TYPES, *PICTURES))})[\s\"'》）)\]】]*$", re.I)
_BROKEN = re.compile(r"\s*[\r\n\t]+\s*|[\u200b-\u200f\u2028\u2029\ufeff]")
_VIEWER = re.compile(r"view|preview|pdfjs|reader|player|online|kkfile", re.I)
_PAGE = re.compile(r"\.(?:s?html?|aspx?|jsp|php|do|action)$|/[^./]*$", re.I)
_DOWNLOADS = re.compile(r"down|attach|annex|fujian|getfile|readfile|openfile|viewfile", re.I)
# What a gateway adds for a while: it is no part of which file this is.
_PASSING = re.compile(
    r"(?:x-(?:amz|oss|cos|obs)-.*|(?:q-)?sign(?:ature|ed)?(?:-.*)?|sig|token|access_?token|"
    r"access_?key(?:_?id)?|ossaccesskeyid|awsaccesskeyid|security-token|expires?(?:_?at|_?in)?|"
    r"expiry|auth(?:_?key|orization)?|ticket|nonce|time_?stamp|ts|_t|_|rand(?:om)?|rnd|"
    r"session(?:_?id)?|v|ver|version|policy)",
    re.I,
)
_LONGEST = 2000  # characters; no portal's address is longer


def ending(address: str, name: str = "") -> str | None:
    """Return the kind of file that an address, or else the name of its link, ends in.

    Args:
        address: The address as linked.
        name: What the link says.

    Returns:
        An ending in lower case, None when neither says so. A picture is told by its name only:
        pages are full of addresses of pictures that are none of the report's.
    """
    plain = unquote(address) if "%" in address else address
    found = _ENDING.search(plain) or _NAMED.search(name)
    return found[1].lower() if found else None


def picture_ending(address: str) -> str | None:
    """Return the kind of picture that an address ends in, None when it is no picture's."""
    found = _PICTURE.search(urlsplit(address).path)
    return found[1].lower() if found else None


def is_download(address: str) -> bool:
    """Tell whether an address is a script that hands out files by their number."""
    parts = urlsplit(address)
    return bool(parts.query) and bool(_DOWNLOADS.search(parts.path.rsplit("/", 1)[-1]))


def mended(address: str) -> str:
    """Return an address as a browser takes it: without line breaks, blanks inside it encoded."""
    return _BROKEN.sub("", address[:_LONGEST]).strip().replace("\\/", "/").replace(" ", "%20")


def unwrapped(address: str) -> str:
    """Return the file that a viewer shows (``viewer.html?file=…``), else the address itself.

    A script that only hands the file out (``downfile.jsp?filename=…``) is its address.

    Args:
        address: Absolute, or relative to the page; stays so unless the file's is absolute.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not (_VIEWER.search(parts.path) and _PAGE.search(parts.path)):
        return address
    for _, value in parse_qsl(parts.query + ("&" + parts.fragment if parts.fragment else "")):
        for told in (value, _from_base64(value)):
            if told and ("/" in told or "://" in told) and ending(told):
                return urljoin(address, mended(told))
    return address


def same_file(address: str) -> str:
    """Return an address without what a gateway puts into its query for a while.

    The same file linked with another token, or asked for tomorrow, has the same one.

    Args:
        address: Absolute.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if ending(parts.path) or picture_ending(address):
        return urlunsplit(parts._replace(query="", fragment=""))
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _PASSING.fullmatch(name)
    ]
    return urlunsplit(parts._replace(query=urlencode(kept), fragment=""))


def _from_base64(value: str) -> str:
    """kkFileView takes the file's address in base64."""
    if len(value) < 12 or not re.fullmatch(r"[A-Za-z0-9+/=_ -]+", value):
        return ""
    try:
        plain = value.replace("-", "+").replace("_", "/").replace(" ", "+")
        return b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
