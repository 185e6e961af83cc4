"""The site over a release: all but the archived pages, which are not in it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from archive.db import Archive
from archive.release.pack import FILE, release
from archive.site.plugin import _path
from archive.site.serve import site
from tests.archive.site.conftest import Built


def test_a_release_is_looked_into_like_an_archive(built: Built, tmp_path: Path) -> None:
    with Archive.open(built.path, write=False, world=None) as archive:
        file = release(archive, tmp_path / "out").folder / FILE
        sha256 = archive.conn.execute("SELECT payload_sha256 FROM documents").fetchone()[0]
    key = built.keys["襄阳市财政局2024"]

    async def look() -> None:
        server = site(file)
        await server.invoke_startup()
        for address in (
            "/", "/divisions/420600", "/search?q=秘密", "/codebook", _path("reports", key),
            _path("publishers", key.rsplit(":", 3)[0]), f"/{file.stem}/refusals",
        ):  # fmt: skip
            assert (await server.client.get(address)).status_code == 200, address
        page = await server.client.get(_path("archived", sha256))
        assert "这份文件不含原件" in page.text and "<iframe" not in page.text
        assert (await server.client.get(_path("bytes", sha256))).status_code == 404

    asyncio.run(look())
