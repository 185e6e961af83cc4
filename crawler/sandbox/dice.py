"""Chance that repeats: every part of the world has dice of its own, named by what they decide."""

from __future__ import annotations

from random import Random


def dice(seed: int, *names: object) -> Random:
    """Return dice for one decision.

    Args:
        seed: The world's seed.
        *names: What is decided (``"figures", body.key``). A page rendered alone, or in another
            order, gets the same numbers because its dice hang on names, not on turns.
    """
    return Random("|".join(map(str, (seed, *names))))  # a string is seeded by SHA-512
