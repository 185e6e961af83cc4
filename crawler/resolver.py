"""Names of portals lead to the public internet, never to a machine of the operator's own network.

A host found on a page, or typed into a file, may resolve to 127.0.0.1 or 10.0.0.1: by mistake of
its owner, or by somebody's intent to have the crawler ask what only it can reach.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Sequence

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

_log = logging.getLogger(__name__)


class PublicResolver(CachingThreadedResolver):
    """Scrapy's own resolver, which does not hear of addresses that are not public."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  # Twisted's name
        """Look a name up.

        Raises:
            DNSLookupError: In the deferred: it has no address, or one that is not public.
        """
        return super().getHostByName(name, timeout).addCallback(public, name)


def public(address: str, name: str) -> str:
    """Return the address a name resolved to, if it is a public one.

    Args:
        address: IPv4 or IPv6.
        name: The name, for the message.

    Raises:
        DNSLookupError: It is private, local, reserved or none.
    """
    try:
        is_public = ipaddress.ip_address(address).is_global
    except ValueError:
        is_public = False
    if not is_public:
        reason = f"{name} leads to {address}, which is not a public address"
        _log.warning("%s: it is not asked", reason)
        raise DNSLookupError(reason)
    return address
