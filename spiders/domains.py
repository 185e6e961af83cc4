"""Registered domains: what belongs to one body of government, and to one machine room."""

from __future__ import annotations

from functools import lru_cache

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


def is_public_suffix(domain: str) -> bool:
    """Tell whether a domain is one under which others register (``gov.cn``)."""
    return not _split(domain).domain


def is_government(host: str) -> bool:
    """Tell whether a host stands under ``gov.cn``, where only bodies of government register."""
    return host.endswith(".gov.cn") and not is_public_suffix(host)


def bare(host: str) -> str:
    """Return a host without ``www.`` and in lower case: with and without it is one host."""
    return host.lower().rstrip(".").removeprefix("www.")
