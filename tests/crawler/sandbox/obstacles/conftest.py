"""A client that shows what comes over the wire, as it is: no redirect, decoding or retry."""

from __future__ import annotations

import http.client
import itertools
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from crawler.sandbox.obstacles.layer import Obstacles
from crawler.sandbox.server import Sandbox
from crawler.sandbox.world import World


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Client:
    """Asks one server."""

    def __init__(self, proxy: str) -> None:
        host, port = proxy.removeprefix("http://").split(":")
        self.address = host, int(port)

    @contextmanager
    def connected(self, url: str) -> Iterator[http.client.HTTPConnection]:
        """A connection for a host, through the proxy, that accepts any handshake."""
        parts = urlsplit(url)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            context.set_ciphers("ALL:@SECLEVEL=0")
            secure = http.client.HTTPSConnection(*self.address, timeout=20, context=context)
            secure.set_tunnel(parts.hostname or "", 443)
            connection: http.client.HTTPConnection = secure
        else:
            connection = http.client.HTTPConnection(*self.address, timeout=20)
        with closing(connection):
            yield connection

    def get(self, url: str, cookie: str = "") -> Answer:
        with self.connected(url) as connection:
            parts = urlsplit(url)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            headers = {"Cookie": cookie} if cookie else {}
            connection.request("GET", target if parts.scheme == "https" else url, headers=headers)
            reply = connection.getresponse()
            return Answer(reply.status, reply.headers, reply.read())

    def raw(self, url: str, method: str = "GET") -> bytes:
        """All that comes for a plain http request until the connection ends."""
        with socket.create_connection(self.address, 20) as wire:
            wire.sendall(f"{method} {url} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: wire.recv(1 << 16), b""))


Serve = Callable[..., Client]


@pytest.fixture
def serve(world: World, tmp_path: Path) -> Iterator[Serve]:
    """Return a function that serves the world behind obstacles, in this process."""
    numbers = itertools.count()
    with ExitStack() as stack:

        def start(plan: object = (), faults: float = 0.0) -> Client:
            folder = tmp_path / f"server_{next(numbers)}"
            folder.mkdir()
            laid = Obstacles(world, plan, faults=faults)
            server = stack.enter_context(Sandbox(world, folder, obstacles=laid))
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
            stack.callback(server.shutdown)
            return Client(server.proxy)

        yield start
