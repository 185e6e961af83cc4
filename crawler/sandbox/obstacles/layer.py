"""The layer of obstacles over a world."""

from __future__ import annotations

import ssl
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from threading import Lock
from typing import Any

from crawler.sandbox.dice import dice
from crawler.sandbox.model import Site
from crawler.sandbox.obstacles.catalogue import KINDS
from crawler.sandbox.obstacles.connections import BROKEN_TRIES
from crawler.sandbox.obstacles.everywhere import everywhere
from crawler.sandbox.obstacles.kind import Asked, End, Role, Steps, head, message
from crawler.sandbox.obstacles.places import Places, bare
from crawler.sandbox.obstacles.placing import ALL, Pairs, Placed, barrier, place
from crawler.sandbox.reply import Reply
from crawler.sandbox.world import World


class Obstacles:
    """What stands between a crawler and a world.

    The same world, plan and share give the same answers: chance hangs on the seed, the address and
    how often it was asked for.

    Attributes:
        placed: The obstacles on their places.
        faults: Share of the answers that are broken in passing, 0 to 1.
    """

    def __init__(self, world: World, plan: str | Pairs = (), *, faults: float = 0.0) -> None:
        """Lay a plan over a world.

        Args:
            world: The world; it stays as it is.
            plan: ``"all"``; or pairs of an obstacle's name and a host, a host and the begin of
                a path, or a whole address with ``$`` at its end. An empty place is the one that
                ``all`` gives it.
            faults: The share of first and second tries that end in a reset, a 503 or half a page.
                A third try is never broken so.

        Raises:
            ValueError: An unknown obstacle, a host that is not of this world, or no share.
        """
        if not 0 <= faults <= 1:
            raise ValueError(f"faults is a share from 0 to 1, not {faults}")
        self._world = world
        self._places = Places(world)
        usual = everywhere(self._places)
        if isinstance(plan, str):
            pairs = usual if plan == ALL else parse(plan, usual)
        else:
            pairs = _with_places(plan, usual)
        self.placed = place(pairs)
        self._check()
        self.faults = faults
        self._tries: Counter[str] = Counter()
        self._lock = Lock()

    def count(self, url: str) -> int:
        """Return how often an address was asked for before, and count this time."""
        with self._lock:
            self._tries[url] += 1
            return self._tries[url] - 1

    def role(self, host: str, path: str) -> Role:
        """Return what stands at an address of the world."""
        return self._places.role(host, path)

    def answers(self, site: Site) -> str:
        """Return the schemes a site answers: its own, or both where it changes schemes."""
        moves = any(one.kind.moves for one in self.placed if one.host == bare(site.host))
        return "both" if moves else site.answers

    def handshake(self, host: str, context: ssl.SSLContext) -> None:
        """Make a host's TLS as old as its obstacles say."""
        for one in self.placed:
            if one.kind.tls is not None and one.host == bare(host):
                one.kind.tls(context)

    def meet(self, asked: Asked) -> tuple[str, Steps] | None:
        """Return the name of the obstacle that a request meets and its answer, or None.

        Args:
            asked: The request.
        """
        met = False
        for one in self._at(asked):
            met = True
            if one.kind.act is not None:
                steps = one.kind.act(replace(asked, selected=one.path))
                if steps is not None:
                    return one.kind.name, steps
        if not met and self._is_broken(asked):
            return "fault", _fault(asked)
        return None

    def alter(self, asked: Asked, reply: Reply) -> Reply:
        """Return the world's answer as the obstacles at its address change it."""
        for one in self._at(asked):
            if one.kind.alter is not None and (reply.status == 200 or asked.role == "robots"):
                reply = one.kind.alter(replace(asked, selected=one.path), reply)
        return reply

    def truth(self) -> dict[str, Any]:
        """Return the truth about the world behind its obstacles.

        Returns:
            What ``World.truth`` returns. Each portal has ``obstacles`` besides: name, place (host,
            or host and path) and ``blocks``. Each report has ``reachable``, and ``why`` where it
            is not: the obstacle and the address on the way to it. A report that stands at several
            addresses is reachable when one of them is. ``faults`` is their share.
        """
        truth = self._world.truth()
        truth["faults"] = self.faults
        blocking = [one for one in self.placed if self._blocks(one)]
        for portal in truth["portals"]:
            portal["obstacles"] = [
                {"name": one.kind.name, "place": one.place, "blocks": one in blocking}
                for one in self.placed
                if one.host == bare(portal["host"])
            ]
        for entry, (_, ways) in zip(truth["reports"], self._places.reports, strict=True):
            barriers = [barrier(blocking, way) for way in ways]
            first = barriers[0]
            if not entry["reachable"]:
                continue
            entry["reachable"] = None in barriers
            if None not in barriers and first is not None:
                entry["why"] = f"{first[0].kind.name} at {first[1].host}{first[1].path}"
        return truth

    def _blocks(self, one: Placed) -> bool:
        """Tell whether it keeps a crawler out; a handshake does not where http is open as well."""
        site = self._world.site(one.host)
        assert site is not None
        return one.kind.blocks and (one.kind.tls is None or self.answers(site) == "https")

    def _check(self) -> None:
        """Refuse what would stand nowhere.

        Raises:
            ValueError: A host that is not of this world, or one without https that is to speak it.
        """
        for one in self.placed:
            site = self._world.site(one.host)
            if site is None:
                hosts = ", ".join(sorted(portal.site.host for portal in self._world.portals))
                raise ValueError(f"no host of the sandbox: {one.host}; there are {hosts}")
            moved = any(two.kind.name == "to_https" for two in self.placed if two.host == one.host)
            if one.kind.tls is not None and site.scheme == "http" and not moved:
                raise ValueError(f"{one.kind.name}: {one.host} has no https; add to_https")

    def _at(self, asked: Asked) -> Iterator[Placed]:
        for one in self.placed:
            if one.kind.tls is None and one.meets(asked.host, asked.path, asked.role):
                yield one

    def _is_broken(self, asked: Asked) -> bool:
        if asked.tries >= BROKEN_TRIES or not self.faults:
            return False
        return dice(asked.seed, "fault", asked.url, asked.tries).random() < self.faults


def parse(text: str, usual: Pairs) -> list[tuple[str, str]]:
    """Read a plan as written on a command line.

    Args:
        text: ``all``, or ``NAME[=HOST[/PATH]],…``.
        usual: The plan ``all``.

    Raises:
        ValueError: An unknown obstacle; names those that there are.
    """
    if text == ALL:
        return list(usual)
    pairs = [part.partition("=")[::2] for part in text.split(",") if part]
    return _with_places(pairs, usual)


def _with_places(pairs: Pairs, usual: Pairs) -> list[tuple[str, str]]:
    """Give the obstacles without a place the one they have in ``all``."""
    found: list[tuple[str, str]] = []
    for name, where in pairs:
        known = [pair for pair in usual if pair[0] == name]
        if not where and name in KINDS and not known:
            raise ValueError(f"this world has no place for {name}; give one: {name}=HOST")
        found += [(name, where)] if where or not known else known
    return found


def _fault(asked: Asked) -> Steps:
    kind = dice(asked.seed, "fault kind", asked.url, asked.tries).choice(("reset", "503", "cut"))
    reply = asked.page()
    if kind == "reset":
        yield End.RESET
    elif kind == "503" or reply.location or not reply.body:
        yield message("503 Service Unavailable", b"")
    else:
        length = ("Content-Length", str(len(reply.body) + 1000))
        yield head(f"{reply.status} Sandbox", length, content_type=reply.content_type)
        yield reply.body[: len(reply.body) // 2]
        yield End.CLOSE
