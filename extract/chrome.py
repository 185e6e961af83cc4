"""The prose of an article without the page's furniture.

Sentences, headings and the plain paragraphs between them are text, and the line filter knows the
usual furniture. What is left is doubtful: short lines in named blocks, or with links. Of those
trafilatura judges; it is asked only if there are any, since it takes longer than everything else.
It never gets the form tables, and no number is read from its output.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterable, Sequence
from typing import cast

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from extract.bounds import MAX_LINES
from extract.normal import plain_form
from extract.tree import BLOCKS, Line, lines

# Beyond that the tree's own lines must do: trafilatura calls itself at each level, and its time is
# not bounded.
_MOST_ELEMENTS = 40_000
_DEEPEST = 300

_SENTENCE = re.compile(r"[。;；!！?？]")
_HEADING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）])"
)
# Inline tags that only dress the text: no judgement needs them.
_SOUP = ("font", "strong", "b", "em", "i", "u", "big", "small")
_PLAIN_TAGS = frozenset(
    re.findall(
        r"\S+",
        """
        article blockquote center dd div dl dt h1 h2 h3 h4 h5 h6 li main ol p section
        table tbody td th thead tr ul
        """,
    )
)
_LAYOUT = {"table": "div", "tbody": "div", "thead": "div", "tr": "div", "td": "div", "th": "div"}

_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)")
_EMPTY = re.compile(r"[\s|\-_=—–*#<>!·.]*")
_PROMPT = re.compile(
    r"扫一扫|扫码|扫描.{0,8}二维码|二维码.{0,8}(?:扫|浏览|查看)|手机.{0,4}(?:查看|浏览|阅读).{0,4}页面"
)
_FOOTER = re.compile(
    r"ICP备\s*\d+|ICP证\s*\d+|公网?安备|公安备案号|备案序?号\s*:|网站标识码?\s*:|主办(?:单位)?\s*:|承办(?:单位)?\s*:|"
    r"协办(?:单位)?\s*:|技术支持\s*:|维护单位\s*:|版权所有|copyright|©|站点地图|网站地图|系统管理入口|管理入口|"
    r"(?:建议|推荐).{0,12}(?:分辨率|浏览器).{0,12}(?:浏览|访问)|点击总量|访问总量|您是第.{0,12}位",
    re.I,
)
_FOOTER_BEGINS = re.compile(
    r"^[\s|·]*(?:版权所有|copyright|©|主办(?:单位)?\s*:|承办(?:单位)?\s*:|网站标识|[\u4e00-\u9fff]?ICP备\s*\d|"
    r"[\u4e00-\u9fff]?公网安备|公安备案|技术支持\s*:|站点地图|网站地图|您是第.{0,12}位|今天是)",
    re.I,
)
_COUNTER = re.compile(
    r"^[\[【(]?(?:(?:本文|本页|页面)?(?:浏览|点击|阅读|访问|查看)(?:总)?(?:次数|人次|量|数|率)?|人气|已阅)\s*:?\s*\d*\s*(?:次|人)?[\]】)]?$"
)
_TRAIL = re.compile(
    r"^(?:(?:您|你)?(?:现在|当前|所在)?(?:的)?(?:所在)?位置|当前栏目|网站首页)\s*[:>]|^首页\s*>"
)
_NEIGHBOUR = re.compile(r"^[\[【<]*\s*(?:上|下)一(?:篇|条|页)")
_RELATED = re.compile(
    r"^(?:相关(?:附件|文档|链接|阅读|文章|信息|稿件|新闻|解读|政策)|附件下载|文件下载|延伸阅读|推荐阅读|热点信息|友情链接|"
    r"图片新闻|返回顶部)\s*:?$"
)
_META = re.compile(
    r"^[\[【(]?(?:发布(?:时间|日期)|信息来源|文章来源|稿件来源|来源|时间|日期|索引号|发布机构|责任编辑|编辑|审核|作者|字体大小|字号|"
    r"浏览次数|采集时间|原文链接|本地目录|链接)\s*[\]】)]?\s*:"
)
_BUTTONS = re.compile(
    r"(?:打印(?:本页|此页|页面|文章)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|返回(?:顶部|上一页|列表)?|字体(?:大小)?|字号|大|中|小|"
    r"默认|超大|分享(?:到|至)?|新浪微博|腾讯微博|微博|微信(?:好友)?|朋友圈|QQ空间|QQ好友|QQ|复制链接|我要(?:纠错|分享|打印)|纠错|"
    r"下载(?:文档|全文)?|全文下载|听全文|语音播报|无障碍(?:浏览|阅读)?|适老化|适老版|长者模式|关怀版|繁体版?|繁體版?|简体版?|移动版|"
    r"手机版|登录|注册|更多|首页|正文|全真版|文字版|图文版|[a+\-])+",
    re.I,
)
_PARAGRAPH = re.compile(r"[\u4e00-\u9fff\d,，、“”《》()]{18}[^。;；]{0,400}[。;；]")
_TRAILING = re.compile(
    r"(?<=[。!！;；)）])\s*(?:附件下载|相关附件|扫一扫[^。]{0,30}|打印本页|关闭窗口|【打印】|\[打印\]).{0,20}$"
)
_NOT_BUTTON = re.compile(r"[\s|\[\]【】()<>:/、·,.\-—]+")


def prose(
    article: HtmlElement,
    shown: Sequence[Line] | None = None,
    tables: Collection[HtmlElement] = (),
    *,
    judge: bool = True,
) -> list[str]:
    """Return the clean paragraphs of an article.

    Args:
        article: The article's element, in its tree, which stays as it is.
        shown: Its lines without those of the form tables, where the caller has them.
        tables: The recognised form tables in it, which trafilatura does not get: it is slow on
            them.
        judge: Have trafilatura judge of the doubtful lines. Where it is not worth its time, on a
            page that is no report, those of an article stay if they have no links.

    Returns:
        The paragraphs and headings in document order, blanks collapsed, furniture left out.
    """
    shown = lines(article) if shown is None else shown
    rows = [(line, clean) for line in shown[:MAX_LINES] if (clean := _clean(line.plain))]
    plain = _Plain(article)
    doubtful = {
        line for line, _ in rows if not _is_text(line) and (line.linked or not plain.holds(line))
    }
    if not doubtful:
        return [clean for _, clean in rows]
    if not judge:
        kept = set() if article.tag == "body" else {one for one in doubtful if not one.linked}
    elif _is_modest(article):
        judged = _judged(article, tables)
        kept = {line for line in doubtful if _squeezed(line.plain) in judged}
    else:
        kept = set()
    return [clean for line, clean in rows if line not in doubtful or line in kept]


def filter_lines(rows: Iterable[str]) -> list[str]:
    """Take the lines out that are furniture of the page; lines that mention it in prose stay."""
    return [clean for row in rows if (clean := _clean(row))]


def _clean(row: str) -> str:
    """A line without what hangs on it; empty if all of it is furniture."""
    text = _trimmed(row)
    return "" if not text or is_chrome(text) else text


def is_chrome(row: str) -> bool:
    """Tell whether a line is furniture: a prompt, footer, counter, button, trail or label line."""
    text = plain_form(row).strip()
    if not text or _EMPTY.fullmatch(text):
        return True
    if _is_paragraph(text):
        return False
    if len(text) <= 40 and _PROMPT.search(text):
        return True
    if len(set(_FOOTER.findall(text))) > 1 or (_FOOTER_BEGINS.match(text) and len(text) < 200):
        return True
    if any(pattern.match(text) for pattern in (_COUNTER, _TRAIL, _NEIGHBOUR, _RELATED)):
        return True
    return (len(text) <= 160 and bool(_META.match(text))) or bool(
        _BUTTONS.fullmatch(_NOT_BUTTON.sub("", text))
    )


def _is_paragraph(text: str) -> bool:
    """A sentence of prose: long, with inner punctuation, and ended as sentences are."""
    return bool(_PARAGRAPH.search(text[:4000]))


def _trimmed(row: str) -> str:
    text = re.sub(r"[ \t\u3000\xa0]+", " ", _IMAGE.sub("", row)).strip()
    return _TRAILING.sub("", text).strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _is_modest(element: HtmlElement) -> bool:
    """Tell whether trafilatura can judge an element in bounded time and depth."""
    level = deepest = count = 0
    for event, _ in etree.iterwalk(element, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
        count += event == "start"
    return count <= _MOST_ELEMENTS and deepest <= _DEEPEST


def _judged(article: HtmlElement, tables: Collection[HtmlElement]) -> str:
    """What trafilatura takes for the article's text, blanks removed."""
    page = document_fromstring("<html><body></body></html>")
    page[0].append(copy.deepcopy(article))
    page[0][0].tail = None
    if tables:
        twins = zip(article.iter("table"), list(page[0][0].iter("table")), strict=True)
        for twin in [twin for table, twin in twins if table in tables]:
            twin.drop_tree()
    for span in page.iter("span"):
        if not _is_named(span):
            span.tag = "font"
    etree.strip_tags(page, *_SOUP)
    for tag in page.iter(*_LAYOUT):
        tag.tag = _LAYOUT[cast(str, tag.tag)]  # a layout table would be judged as data
    import trafilatura  # takes longer to import than a page to read, and many need no judgement

    text = trafilatura.extract(
        page,
        fast=True,
        favor_recall=True,
        include_comments=False,
        include_tables=False,
    )
    return _squeezed(text or "")


class _Plain:
    """Knows which lines stand in blocks that say nothing of themselves: no name, no other role.

    Trafilatura takes text out for the name of a block, for its links, or for a tag's role. A line
    that none of it can hit needs no judgement.
    """

    def __init__(self, article: HtmlElement) -> None:
        # The body of a page that has no article holds all its furniture.
        self._is_plain = {article: article.tag != "body"}

    def holds(self, line: Line) -> bool:
        """Tell whether a line stands in plain blocks all the way up to the article."""
        known = self._is_plain
        path: list[HtmlElement] = []
        at: HtmlElement | None = line.element
        while at is not None and at not in known:
            path.append(at)
            at = at.getparent()
        plain = known.get(at, False) if at is not None else False
        for element in reversed(path):
            plain = plain and element.tag in _PLAIN_TAGS and not _is_named(element)
            known[element] = plain
        return plain


def _is_named(element: HtmlElement) -> bool:
    name = f"{element.get('class', '')}{element.get('id', '')}{element.get('role', '')}"
    return bool(name) and not (element.tag == "p" and name.lower().startswith("mso"))


def _is_text(line: Line) -> bool:
    """Tell whether a line is the article's text by itself, whatever trafilatura thinks."""
    text = line.plain.strip()
    if not text or line.linked * 2 > len(text):
        return False
    if _HEADING.match(text) or (len(text) >= 12 and _SENTENCE.search(text)):
        return True
    return len(text) >= 40 and line.element.tag in BLOCKS - {"td", "th"}
