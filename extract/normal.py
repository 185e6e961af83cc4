"""The comparison form of a text: what formats.json calls ``normalization``.

Labels, headings and titles are compared in this form only; what is stored stays as printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import opencc

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""The Han characters, to be put inside a character class."""

# White space, and what is invisible: zero-width signs, soft hyphen, direction and byte-order marks.
_BLANK = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_WIDE = [(wide, unicodedata.normalize("NFKC", wide)) for wide in "，；：（）！？．／％　\xa0"]
_QUOTES = str.maketrans(dict.fromkeys("“”‘’'「」『』〝〞〟`´", '"'))
# Characters that opencc keeps because they stand for several, or are rare variants; converters put
# them where a label has the other one (行政覆議). A name may well have them: 乾县, 全覆盖.
_AMBIGUOUS = str.maketrans("覆於衹秖祇瞭藉癈鉤钩馀", "复于只只只了借废勾勾余")
_INSERTED = re.compile(r"@@+")
_DIGIT_ORDINAL = re.compile(r"^(\d{1,2})[、.](?!\d)")
_HAN_ORDINAL = re.compile(r"^([一二三四五六七八九十]{1,3})[、.,:](?!\d)")

_LABEL = 100  # characters; no label of the forms is longer
_LINE = 2000  # longer lines are not kept: few pages have any, and those may be huge

# One syllable, its tone marks removed. Hijacked mirrors print it in brackets behind the character.
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|ueng|van"
    r"|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|vn|a|e|i|o|u|v)"
)
# Found at the speed of one character; few texts have any.
_MAY_ANNOTATE = re.compile(r"[(\uff08\u207d\u208d\ufe35\ufe59][^\x00-@\u3400-\u9fff]")
_IS_HAN = re.compile(f"[{HAN}]")
_ANNOTATION = re.compile(rf"(?<=[{HAN}])(?:\(([A-Za-zü\u00c0-\u024f\u0251\u0261]{{1,7}})\))+")


def nfkc(text: str) -> str:
    """Return a text in Unicode's form NFKC.

    The library takes thirty times as long for a text with a single wide mark in it, and nearly
    every line has one. They are put right first; the rest is seldom more than a look.
    """
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text)


def _is_syllable(word: str) -> bool:
    """Tell whether a word is one pinyin syllable; a bare single letter is an enumeration."""
    plain = word.lower().replace("ɡ", "g").replace("ɑ", "a").replace("ü", "v")
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if c.isascii())
    return bool(_SYLLABLE.fullmatch(bare)) and (len(word) > 1 or not word.isascii())


def strip_pinyin(text: str) -> str:
    """Take pinyin annotations out (發(fā)布 becomes 發布); the text is NFKC already."""
    if not _MAY_ANNOTATE.search(text):
        return text
    return _ANNOTATION.sub(lambda hit: "" if _is_syllable(hit[1]) else hit[0], text)


def has_pinyin(text: str) -> bool:
    """Tell whether a mirror has put pinyin into a text.

    One syllable with its tone mark is proof; without tone marks two are asked for, since a
    single Latin word in brackets may be the author's own.
    """
    if not _MAY_ANNOTATE.search(text):
        return False
    words = [hit[1] for hit in _ANNOTATION.finditer(nfkc(text))]
    syllables = [word for word in words if _is_syllable(word)]
    return len(syllables) > 1 or any(not word.isascii() for word in syllables)


@cache
def _converter() -> opencc.OpenCC:
    # Made on first use: loading the dictionaries is not free, and most pages never need them.
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=8192)
def _is_converted(char: str) -> bool:
    return bool(_converter().convert(char) != char)


def simplify(text: str) -> str:
    """Convert traditional characters to simplified ones, for comparison only."""
    return str(_converter().convert(text))


def fold(text: str) -> str:
    """Make one of characters that converters confuse; for labels of the forms only."""
    return text.translate(_AMBIGUOUS)


def is_traditional(text: str) -> bool:
    """Tell whether a text is in traditional script: at least a twentieth of its Han characters.

    Quoted names and a few characters shared by both scripts stay below that share.
    """
    converted = [char for char in set(text) if _is_converted(char) and _IS_HAN.match(char)]
    if not converted:
        return False
    count = sum(map(text.count, converted))
    return count >= 2 and count * 20 >= len(_IS_HAN.findall(text))


def _once(text: str) -> str:
    form = _BLANK.sub("", nfkc(_BLANK.sub("", text)))
    form = strip_pinyin(form.translate(_QUOTES))
    form = _INSERTED.sub("", form) if "@@" in form else form
    form = form if form.isascii() else simplify(form)
    return _HAN_ORDINAL.sub(r"\1、", _DIGIT_ORDINAL.sub(r"\1.", form))


def match_form(text: str) -> str:
    """Return the comparison form of a text.

    NFKC; white space and invisible signs removed; pinyin in brackets after a Han character
    and ``@@`` removed; traditional characters simplified; quotation marks made one; a leading
    ordinal written ``1.`` or ``一、``. Applied to both sides of every comparison. Idempotent.
    """
    if len(text) <= _LABEL:
        return _form_of_label(text)
    return _form_of_line(text) if len(text) <= _LINE else _form(text)


def plain_form(line: str) -> str:
    """Return a line as words are looked for in it: half-width, simplified, without pinyin."""
    return _plain_of_line(line) if len(line) <= _LINE else _plain(line)


def _form(text: str) -> str:
    form = _once(text)
    for _ in range(3):  # a removal may bring new neighbours together
        if "(" not in form and unicodedata.is_normalized("NFKC", form):
            break
        again = _once(form)
        if again == form:
            break
        form = again
    return form


def _plain(line: str) -> str:
    return simplify(strip_pinyin(nfkc(line)))


# The same labels stand in every report; a line stands in its page, where many ask for it.
_form_of_label = lru_cache(maxsize=65536)(_form)
_form_of_line = lru_cache(maxsize=512)(_form)
_plain_of_line = lru_cache(maxsize=512)(_plain)
