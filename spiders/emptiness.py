"""An empty list that is honest, told from a page whose rows were not understood.

A year in which no body of a group filed a report has its list, too. Such a list is evidence: it
was seen to its end. A list that shows nothing because a script fetches its rows is none.
"""

from __future__ import annotations

import re

from spiders.page import Page

_WORDS = re.compile(
    r"暂无(?:相关|有关)?(?:信息|内容|数据|文章|记录|资料)|没有(?:找到|查到)?(?:相关|任何|符合.{0,6})?的?(?:信息|内容|数据|记录)"
    r"|(?:共|总计|总共)(?:有)?[\s:：]*0[\s]*(?:条|篇|个)(?!\d)"
)
_LOADS = re.compile(
    r"\bajax\b|\bfetch\s*\(|XMLHttpRequest|\$\.(?:get|post|getJSON)\b|\baxios\b|\bdatastore\b"
    r"|\bjpage\b|v-for\s*=|\{\{.+?\}\}|new\s+Vue\b|\bpageSize\b",
    re.I,
)
_ZERO = re.compile(
    r"[\"'](?:total|total_?count|post_count)[\"']\s*:\s*[\"']?0[\"']?\s*[,}]"
    r"|\btotalRecord\s*:\s*[\"']?0\b|<totalrecord>\s*0\s*<",
    re.I,
)
_END = re.compile(r"</html\s*>\s*(?:<!--.*?-->\s*)*\Z", re.I | re.S)


def is_honest(page: Page, pages: int | None) -> bool:
    """Tell whether a page without rows is a list that has none.

    It says so in words, or it has a pager that knows of one page only; in any case it is whole,
    and no script of the page fetches anything.

    Args:
        page: A page that shows neither rows nor lists.
        pages: How many pages its pager tells of, None when it has none.
    """
    if not page.cut and _ZERO.search(page.text):
        return True  # an interface counts the rows it gives: there are none
    if page.cut or not _END.search(page.text) or _LOADS.search(page.text):
        return False
    return bool(_WORDS.search(page.visible_text)) or (pages is not None and pages <= 1)
