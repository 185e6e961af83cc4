"""The site as a server: Datasette over the file, with our pages in front."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from archive.db import Archive
from archive.site.plugin import Plugin
from archive.site.questions import QUESTIONS

_HERE = Path(__file__).parent
_SETTINGS = {
    "default_page_size": 50,
    "sql_time_limit_ms": 5000,
    "max_returned_rows": 2000,
    "suggest_facets": False,  # it runs a query for each column, of which the panel has hundreds
    "allow_download": True,
    "force_https_urls": False,
}


def site(path: Path) -> Datasette:
    """Return the server's application over an archive.

    Args:
        path: The archive; a crawl may write to it meanwhile.

    Returns:
        A Datasette; ``app()`` of it is the ASGI application.

    Raises:
        ArchiveError: The file cannot be shown.
    """
    with Archive.open(path, write=False, world=None) as archive:
        world = archive.meta("world") or "real"
    name = path.stem
    for old in [one for one in pm.get_plugins() if isinstance(one, Plugin)]:
        pm.unregister(old)
    pm.register(Plugin(name, str(path), world), name="gov_reports_site")
    return Datasette(
        [str(path)],
        metadata=_metadata(name),
        template_dir=str(_HERE / "templates"),
        static_mounts=[("assets", str(_HERE / "assets"))],
        settings=_SETTINGS,
    )


def _metadata(name: str) -> dict[str, Any]:
    return {
        "title": "gov_reports",
        "databases": {
            name: {
                "queries": {
                    item.name: {"sql": item.sql, "title": f"{item.title} · {item.title_en}"}
                    for item in QUESTIONS
                }
            }
        },
    }


def serve(path: Path, *, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve the site until it is stopped (Ctrl-C).

    Args:
        path: The archive.
        host: The address to listen on; the loopback one unless said otherwise.
        port: The port.
    """
    uvicorn.run(site(path).app(), host=host, port=port, log_level="warning", ws="none")
