"""An obstacle on its place, and what that means for the addresses there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.sandbox.obstacles.catalogue import KINDS
from crawler.sandbox.obstacles.kind import Kind, Role
from crawler.sandbox.obstacles.places import Spot, bare

ALL = "all"
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Placed:
    """A kind of obstacle, laid on a host or on part of it.

    Attributes:
        kind: The kind.
        host: Without www.
        path: All paths that begin so; with ``$`` at the end, as in robots.txt, this one only.
    """

    kind: Kind
    host: str
    path: str

    @property
    def place(self) -> str:
        """Where it stands, as in a plan."""
        return self.host + ("" if self.path == "/" else self.path)

    def covers(self, path: str) -> bool:
        """Tell whether a path lies within its selection."""
        if self.path.endswith("$"):
            return path == self.path[:-1]
        return path.startswith(self.path)

    def meets(self, host: str, path: str, role: Role) -> bool:
        """Tell whether a request for this address meets it; robots.txt speaks for its host."""
        if self.host != bare(host) or not self.kind.touches(role):
            return False
        return role == "robots" or self.covers(path)

    def bars(self, spot: Spot) -> bool:
        """Tell whether it keeps a polite crawler from an address."""
        if not self.kind.blocks or self.host != spot.host:
            return False
        if self.kind.name == "robots_503":
            return True
        if self.kind.name == "robots_disallow":
            return self.covers(spot.path)
        return self.meets(spot.host, spot.path, spot.role)


def place(pairs: Pairs) -> list[Placed]:
    """Return the obstacles of a plan on their places.

    Args:
        pairs: Name, and host or host and path.

    Raises:
        ValueError: There is no such obstacle; names those that there are.
    """
    placed = []
    for name, where in pairs:
        if name not in KINDS:
            raise ValueError(f"unknown obstacle {name!r}; there are {ALL}, {', '.join(KINDS)}")
        host, slash, path = where.partition("/")
        placed.append(Placed(KINDS[name], bare(host), slash + path or "/"))
    # A change of scheme comes first: what stands at the old scheme is never seen.
    return sorted(placed, key=lambda one: not one.kind.moves)


def barrier(placed: Iterable[Placed], way: Iterable[Spot]) -> tuple[Placed, Spot] | None:
    """Return the first obstacle on a way that cannot be passed, and where, or None."""
    obstacles = [one for one in placed if one.kind.blocks]
    for spot in way:
        for one in obstacles:
            if one.bars(spot):
                return one, spot
    return None
