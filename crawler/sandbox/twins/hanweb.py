"""大汉 Hanweb JCMS: rows stand in a script, those behind the first group behind a proxy page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask, Reply
from crawler.sandbox.twins.twin import Rows, Twin

PROXY = "/module/web/jpage/dataproxy.jsp"
GROUP = 3  # a page carries the records of so many screens
# What installations with encrypted ids answer to ids that they did not write themselves.
EMPTY = "<datastore><recordset></recordset></datastore>\r\n\r\n\r\n\r\n"


class Hanweb(Twin):
    """JCMS with jpage; ``variant`` ``encrypted`` hides what lies behind the first group."""

    skins = {
        "": Rows(
            "",
            '<li><a href="{href}" title="{title}" target="_blank">{cut}</a><span>{iso}</span></li>',
            "",
        ),
        "table": Rows(
            "",
            '<table width="100%"><tr><td class="bt"><a href="{href}" title="{title}">{cut}</a>'
            "</td><td>[{iso}]</td></tr></table>",
            "",
            20,
        ),
    }

    def address(self, post: Post, serial: int, code: str) -> str:
        """Two shapes live together: the day and a number, or the year and 32 digits."""
        day = post.posted
        if day.year >= 2024:
            return f"/art/{day.year}/art_{code}.html"
        return f"/art/{day.year}/{day.month}/{day.day}/art_{number_of(post.column)}_{serial}.html"

    def file(self, post: Post, serial: int, code: str) -> str:
        """Files come from a module."""
        return f"/module/download/downfile.jsp?classid=0&filename={code}.pdf"

    def below(self, path: str, slug: str, number: int) -> str:
        """Columns are numbered over the whole site."""
        return re.sub(r"\d+(?=/index)", lambda old: str(int(old[0]) + number), path, count=1)

    def page_path(self, column: Column, number: int) -> str:
        """All pages but the first come from the proxy page."""
        return column.path if number <= GROUP else PROXY

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The column's page, and the proxy page for the other records."""
        yield column.path, partial(self._page, column, 1)
        yield PROXY, partial(self._proxy, column)

    def requests(self, column: Column) -> int:
        """The page has the first group; each further group is a request."""
        return max(1, -(-len(column.posts) // (GROUP * column.rows)))

    def shown(self, column: Column) -> int:
        """Encrypted ids hide all behind the first group."""
        if column.site.variant == "encrypted":
            return GROUP * column.rows
        return super().shown(column)

    def rows(self, column: Column, number: int) -> str:
        """The first group stands in a script, which a browser turns into rows."""
        unit, total = unit_of(column), len(column.posts)
        values = ",".join(
            f"{name}:'{value}'" if name in ("path", "unitid", "webname") else f"{name}:{value}"
            for name, value in self._values(column).items()
        )
        return (
            f'<div id="{unit}" class="default_pgContainer"></div>\n'
            f'<script type="text/xml">{self._store(column, 0, GROUP * column.rows)}</script>\n'
            '<script type="text/javascript" src="/script/jquery.jpage.js"></script>\n'
            f'<script type="text/javascript">\n$(function(){{ $("#{unit}").jpage({{\n'
            f"rowtype: 'list', perPage:{column.rows},totalRecord:{total},"
            f"dataStore:dataStore,proxyUrl:'{PROXY}',openCookies:false,barPosition:'bottom',\n"
            f"ajaxParam:{{{values}}}\n}}); }});\n</script>\n"
        )

    def _values(self, column: Column) -> dict[str, str]:
        site = column.site
        columnid, unitid = str(number_of(column)), unit_of(column)
        if site.variant == "encrypted":
            columnid, unitid = _hidden(columnid), _hidden(unitid)
        return {
            "col": "1", "appid": "1", "webid": site.code or "1", "path": "/", "columnid": columnid,
            "sourceContentType": "1", "unitid": unitid, "webname": site.title,
            "permissiontype": "0",
        }  # fmt: skip

    def _store(self, column: Column, first: int, end: int) -> str:
        written = self.skins[column.site.list_skin].items(self.slice(column, first, end))
        records = "\n".join(f"<record><![CDATA[{item}]]></record>" for item in written)
        after = ""
        if end < len(column.posts):
            values = self._values(column)
            query = "&".join(
                f"{name}={quote(values[name], safe='')}"
                for name in ("webid", "path", "columnid", "unitid", "webname", "permissiontype")
            )
            group = end // (GROUP * column.rows)
            after = (
                f'<nextgroup><![CDATA[<a href="{PROXY}?page={group}&{query}"></a>]]></nextgroup>\n'
            )
        pages = -(-len(column.posts) // column.rows)
        return (
            f"<datastore>\n{after}<totalrecord>{len(column.posts)}</totalrecord>"
            f"<totalpage>{pages}</totalpage>\n<recordset>\n{records}\n</recordset></datastore>"
        )

    def _proxy(self, column: Column, asked: Ask) -> Reply | None:
        """Answer a window of records, or the group that a nextgroup names."""
        wanted = self._values(column)
        if any(asked.values.get(name) != wanted[name] for name in ("columnid", "unitid")):
            return None
        if column.site.variant == "encrypted":
            return Reply(200, EMPTY.encode(), "text/xml")
        size = GROUP * column.rows
        first = asked.number("page", 0) * size
        end = first + size
        if "startrecord" in asked.values:
            first, end = asked.number("startrecord") - 1, asked.number("endrecord", size)
        return Reply(200, self._store(column, first, end).encode(), "text/xml;charset=utf-8")


def number_of(column: Column) -> int:
    """Return the number in a column's address."""
    found = re.search(r"/col(\d+)/", column.path)
    return int(found[1]) if found else 1


def unit_of(column: Column) -> str:
    """Return the number of the block that holds a column's rows."""
    return str(number_of(column) % 8_999_983 + 1_000_000)


def _hidden(text: str) -> str:
    """Return an id as an installation that encrypts them writes it."""
    return "".join(f"{ord(letter) * 7 % 251:02x}" for letter in text * 4)
