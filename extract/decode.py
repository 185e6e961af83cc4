"""From bytes to text, whatever the page declares.

What is declared is a claim: bytes that are valid UTF-8 with Chinese in it are UTF-8, the GB family
is read as its widest member, and a reading in which no common character occurs is not believed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from extract.normal import HAN, simplify

# The five hundred most frequent characters of modern Chinese: a right reading is half made of
# them, a wrong one hardly ever hits any.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
    "制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
    "别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海"
    "口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身"
    "车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石"
    "记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青"
    "省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型"
    "眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严申请息诉讼答"
)
_GB = {"gb2312", "gbk", "gb18030", "hz", "cp936", "x-gbk", "gb_2312-80", "csgb2312", "chinese"}
_BIG5 = {"big5", "big5hkscs", "big5-hkscs", "cp950", "x-x-big5", "big5-tw"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODECS = {"big5": "big5hkscs"}  # the web's Big5 has the Hong Kong characters
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,500}?>", re.I)
_XML = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.I)
_ASCII = bytes(range(128))
_HAN = re.compile(f"[{HAN}]")

_HEAD = 8192  # where a declaration may stand
_SAMPLE = 4_000_000  # bytes a reading is judged by
_BELIEVED = 0.12  # share of common characters below which a reading is doubted


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as text.

    Attributes:
        text: The text, without byte-order mark; what could not be read is U+FFFD.
        declared: The charset the header, else the document, declares, lower case; or None.
        used: The charset it was read by.
        undecodable: How many U+FFFD the text has, those of the source included.
        repaired: The text had been read by a wrong charset before it was saved, and was undone.
    """

    text: str
    declared: str | None
    used: str
    undecodable: int
    repaired: bool = False


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """Decode a document.

    Args:
        data: The bytes as received, decompressed.
        content_type: The Content-Type header as sent, if any.

    Returns:
        The text with the declared and the used charset. Never raises: any bytes give a text.
    """
    declared = _declared(data, content_type)
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _finish(_read(data[len(bom) :], charset), declared, charset)
    charset = _wide(data) or _choose(data, declared)
    return _finish(_read(data, charset), declared, charset)


def _declared(data: bytes, content_type: str | None) -> str | None:
    header = _CHARSET.search((content_type or "").encode("ascii", "ignore"))
    found = header[1] if header else _in_document(data)
    return found.decode("ascii").lower() if found else None


def _in_document(data: bytes) -> bytes | None:
    for tag in _META.finditer(data[:_HEAD]):
        hit = _CHARSET.search(tag[0]) or _XML.search(tag[0])
        if hit:
            return hit[1]
    return None


def _known(declared: str | None) -> str | None:
    """The charset to read a declaration by; None for unknown names and for impossible ones."""
    if declared is None:
        return None
    if declared in _GB:
        return "gb18030"
    if declared in _BIG5:
        return "big5"
    try:
        name = codecs.lookup(declared).name
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return None
    # A document whose declaration was read as ASCII is not in a wide encoding.
    return None if name.startswith(("utf-16", "utf-32", "utf-7")) else name


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: nearly every other byte of mark-up and digits is zero."""
    head = data[:_HEAD]
    if head.count(0) * 5 < len(head) or not head:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 10 * odd else None


def _choose(data: bytes, declared: str | None) -> str:
    claim = _known(declared)
    sample = data[:_SAMPLE]
    strict = _strict_utf8(sample, cut=len(data) > len(sample))
    if strict is not None:
        if strict.isascii() or _HAN.search(strict) or claim not in {"gb18030", "big5"}:
            return "utf-8"
        # A few Chinese characters may happen to be valid UTF-8; then the declaration decides.
        return claim if _HAN.search(_read(sample, claim)) else "utf-8"
    candidates = dict.fromkeys([claim or "utf-8", "utf-8", "gb18030", "big5"])
    scores = {charset: _score(_read(sample, charset)) for charset in candidates}
    best = max(scores, key=lambda charset: scores[charset])
    if scores[best] >= _BELIEVED:
        return best
    if claim is not None and "\ufffd" not in _read(sample, claim):
        return claim
    opinion = charset_normalizer.from_bytes(sample[:65536]).best()
    return _known(opinion.encoding) or "utf-8" if opinion else "utf-8"


def _strict_utf8(sample: bytes, *, cut: bool) -> str | None:
    """The sample read as UTF-8, or None; a character cut off by the document's end is forgiven."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
    except UnicodeDecodeError as error:
        whole = not cut and error.start >= len(sample) - 3
        return sample[: error.start].decode("utf-8") if whole and error.start else None


def _read(data: bytes, charset: str) -> str:
    return data.decode(_CODECS.get(charset, charset), "replace")


def _score(text: str, loss: int = 3, enough: float = 1.0) -> float:
    """How Chinese a reading looks: the share of common characters, less what was unreadable.

    Traditional script is converted first, if the share without that is not ``enough``.
    """
    foreign = _foreign(text[:200_000])[:4_000]
    if not foreign:
        return 0.0
    lost = loss * foreign.count("\ufffd")
    common = sum(map(_COMMON.__contains__, foreign))
    if common < len(foreign) * 0.5 and common - lost < len(foreign) * enough:
        common = max(common, sum(map(_COMMON.__contains__, simplify(foreign))))
    return (common - lost) / len(foreign)


def _foreign(text: str) -> str:
    """The characters of a text that are not ASCII."""
    return text.encode("utf-8", "replace").translate(None, _ASCII).decode("utf-8")


def _finish(text: str, declared: str | None, used: str) -> Decoded:
    text = text.rstrip("\x00").replace("\x00", "\ufffd")
    repaired = _undo(text)
    if repaired is not None:
        return Decoded(repaired, declared, used, repaired.count("\ufffd"), repaired=True)
    return Decoded(text, declared, used, text.count("\ufffd"))


def _undo(text: str) -> str | None:
    """Undo a reading by the wrong charset that was saved (鍐呰 for 内容); None if it is not one."""
    if _score(text, enough=_BELIEVED) >= _BELIEVED or len(_foreign(text[:20_000])) < 8:
        return None
    best: tuple[float, str] | None = None
    for wrong, right in (
        ("gb18030", "utf-8"),
        ("cp1252", "utf-8"),
        ("latin-1", "utf-8"),
        ("latin-1", "gb18030"),
    ):
        again = text.replace("\ufffd", "?").encode(wrong, "replace").decode(right, "replace")
        score = _score(again, loss=1)  # such a text has mostly lost characters for good
        if score > max(0.3, best[0] if best else 0.0):
            best = score, again
    return best[1] if best else None
