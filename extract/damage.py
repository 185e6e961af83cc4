"""What has been done to a text between the body that wrote it and us: flags of formats.json.

Hijacked mirrors print pinyin behind characters, convert the script and put betting words where
an agency's name or 政府信息公开 stood; copies lose 年 and 月, characters, or the encoding. Nothing
is mended: what is stored stays as it came, and the flag says how far to trust it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from extract.normal import HAN, has_pinyin, is_traditional, strip_pinyin

_LONGEST = 60_000
"""Characters that are looked at; what harms a page harms it from the start."""

# Sites and brands that no authority writes of itself; one of them is proof.
_SITES = (
    r"365bet|bet365|bwin|kaiyun|(?:亚博|开云|华体会|乐鱼|星空|爱游戏|必一|九游|欧宝|万博|火博|贝博|半岛)"
    r"(?:体育|官网|电竞|娱乐|app|综合|国际|入口)"
    r"|足球比分|即时比分|比分网|买球(?:网|平台|app|官网)|博彩(?:业)?(?:网址|网站|平台|公司|官网)"
    r"|(?:赌|賭)[场場](?:推[荐薦]|网址|官网)|新?葡京(?:赌|娱乐|官网|网|体育)|威尼斯人(?:赌|娱乐|官网|网)"
    r"|皇冠(?:体育|足球|比分|官网|网址|现金)|太阳城(?:集团|娱乐|官网)|娱乐城(?:官网|网址|平台|注册)"
    r"|现金网|(?:网上|线上|在线)(?:赌场|博彩|娱乐城|百家乐)|真人(?:娱乐|百家乐|下注)"
    r"|澳[门門](?:特区)?(?:赌|賭|博彩|六合|永利|金沙|银河娱乐|威尼斯)|(?:六合彩|时时彩|北京赛车)(?:开奖|官网|网|平台)"
    r"|(?:体育|外围)(?:投注|博彩|下注)(?:网|平台|官网)|滚球|送彩金|棋牌(?:游戏|平台|官网|app)"
    r"|[(（](?:中国|china)[)）](?:官方)?(?:网站|官网)|(?:手机版|官方)app下载|最新登[录陆]入口"
)
_SWAPPED = re.compile(_SITES, re.I)
# One of these stands in each of them: looked for first, for hardly a text has any.
_TRACES = (
    "bet", "bwin", "kaiyun", "亚博", "开云", "华体会", "乐鱼", "星空", "爱游戏", "必一", "九游",
    "欧宝", "万博", "火博", "贝博", "半岛", "比分", "买球", "博彩", "赌", "賭", "葡京", "威尼斯",
    "皇冠", "太阳城", "娱乐", "现金网", "百家乐", "下注", "澳", "彩", "北京赛车", "投注", "滚球",
    "棋牌", "中国)", "中国）", "china)", "china）", "app下载", "最新登",
)  # fmt: skip
# 年 and 月 lost: 202419日, 20171231日, 20241月31日, 2024年419日.
_GLUED = re.compile(
    r"(?<!\d)(?:19|20)\d\d\d{1,4}日|(?<!\d)(?:19|20)\d\d\d{1,2}月\d{1,2}日"
    r"|(?<!\d)(?:19|20)\d\d年\d{3,4}日"
)
_ANY_GLUE = re.compile(r"\d{3}[日月]")  # told at a glance, and few texts have any
_INSERTED = re.compile(r"@@+|(?<=[\u4e00-\u9fff])[#$%^~]{2,}(?=[\u4e00-\u9fff])")
_INVISIBLE = re.compile(
    f"(?<=[{HAN}\\d])[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+(?=[{HAN}\\d])"
)
_ANY_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENTITY = re.compile(r"&(?:amp;)*(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,4});", re.I)
_LOST = re.compile(
    rf"\ufffd|锟斤拷|烫烫烫|屯屯屯|ï¿½|(?<=[{HAN}，。、])\?{{2,}}|\?{{3,}}(?=[{HAN}])"
)
# Chinese read as Latin-1 or Windows-1252, and UTF-8 read as GBK (政府 becomes 鏀垮簻).
_LATIN = re.compile(r"(?:[\u0080-\u00ff\u0152-\u0178\u2013-\u2026\u20ac\u2122]){6,}")
_WRONG_HAN = re.compile(r"[鏀垮簻淇℃伅鍏紑鐨勪銆锛鍜湪骞存湀鏃ュ伐浣滄姤鍛]{4,}")
_WRONGLY = (
    (_LATIN, "latin-1", "utf-8"), (_LATIN, "cp1252", "utf-8"), (_LATIN, "latin-1", "gb18030"),
    (_WRONG_HAN, "gb18030", "utf-8"),
)


def _is_mojibake(text: str) -> bool:
    """Tell whether a text, or a part of it, was read in a wrong encoding or lost characters."""
    if _LOST.search(text):
        return True
    return any(_was(hit[0], read_as, meant)
               for pattern, read_as, meant in _WRONGLY for hit in pattern.finditer(text))


def _was(run: str, read_as: str, meant: str) -> bool:
    """Tell whether a run is Chinese of one code, read as another: most of it comes back."""
    data = run.encode(read_as, errors="ignore")
    mended = data.decode(meant, errors="ignore")
    han = sum(map(_is_common, mended))
    return han > 1 and han * len("字".encode(meant)) * 5 >= len(data) * 3


def _is_common(char: str) -> bool:
    """Tell whether a character is of GB 2312's first level: nearly all of any text's are."""
    code = char.encode("gb2312", errors="ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def _has_entities(text: str) -> bool:
    return len(_ENTITY.findall(text)) > 1


def _is_glued(text: str) -> bool:
    return _ANY_GLUE.search(text) is not None and _GLUED.search(text) is not None


def _has_invisible(text: str) -> bool:
    return _ANY_INVISIBLE.search(text) is not None and _INVISIBLE.search(text) is not None


def _is_swapped(text: str) -> bool:
    plain = strip_pinyin(text)
    lowered = plain.lower()
    return any(trace in lowered for trace in _TRACES) and _SWAPPED.search(plain) is not None


_FLAGS: dict[str, Callable[[str], bool]] = {
    "TXT_PINYIN": has_pinyin,
    "TXT_TRAD": is_traditional,
    "TXT_KEYWORD_SWAP": _is_swapped,
    "TXT_NUM_GLUE": _is_glued,
    "TXT_MOJIBAKE": _is_mojibake,
    "TXT_INSERTED": lambda text: _INSERTED.search(text) is not None,
    "TXT_INVISIBLE": _has_invisible,
    "TXT_ENTITIES": _has_entities,
}


def text_flags(text: str) -> list[str]:
    """Say what harm a text carries.

    Args:
        text: A report's title and text as decoded, nothing mended.

    Returns:
        Flags of formats.json ``quality_flags``, in the order of the list there.
    """
    head = text[:_LONGEST]
    return [flag for flag, holds in _FLAGS.items() if holds(head)]


def host_rank(url: str | None, *, issuing: bool) -> str:
    """Say how near a source is to the body: ``issuing_host``, ``other_gov_host`` or ``copy``.

    Args:
        url: The address, or a bare host name; None for a loose file.
        issuing: The host is a portal of the body's own, or of its government.
    """
    if issuing:
        return "issuing_host"
    host = urlsplit(url if url and "//" in url else f"//{url or ''}").hostname or ""
    official = host == "gov.cn" or host.rstrip(".").endswith(".gov.cn")
    return "other_gov_host" if official else "copy"
