"""A plain world for the benches: any number of hosts, each with one list and its reports.

A forward proxy in a process of its own that makes every page from its address alone, as fast as it
can: what a bench measures is then the crawler.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from spiders.families.trs import Trs
from spiders.portal import Column, Portal

ROOT = Path(__file__).parents[1]
ROWS = 20
_ROW = (
    '<li><a href="./202401/t20240101_{0}.shtml">某市第{0}局2023年政府信息公开工作年度报告</a>'
    "<span>2024-01-01</span></li>"
)
_HEAD = "<html><meta charset='utf-8'><title>{}</title><body>"
_LIST = f"{_HEAD.format('年报')}<ul>{''.join(map(_ROW.format, range(ROWS)))}</ul>".encode()
_PROSE = "<p>2023年，收到政府信息公开申请三件，均已按时答复。</p>" * 40
_ARTICLE = _HEAD.format("某市第{}局2023年政府信息公开工作年度报告") + _PROSE


def host(number: int) -> str:
    """Return the name of a host; each has its registered domain to itself."""
    return f"www.bench{number}.gov.cn"


def leaves_of(count: int) -> list[Portal]:
    """Make so many portals, in memory."""
    return [
        type(
            f"Bench{number}",
            (Trs,),
            {
                "hosts": (host(number),),
                "title": f"某市{number}",
                "division": "420600",
                "level": "prefecture",
                "columns": (Column("/zwgk/gknb/"),),
            },
        )()
        for number in range(count)
    ]


def _page(url: str) -> tuple[int, bytes]:
    path = urlsplit(url).path
    if path == "/robots.txt":
        return 404, b""
    if path.endswith("/"):
        return 200, _LIST
    return 200, _ARTICLE.format(path.rsplit("_", 1)[-1].split(".")[0]).encode()


async def _serve(slow_host: str, delay: float) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                while (await reader.readline()).strip():
                    pass
                url = line.split()[1].decode("latin-1")
                if urlsplit(url).hostname == slow_host:
                    await asyncio.sleep(delay)
                status, body = _page(url)
                head = f"HTTP/1.1 {status} -\r\nContent-Type: text/html\r\nContent-Length: "
                writer.write(f"{head}{len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


@contextmanager
def plain_world(slow_host: str = "", delay: float = 0.0) -> Iterator[str]:
    """Serve in a process of its own; yields the proxy's address.

    Args:
        slow_host: A host that takes its time.
        delay: Seconds it takes for each answer.
    """
    command = [sys.executable, "-m", "bench.plain", slow_host, str(delay)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], float(sys.argv[2])))
