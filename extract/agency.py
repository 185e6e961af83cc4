"""Names of government bodies, made comparable without ever merging two bodies.

Only expansions that are certain are made (住建局 is 住房和城乡建设局). 行政审批局,
行政审批服务局 and 政务服务局 look alike and are different bodies, so they stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from extract.normal import match_form

GOVERNMENT = "人民政府"

_NATIONS = (
    "壮族|满族|回族|苗族|维吾尔族?|土家族|彝族|蒙古族?|藏族|布依族|侗族|瑶族|朝鲜族|白族|哈尼族|哈萨克族?|黎族|傣族|"
    "畲族|傈僳族|东乡族|仡佬族|拉祜族|佤族|水族|纳西族|羌族|土族|仫佬族|锡伯族?|柯尔克孜族?|景颇族|达斡尔族|撒拉族|"
    "布朗族|毛南族|塔吉克族?|普米族|阿昌族|怒族|鄂温克族|京族|基诺族|德昂族|保安族|裕固族|独龙族|鄂伦春族|各族"
)
_AUTONOMOUS = re.compile(rf"^(.+?)(?:{_NATIONS})+自治(区|州|县|旗)$")
_LEVEL = re.compile(r"(.{2,}?)(省|自治区|市|自治州|地区|盟|州|自治县|县|自治旗|旗|区|特区|林区)$")
_LEVEL_WORD = "省市县区州盟旗镇乡"
_SUFFIX = "委员会|分局|局|委|厅|办公室|办|署"
_DIVISION = re.compile(r"[\u4e00-\u9fff]{1,14}(?:省|市|县|区|州|盟|旗|地区)")
_SEAT = re.compile(r"(?:人民)?政府$")
_BRACKET = re.compile(r"\([^()]{1,40}\)$")

# How the name of a body ends. A label that ends otherwise is not taken for one.
_BODY = re.compile(
    r"(?:政府|局|委|委员会|厅|办|办公室|公室|署|院|馆|站|所|队|会|社|处|部|室|校|中心|公司|集团|医院|银行|"
    r"管委会|街道|办事处|乡|镇|苏木|县|市|区|省|州|旗|盟|林场|农场|科委|发改委|总队|支队|大队)$"
)
_HAN_ONLY = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()、·]{2,40}")


@cache
def _expansions() -> tuple[tuple[str, str], ...]:
    """(short stem, full stem), longest short stem first; source: extract/data/departments.tsv."""
    lines = files("extract").joinpath("data/departments.tsv").read_text("utf-8").splitlines()[1:]
    pairs = [
        (short, stem)
        for stem, shorts in (line.split("\t") for line in lines)
        for short in shorts.split()
    ]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _stems() -> frozenset[str]:
    return frozenset(part for pair in _expansions() for part in pair)


def _expand(name: str) -> str:
    """Expand the short stem a name begins with, if a department's suffix follows it."""
    for short, stem in _expansions():
        hit = re.match(rf"{short}({_SUFFIX})", name)
        if hit:
            suffix = "委员会" if hit[1] == "委" else "办公室" if hit[1] == "办" else hit[1]
            return stem + suffix + name[hit.end() :]
    return name


def looks_like_body(label: str) -> bool:
    """Tell whether a text is nothing but the name of a body, such as 市政府办公室."""
    name = _BRACKET.sub("", match_form(label))
    return bool(_HAN_ONLY.fullmatch(name) and _BODY.search(name))


@lru_cache(maxsize=4096)
def _forms(place: str) -> tuple[str, ...]:
    """The spellings of a place, longest first: 靖州苗族侗族自治县, 靖州县, 靖州."""
    full = match_form(place)
    forms = {full}
    autonomous = _AUTONOMOUS.match(full)
    if autonomous:
        forms |= {autonomous[1] + autonomous[2], autonomous[1]}
    plain = None if autonomous else _LEVEL.fullmatch(full)
    if plain:
        forms.add(plain[1])
    return tuple(sorted((form for form in forms if len(form) > 1), key=len, reverse=True))


def _prefix(name: str, place: str) -> str | None:
    """The spelling of a place that a name begins with. A stem before a level word is another's."""
    for form in _forms(place):
        rest = name[len(form) :]
        if name.startswith(form) and (form[-1] in _LEVEL_WORD or rest[:1] not in _LEVEL_WORD[:7]):
            return form
    return None


def _split(name: str, places: Sequence[str]) -> tuple[str | None, str]:
    """Take the places off a name's front, outer ones first: (innermost place, what is left)."""
    found = None
    for _ in range(4):  # province, prefecture, county, township
        hits = [(form, place) for place in places if (form := _prefix(name, place))]
        if not hits:
            break
        form, found = max(hits, key=lambda hit: len(hit[0]))
        name = name[len(form) :]
    return found, name


def place_of(name: str, places: Sequence[str]) -> str | None:
    """Return which of the places a name begins with, or None.

    The longest spelling wins; of places named one behind the other, the innermost. An autonomous
    county is met by its short form too: 靖州县财政局 begins with 靖州苗族侗族自治县.
    """
    return _split(match_form(name), places)[0]


def canonical(name: str, places: Sequence[str] = ()) -> str:
    """Return the comparison form of a body's name.

    Args:
        name: The name as printed, short or long.
        places: The divisions the body may belong to; a leading one is taken off.

    Returns:
        The form to compare by: place stripped, department short forms expanded, a government (an
        empty rest, 县政府, 靖州县人民政府) 人民政府. Two different bodies never get one form.
    """
    form = match_form(name)
    plain = _BRACKET.sub("", form) or form
    place, rest = _split(plain, places)
    if place is None and not places and _DIVISION.fullmatch(_SEAT.sub("", plain)):
        return GOVERNMENT
    return _body(rest, known_place=place is not None)


@lru_cache(maxsize=1 << 16)  # thousands of counties have bodies of the same names
def _body(rest: str, *, known_place: bool) -> str:
    if not known_place and rest[:1] in _LEVEL_WORD[:7]:  # 市经信局, 区政府办公室
        inner = rest[1:]
        if _is_department(inner):
            rest = inner
    if rest in {"", "政府", GOVERNMENT}:
        return GOVERNMENT
    if _DIVISION.fullmatch(_SEAT.sub("", rest)):  # a government of some other place
        return _SEAT.sub("", rest) + GOVERNMENT
    rest = re.sub(r"^政府(?=办|$)", GOVERNMENT, rest)
    rest = re.sub(r"办$", "办公室", rest) if rest.startswith(GOVERNMENT) else rest
    if known_place and rest in {"办公室", "办公厅"}:
        rest = GOVERNMENT + rest
    rest = re.sub(r"(?<=街道)办事处$", "", rest)
    rest = re.sub(r"管委会$", "管理委员会", rest)
    rest = re.sub(r"(?<=[乡镇])(?:人民)?政府$", "", rest)
    return _expand(rest)


def _is_department(rest: str) -> bool:
    """Tell whether what follows a bare 市 or 区 is a department (市|财政局, not 市|场监管局)."""
    if rest.startswith(("政府", GOVERNMENT)):
        return True
    if any(rest.startswith(stem) and re.match(_SUFFIX, rest[len(stem) :]) for stem in _stems()):
        return True
    return bool(
        re.match(
            r"(?:教育|公安|民政|司法|财政|自然资源|生态环境|水利|水务|农业农村|农业|商务|审计|统计|信访|行政审批|"
            r"政务服务|大?数据|林业|乡村振兴|招商|体育|档案|规划|园林|机关事务|扶贫|金融|外事|气象|税务|供销|"
            r"妇女?联|残联|总工会|文联|科协|审改)",
            rest,
        )
    )
