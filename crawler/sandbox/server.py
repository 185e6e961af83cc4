"""The forward proxy that answers for the hosts of a world: http as is, https after CONNECT."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import unquote, urlsplit

from crawler.sandbox.certificates import Authority
from crawler.sandbox.model import Site
from crawler.sandbox.world import Reply, World

IDLE_SECONDS = 120  # a kept connection nobody speaks on is closed


class Sandbox(ThreadingHTTPServer):
    """Serves one world on loopback.

    Attributes:
        world: The world.
        authority: Issues the certificates of its https hosts.
        visits: What the view counters show next.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, world: World, folder: Path, port: int = 0, log: TextIO | None = None
    ) -> None:
        """Bind to loopback.

        Args:
            world: The world to serve.
            folder: A private folder for certificates.
            port: 0 for any free port.
            log: Where to write a line a request: method, address, status.

        Raises:
            OSError: The port is taken.
        """
        super().__init__(("127.0.0.1", port), Handler)
        self.world = world
        self.authority = Authority(folder)
        self.visits = itertools.count(1000)
        self.log = log

    @property
    def proxy(self) -> str:
        """The address to give to a client as its proxy."""
        return f"http://127.0.0.1:{self.server_address[1]}"

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

    def do_CONNECT(self) -> None:  # noqa: N802  # named by the base class
        """Open a tunnel to a host of the world and speak TLS in it."""
        host = self.path.rsplit(":", 1)[0]
        site = self.server.world.site(host)
        if site is None:
            self._unknown(host)
            return
        if site.answers == "http":
            self._send(Reply(502, b""), {"X-Sandbox": "no-tls"})
            return
        self.send_response(200, "Connection Established")
        self.end_headers()
        self.wfile.flush()
        context = self.server.authority.context(host.lower())
        try:
            self.connection: socket.socket = context.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", -1)
        self.tunnel = host
        self.close_connection = False

    def do_GET(self) -> None:  # noqa: N802  # named by the base class
        """Answer for the host in the address, or for the host of the tunnel."""
        parts = urlsplit(self.path if self.tunnel is None else f"https://{self.tunnel}{self.path}")
        host = parts.hostname or ""
        site = self.server.world.site(host)
        if site is None:
            self._unknown(host)
            return
        if self.tunnel is None and site.answers == "https":
            self._send(Reply(301, b"", location=f"https://{parts.netloc}{parts.path}"))
            return
        path = unquote(parts.path) or "/"
        reply = self.server.world.answer(site, path, visits=next(self.server.visits))
        self._send(reply, self._habits(site, reply))

    do_HEAD = do_GET  # noqa: N815  # named by the base class

    def finish(self) -> None:
        """Close the tunnel's TLS layer too."""
        super().finish()
        if self.tunnel is not None:
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Write the access log, if one was asked for."""
        if self.server.log is not None:
            host = f"https://{self.tunnel}" if self.tunnel else ""
            status = args[1] if len(args) > 1 else "-"
            self.server.log.write(f"{self.command} {host}{self.path} {status}\n")
            self.server.log.flush()

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
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(body)))
        if reply.location:
            self.send_header("Location", reply.location)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Sandbox-Generated", "gov_reports sandbox")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
