"""The pages and files of reports that are dressed otherwise than as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from random import Random
from typing import Any

from crawler.sandbox.articles import author_of
from crawler.sandbox.dice import dice
from crawler.sandbox.figures import Figures
from crawler.sandbox.files.guises import KINDS, File, Guise, altered, dress, kinds_of, maker
from crawler.sandbox.files.hiding import WAYS
from crawler.sandbox.files.hostile import FILES
from crawler.sandbox.model import Body, Post, Report
from crawler.sandbox.reply import Reply
from crawler.sandbox.report import printed_report, prose_html

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "zip": "application/zip",
    "jpg": "image/jpeg",
}
_FOOTER = '<div class="footer">'
_KEPT = 256  # files that are made once for several requests

Shown = Callable[[Body, int], Figures]


class Files:
    """The files of a world, made when they are asked for.

    Args:
        seed: The world's seed.
        said: The setting SANDBOX_FILES.
        reports: The world's reports, with their addresses.
        shown: Tells what figures a body's report of a year prints.

    Attributes:
        guises: The dressed pages.
        kinds: The kinds of files there are; none leaves a world of pages.

    Raises:
        ValueError: There is no such kind of file.
    """

    def __init__(self, seed: int, said: str, reports: list[Report], shown: Shown) -> None:
        self.kinds = kinds_of(said)
        self.guises: dict[Post, Guise] = dress(seed, reports, self.kinds)
        self._seed, self._shown = seed, shown
        self._bytes = lru_cache(maxsize=_KEPT)(self._made)

    def body(self, post: Post, html: str) -> str:
        """Return what stands in the body of a dressed page.

        Args:
            post: The page.
            html: What would stand there otherwise.
        """
        guise = self.guises[post]
        inside = "".join(
            WAYS[file.way].inside(file.path, _name(post, file)) for file in guise.files
        )
        if guise.form in ("twin", "disagreeing"):
            return html + inside
        if guise.form == "split":
            assert post.report is not None
            shown = self._shown(post.body, post.year)
            author = author_of(self._seed, post.report)
            return prose_html(self._seed, post.body, post.year, shown, author) + inside
        return inside

    def beside(self, post: Post, page: str) -> str:
        """Return a dressed page with what stands below its article."""
        guise = self.guises[post]
        outside = "".join(
            WAYS[file.way].outside(file.path, _name(post, file)) for file in guise.files
        )
        return page.replace(_FOOTER, outside + _FOOTER, 1) if outside else page

    def reply(self, post: Post, file: File) -> Reply:
        """Return a file of a dressed page."""
        ending = file.path.rpartition(".")[2]
        kind = _TYPES.get(ending, "application/octet-stream")
        return Reply(200, self._bytes(post, file), kind)

    def of_row(self, post: Post) -> Reply | None:
        """Return the file of a report that is a row of a list and has no page; None in a world
        of pages."""
        if "pdf" not in self.kinds:
            return None
        file = File("pdf", "body", post.path)
        return Reply(200, self._bytes(post, file), "application/pdf")

    def truth(self, post: Post) -> dict[str, Any]:
        """Return what is to be known of a report that is dressed; nothing of one that is not."""
        guise = self.guises.get(post)
        if guise is None:
            return {}
        site = post.column.site
        told: dict[str, Any] = {
            "guise": guise.form,
            "files": [
                {"url": f"{site.root}{file.path}", "kind": file.kind, "way": file.way}
                for file in guise.files
            ],
        }
        if guise.form == "hostile":
            told |= {"kind": "attachment_only", "unread": FILES[guise.files[0].kind][1]}
        if guise.form == "disagreeing":
            told["conflict"] = altered(self._shown(post.body, post.year))[1]
        return told

    def _made(self, post: Post, file: File) -> bytes:
        if file.kind in FILES:
            return FILES[file.kind][2]()
        shown = self._shown(post.body, post.year)
        guise = self.guises.get(post)
        if guise is not None and guise.form == "disagreeing":
            shown, _ = altered(shown)
        report = post.report or Report(post.body, post.year, post.title, "", [post])
        author = author_of(self._seed, report)
        printed = printed_report(self._seed, post.body, post.year, shown, author, post.title)
        chance: Random = dice(self._seed, "file", post.path, file.kind)
        return maker(file.kind)(printed, chance)


def _name(post: Post, file: File) -> str:
    ending = FILES[file.kind][0] if file.kind in FILES else KINDS[file.kind][2]
    return f"{post.title}.{ending}"
