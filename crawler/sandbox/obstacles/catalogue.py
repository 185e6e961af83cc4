"""All kinds of obstacles, by name."""

from __future__ import annotations

from crawler.sandbox.obstacles import (
    bodies,
    challenges,
    connections,
    redirects,
    robots,
    traps,
    wrong_pages,
)
from crawler.sandbox.obstacles.kind import Kind

# One that answers alone stands before one that only changes what the world answers, and a change
# of scheme before all: where several stand at an address, the first that acts is met.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for module in (redirects, challenges, connections, bodies, wrong_pages, robots, traps)
    for kind in sorted(module.KINDS, key=lambda kind: not kind.moves)
}
