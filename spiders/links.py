"""What an address tells by its shape alone."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from w3lib.url import url_query_cleaner

_FILE = re.compile(r"\.(?:pdf|ofd|docx?|wps|xlsx?|et|rtf|zip|rar|7z|jpe?g|png|gif|txt|ceb)$", re.I)
_DOWNLOADS = re.compile(r"/\w*(?:down|file|attach|preview)\w*(?:\.\w+)?$", re.I)
# A short sid is a site's number (gkmlpt); a long one can only be a visitor's.
_SESSION = re.compile(
    r"[;?&](jsessionid|phpsessid|aspsessionid\w*|session_?id|session|sess_?id|sid(?==\w{16}))=",
    re.I,
)
_IN_PATH = re.compile(r";jsessionid=[^?#/;]*", re.I)
_DATED_DIRECTORY = re.compile(r"/(?:19|20)\d{2}-?(?:0[1-9]|1[0-2])(?:[-/]?\d{2})?/[^/]+\.s?html?$")
_LIST_FILE = re.compile(r"/(?:index|list)[^/]*$")


def is_file(url: str) -> bool:
    """Tell whether an address is a document of an office program, an archive or a picture, or a
    download that names one (``downfile.jsp?classid=0&filename=8f0c….pdf``)."""
    parts = urlsplit(url)
    if _FILE.search(parts.path):
        return True
    return bool(_DOWNLOADS.search(parts.path)) and any(
        _FILE.search(value) for _, value in parse_qsl(parts.query)
    )


def in_dated_directory(url: str) -> bool:
    """Tell whether an address is a page in a directory named by year and month (``/202501/``)."""
    path = urlsplit(url).path
    return bool(_DATED_DIRECTORY.search(path)) and not _LIST_FILE.search(path)


def without_session(url: str) -> str:
    """Return an address without the visitor's session, which differs at every visit.

    A page linked with a session number would be another address, and another report, each time.
    """
    names = _SESSION.findall(url)
    return url_query_cleaner(_IN_PATH.sub("", url), names, remove=True) if names else url


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses share their host and port, www and bare being one."""
    return _host(one) == _host(other)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")
