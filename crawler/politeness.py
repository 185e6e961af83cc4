"""The unit of politeness: all hosts of one registered domain share one slow connection.

The hosts of a city are one machine room, so ``xzsp.xiangyang.gov.cn`` and ``www.xiangyang.gov.cn``
count as one.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from tldextract import TLDExtract

# The list of public suffixes that the library ships; it is never fetched.
_split = TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=65536)
def registered_domain(host: str) -> str:
    """Return the registered domain of a host (``xiangyang.gov.cn``), or the host itself.

    Args:
        host: A host name or an address, without a port.
    """
    return _split(host).top_domain_under_public_suffix or host


def slot_of(url: str) -> str:
    """Return the download slot of an address: the registered domain of its host."""
    return registered_domain((urlsplit(url).hostname or "").lower())


def is_public_suffix(domain: str) -> bool:
    """Tell whether a domain is one under which others register (``gov.cn``)."""
    return not _split(domain).domain
