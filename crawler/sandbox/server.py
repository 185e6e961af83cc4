"""The forward proxy that answers for the hosts of a world: http as is, https after CONNECT."""

from __future__ import annotations

import gzip
import itertools
import os
import socket
import ssl
import struct
import sys
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, TextIO
from urllib.parse import unquote, urlsplit

from crawler.sandbox import freshness
from crawler.sandbox.access_log import AccessLog
from crawler.sandbox.certificates import Authority
from crawler.sandbox.model import Site
from crawler.sandbox.obstacles.kind import Asked, End, Pause, Steps
from crawler.sandbox.obstacles.layer import Obstacles
from crawler.sandbox.reply import Reply
from crawler.sandbox.world import World

IDLE_SECONDS = 120  # a kept connection nobody speaks on is closed
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER, no time: the kernel sends RST, not FIN


class Sandbox(ThreadingHTTPServer):
    """Serves one world on loopback.

    Attributes:
        world: The world.
        obstacles: What stands in front of it.
        authority: Issues the certificates of its https hosts.
        visits: What the view counters show next.
        connections: The number of the next connection.
        log: Gets a line a request.
        stopping: Set when the server ends; slow answers end with it.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, world: World, folder: Path, port: int = 0, log: TextIO | None = None,
        obstacles: Obstacles | None = None,
    ) -> None:  # fmt: skip
        """Bind to loopback.

        Args:
            world: The world to serve.
            folder: A private folder for certificates.
            port: 0 for any free port.
            log: Where to write a line a request (``access_log``).
            obstacles: Laid over this world; none by default.

        Raises:
            OSError: The port is taken.
        """
        super().__init__(("127.0.0.1", port), Handler)
        self.world = world
        self.obstacles = obstacles or Obstacles(world)
        self.authority = Authority(folder, self.obstacles.handshake)
        self.visits = itertools.count(1000)
        self.connections = itertools.count(1)
        self.log = AccessLog(log)
        self.stopping = Event()

    @property
    def proxy(self) -> str:
        """The address to give to a client as its proxy."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def shutdown(self) -> None:
        """Stop serving; answers that drip end now."""
        self.stopping.set()
        super().shutdown()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report a failure, but let a client hang up in the middle of an answer without a word."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One client connection; after CONNECT it speaks for one host over TLS."""

    server: Sandbox
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "sandbox", ""
    wbufsize = -1  # headers and body leave in one piece
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS
    tunnel: str | None = None
    status: int | None = None
    met: str | None = None
    sent = 0.0
    length: int | None = None

    def setup(self) -> None:
        """Number the connection."""
        super().setup()
        self.number = next(self.server.connections)

    def do_CONNECT(self) -> None:  # noqa: N802  # named by the base class
        """Open a tunnel to a host of the world and speak TLS in it."""
        start, self.status, self.met, version = monotonic(), None, None, None
        self.sent = start
        host = self.path.rsplit(":", 1)[0]
        try:
            version = self._open_tunnel(host)
        finally:
            self._record(start, "https", host, "", tls=version)

    def _open_tunnel(self, host: str) -> str | None:
        site = self.server.world.site(host)
        if site is None:
            self._unknown(host)
            return None
        if self.server.obstacles.answers(site) == "http":
            self._send(Reply(502, b""), {"X-Sandbox": "no-tls"})
            return None
        self.send_response(200, "Connection Established")
        self.end_headers()
        self.wfile.flush()
        context = self.server.authority.context(host.lower())
        try:
            secure = context.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):
            self.close_connection = True
            return None
        self.connection: socket.socket = secure
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", -1)
        self.tunnel = host
        self.close_connection = False
        return secure.version()

    def do_GET(self) -> None:  # noqa: N802  # named by the base class
        """Answer for the host in the address, or for the host of the tunnel."""
        start, self.status, self.met, self.length = monotonic(), None, None, None
        self.sent = start
        url = urlsplit(self.path if self.tunnel is None else f"https://{self.tunnel}{self.path}")
        host = url.hostname or ""
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        form = self._form()
        try:
            site = self.server.world.site(host)
            if site is None:
                self._unknown(host)
            else:
                self._answer(site, self._asked(site, host, target, form))
        finally:
            sent = {} if form is None else {"form": form.decode("utf-8", "replace")}
            self._record(start, url.scheme, host, target, **sent)

    do_HEAD = do_POST = do_GET  # noqa: N815  # named by the base class

    def finish(self) -> None:
        """Close the tunnel's TLS layer too."""
        super().finish()
        if self.tunnel is not None:
            self.connection.close()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Remember the status for the log."""
        self.status = int(code)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the log has a line a request already."""

    def _form(self) -> bytes | None:
        """Read the body of a POST."""
        if self.command != "POST":
            return None
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _asked(self, site: Site, host: str, target: str, form: bytes | None) -> Asked:
        scheme = "https" if self.tunnel else "http"
        path, _, query = target.partition("?")  # not urlsplit: a path may begin with two slashes
        path = unquote(path)
        world, obstacles = self.server.world, self.server.obstacles
        return Asked(
            scheme=scheme, host=host, target=target, path=path,
            role=obstacles.role(host, path),
            tries=obstacles.count(f"{scheme}://{host}{target}"),
            cookies=self.headers.get("Cookie", ""),
            seed=world.seed,
            page=lambda: world.answer(
                site, path, query, form, visits=next(self.server.visits)
            ),
            home=partial(world.answer, site, "/"),
        )  # fmt: skip

    def _answer(self, site: Site, asked: Asked) -> None:
        """Answer, with the world's page or an obstacle's trouble."""
        obstacles = self.server.obstacles
        met = obstacles.meet(asked)
        if met is not None:
            self.met, steps = met
            self._perform(steps)
            return
        if asked.scheme == "http" and obstacles.answers(site) == "https":
            self._send(Reply(301, b"", location=f"https://{asked.host}{asked.target}"))
            return
        page = asked.page()
        reply = obstacles.alter(asked, page)
        marked = page.mark if reply is page else ""  # nobody knows how old an altered page is
        if marked and freshness.is_not_modified(site, marked, dict(self.headers.items())):
            self._send(Reply(304, b""), freshness.headers(site, marked))
            return
        said = freshness.headers(site, marked) if marked else {}
        self._send(reply, self._habits(site, reply) | said)

    def _perform(self, steps: Steps) -> None:
        """Send an obstacle's answer, however it ends."""
        for step in steps:
            self.sent = monotonic()
            if isinstance(step, Pause):
                if self.server.stopping.wait(step.seconds):
                    self.close_connection = True
                    return
            elif step is End.CLOSE:
                self.close_connection = True
                return
            elif step is End.RESET:
                self._reset()
                return
            elif isinstance(step, bytes):
                if self.status is None and step.startswith(b"HTTP/1.1 "):
                    self.status = int(step[9:12])
                head, blank, _ = step.partition(b"\r\n\r\n")
                self.wfile.write(head + blank if self.command == "HEAD" else step)
                self.wfile.flush()
                if self.command == "HEAD" and blank:
                    return

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
        # Closed here: the base class would say goodbye (FIN) first.
        os.close(self.connection.detach())

    def _record(self, start: float, scheme: str, host: str, path: str, **more: object) -> None:
        self.server.log.write(
            start=start, end=self.sent, connection=self.number, method=self.command,
            scheme=scheme, host=host, path=path, status=self.status, bytes=self.length,
            obstacle=self.met, **more,
        )  # fmt: skip

    def _habits(self, site: Site, reply: Reply) -> dict[str, str]:
        headers = {}
        if site.cookie and site.cookie not in self.headers.get("Cookie", ""):
            headers["Set-Cookie"] = f"{site.cookie}=generated; Path=/; HttpOnly"
        if site.gzip and reply.body and "pdf" not in reply.content_type:
            headers["Content-Encoding"] = "gzip"
        return headers

    def _unknown(self, host: str) -> None:
        text = f"sandbox: {host} is not a host of this world\n"
        self._send(Reply(502, text.encode(), "text/plain"), {"X-Sandbox": "unknown-host"})

    def _send(self, reply: Reply, headers: dict[str, str] | None = None) -> None:
        headers = headers or {}
        body = reply.body
        if "Content-Encoding" in headers:
            body = gzip.compress(body, compresslevel=1, mtime=0)
        self.send_response(reply.status)
        if reply.status != 304:  # it has no body to speak of
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.length = len(body)
        if reply.location:
            self.send_header("Location", reply.location)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Sandbox-Generated", "gov_reports sandbox")
        self.sent = monotonic()
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
