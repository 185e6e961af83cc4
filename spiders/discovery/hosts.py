"""The file of ``-a hosts=FILE``: hosts or addresses of official portals, one a line."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from spiders.domains import bare, is_government, is_public_suffix

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_NAME = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")


class HostsError(ValueError):
    """The file or a line of it cannot be meant; the message names the line."""


@dataclass(frozen=True, slots=True)
class HostLine:
    """A portal that an operator names.

    Attributes:
        host: Lower case, as written with or without ``www.``.
        scheme: As written, None when only a host was.
        pages: The addresses written besides the bare host: where the portal is entered.
    """

    host: str
    scheme: str | None
    pages: tuple[str, ...] = ()


def read_hosts(file: Path) -> tuple[HostLine, ...]:
    """Read hosts or addresses, one a line; what follows a ``#`` is a comment.

    A host written twice is one portal, entered at all its pages.

    Args:
        file: UTF-8 text.

    Raises:
        HostsError: It cannot be read, has no host, or a line is none of an official portal.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise HostsError(f"hosts={file} cannot be read: {reason}") from None
    found: dict[str, HostLine] = {}
    for number, written in enumerate(text.splitlines(), start=1):
        line = _COMMENT.sub("", written).strip()
        if not line:
            continue
        try:
            one = read_host(line)
        except HostsError as error:
            raise HostsError(f"{file}, line {number}: {error}") from None
        old = found.get(bare(one.host), one)
        pages = tuple(dict.fromkeys((*old.pages, *one.pages)))
        found[bare(one.host)] = HostLine(old.host, old.scheme or one.scheme, pages)
    if not found:
        raise HostsError(f"hosts={file} names no host; write one a line")
    return tuple(found.values())


def read_host(text: str) -> HostLine:
    """Read one host or address of an official portal.

    Args:
        text: ``www.qy.gov.cn`` or ``https://www.qy.gov.cn/qy/gknb/list.shtml``.

    Raises:
        HostsError: It is none, or not one under ``gov.cn``; copies stand on other domains.
    """
    address = text if "://" in text else f"//{text}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise HostsError(f"{text!r} is no address: {error}") from None
    if parts.scheme not in ("", "http", "https"):
        raise HostsError(f"{text!r} is no web address; write http:// or https://, or the host")
    host = (parts.hostname or "").rstrip(".")
    if "@" in parts.netloc or re.search(r"\s", text) or _is_number(host):
        raise HostsError(f"{text!r} is no host of a portal; write a name such as www.qy.gov.cn")
    if not _NAME.fullmatch(host) or is_public_suffix(host):
        raise HostsError(f"{text!r} is no host; write a name such as www.qy.gov.cn")
    if port not in (None, 80, 443):
        raise HostsError(f"{text!r} has port {port}; portals answer on the usual ports")
    if not is_government(host):
        raise HostsError(
            f"{host} is not under gov.cn; copies of reports stand on other domains, and only "
            "official hosts are asked"
        )
    has_page = parts.path not in ("", "/") or bool(parts.query)
    page = parts._replace(scheme=parts.scheme or "http", netloc=host).geturl()
    return HostLine(host, parts.scheme or None, (page,) if has_page else ())


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
