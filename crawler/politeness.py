"""The unit of politeness: all hosts of one registered domain share one slow connection.

The hosts of a city are one machine room, so ``xzsp.xiangyang.gov.cn`` and ``www.xiangyang.gov.cn``
count as one.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from spiders.domains import is_public_suffix, registered_domain

__all__ = ["is_public_suffix", "registered_domain", "slot_of"]


def slot_of(url: str) -> str:
    """Return the download slot of an address: the registered domain of its host."""
    return registered_domain((urlsplit(url).hostname or "").lower())
