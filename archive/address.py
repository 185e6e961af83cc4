"""One comparison form for addresses: http and https, www and bare are the same page."""

from __future__ import annotations

from urllib.parse import urlsplit

from extract.attachments.addresses import ending, is_download, same_file

DEFAULT_PORTS = {"http": 80, "https": 443}


def host(url: str) -> str:
    """Return the host of a URL in lower case, without port; empty when it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # such as an unclosed IPv6 bracket, copied from a page
        return ""


def address(url: str) -> str:
    """Return the comparison form of a URL.

    Dropped: scheme, ``www.``, the scheme's own port, an empty path's slash, and of a file what a
    gateway puts into its query for a while. Kept: other ports, path, query and fragment (some
    portals address an article by its fragment).

    Args:
        url: An absolute URL.

    Returns:
        For example ``qy.gov.cn/qy/gknb/list.shtml``; the URL itself when it cannot be parsed.
    """
    try:
        parts = urlsplit(url.strip())
        if parts.query and (ending(parts.path) or is_download(url)):
            parts = urlsplit(same_file(url.strip()))
        port = parts.port
    except ValueError:
        return url.strip()
    name = (parts.hostname or "").removeprefix("www.")
    if not name:
        return url.strip()
    if port is not None and port != DEFAULT_PORTS.get(parts.scheme):
        name += f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return name + (parts.path or "/") + query + fragment
