"""How pages lead to their files: each way that was seen, or that portals' software knows."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from crawler.sandbox.chrome import VISITS

Html = Callable[[str, str], str]  # path and name of the file → HTML


@dataclass(frozen=True)
class Way:
    """One way.

    Attributes:
        inside: What stands in the article's body.
        outside: What stands below it.
        at: The file's address, with ``{folder}`` and ``{name}``.
    """

    inside: Html
    outside: Html
    at: str = "{folder}{name}"

    def place(self, folder: str, name: str) -> str:
        """Return the address of a file that is called so beside a page in the folder."""
        return self.at.format(folder=folder, name=name)


def _nothing(path: str, name: str) -> str:
    return ""


def _note(path: str, name: str) -> str:
    return "<p>　　报告全文请见附件。</p>\n"


def _link(path: str, name: str) -> str:
    return f'<p>附件：<a href="{path}">{escape(name)}</a></p>\n'


def _broken(path: str, name: str) -> str:
    cut = path.rindex(".")
    return f'<p>附件：<a href="{path[:cut]}.\r\n    {path[cut + 1 :]}">{escape(name)}</a></p>\n'


def _box(path: str, name: str) -> str:
    return (
        '<div class="fujian"><h4>相关附件</h4><ul>'
        f'<li><a href="{path}">{escape(name)}</a></li></ul></div>\n'
    )


def _headed(path: str, name: str) -> str:
    return f'<div class="bottom"><strong>附件：</strong><a href="{path}">正文</a></div>\n'


def _titled(path: str, name: str) -> str:
    return f'<div class="bottom"><a href="{path}" target="_blank">{escape(name)}</a></div>\n'


def _script(path: str, name: str) -> str:
    plain = path.replace("/", "\\/")
    return f'<script>\nvar pdfFileUrl = "{plain}";\nif (pdfFileUrl) show(pdfFileUrl);\n</script>\n'


def _viewer(path: str, name: str) -> str:
    return (
        f'<iframe src="/js/pdfjs/web/viewer.html?file={quote(path, safe="")}" width="100%" '
        'height="900" frameborder="0"></iframe>\n'
    )


def _preview(path: str, name: str) -> str:
    told = quote(b64encode(path.encode()).decode(), safe="")
    return f'<p><a href="/preview/onlinePreview?url={told}">{escape(name)}</a></p>\n'


def _button(path: str, name: str) -> str:
    return (
        f"<p><a href=\"javascript:void(0);\" onclick=\"openFile('{path}','{escape(name)}')\">"
        f"{escape(name)}</a></p>\n"
    )


def _gateway(path: str, name: str) -> str:
    passing = f"&Expires=17{VISITS}&Signature=s{VISITS}"
    return f'<p>附件：<a href="{path}{passing}">{escape(name)}</a></p>\n'


def _picture(path: str, name: str) -> str:
    return f'<p style="text-align:center"><img src="{path}" width="900"></p>\n'


WAYS: dict[str, Way] = {
    "body": Way(_link, _nothing),
    "broken": Way(_broken, _nothing),
    "box": Way(_note, _box),
    "headed": Way(_note, _headed),
    "titled": Way(_note, _titled),
    "script": Way(_script, _nothing),
    "script_below": Way(_note, _script),
    "viewer": Way(_viewer, _nothing),
    "preview": Way(_preview, _nothing),
    "button": Way(_button, _nothing),
    "download": Way(_link, _nothing, "/system/downfile.jsp?filename={name}"),
    "gateway": Way(_gateway, _nothing, "/gateway/get?file={name}"),
    "picture": Way(_picture, _nothing),
}
"""By name. ``picture`` is for pictures alone, and for them the only one."""
