"""Take persons out of what is published: contact persons, mobile numbers, mailboxes.

Reports print the clerk whom one may ask. The archive keeps the bytes; what is given away names no
clerk (个人信息保护法 art. 27: public information is handled within reason). Offices, their
telephone lines and addresses stay, and so do office holders named as such in the running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extract.normal import HAN

Kind = Literal["person", "mobile", "mailbox", "identity"]

MARKS: dict[Kind, str] = {
    "person": "〔姓名〕",
    "mobile": "〔手机〕",
    "mailbox": "〔邮箱〕",
    "identity": "〔证件〕",
}
"""What stands in the place of what was taken out; no mark is redacted again."""

# Who is behind the report, as the foot of a page or a preamble says.
_ROLE = (
    r"(?:联\s*系\s*人|联络人|联系人员|联络员|经\s*办\s*人|承办人|填\s*报\s*人|填\s*表\s*人|制\s*表\s*人"
    r"|撰\s*稿\s*人?|拟稿人?|起草人|报送人|审\s*核\s*人|审核领导|签发人|校对人?|统计负责人|单位负责人"
    r"|部门负责人|分管领导|责任人|负责人|信息员|受理人|接待人|收件人|咨询人"
    r"|(?<![户人机构位司品地])姓\s*名)"
)
_ASIDE = r"(?:[（(][^（）()\n]{1,8}[）)]|[及和、](?:联系)?(?:电话|方式))?"
_COLON = r"\s*(?:[：:]|[为是])\s*"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇"
    "栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟"
    "谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈"
    "廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养"
    "鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公佟仝覃肖付闫代岳邸冼佘牟佴苑阳晋楚闪尉惠侍展"
)
_NAME = (
    rf"(?:(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木)[{HAN}]{{1,2}}"
    rf"|[{_SURNAMES}][{HAN}某×Ｘ＊*]{{1,2}}|[{_SURNAMES}]\s{{1,2}}[{HAN}]"
    rf"|[{HAN}]{{2,6}}[·•・][{HAN}]{{2,8}}(?:[·•・][{HAN}]{{1,8}})?)"
)
# What begins like a surname and is an office, or a sentence that goes on.
_OFFICE = re.compile(
    r"(?:常务|室|科|处|局|办|股|部|中心|单位|机关|机构|人员|负责|同志们|委|院|所|站|队|厅|公司|办公|政府|电话|窗口)"
)
# What may follow a name without a break: the next label of the same line.
_NEXT = (
    r"(?:联系|电\s*话|手机|邮箱|电子|传真|职务|审核|填[报表]|制表|单位|统计|签发|校对|办公|地址|时间"
    r"|日期|微信)"
)
_TITLE = r"(?:同志|先生|女士|主任|科长|局长|副主任|老师|股长|处长)?"
_PEOPLE = re.compile(
    rf"{_ROLE}{_ASIDE}(?:{_COLON}|\s+|(?=[{_SURNAMES}]))"
    rf"(?P<all>{_NAME}{_TITLE}(?:\s*[、，,/;；]\s*{_NAME}{_TITLE})*)"
    rf"(?:(?![{HAN}])|(?={_NEXT}))"
)
_ONE = re.compile(_NAME)
_D = r"[0-9０-９]"
_MOBILE = re.compile(
    rf"(?<![0-9０-９.．])(?:[+＋]?86[-\s]?)?"
    rf"([1１][3-9３-９]{_D}[-－\s]?{_D}{{4}}[-－\s]?{_D}{{4}})"
    r"(?![0-9０-９.．]|[ \t]*[次条人元件万份个%％])"
)
_MAILBOX = re.compile(
    r"[A-Za-z0-9_.+\-]{1,64}\s?[@＠]\s?[A-Za-z0-9\-]{1,63}(?:[.．][A-Za-z0-9\-]{1,63}){1,4}"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[0-9Xx](?![0-9A-Za-z])"
)
_ACCOUNT = re.compile(
    r"(?:微信号?|QQ号?|qq号?)\s*[：:]\s*([A-Za-z0-9_\-]{5,20})(?![A-Za-z0-9_\-])"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """One stretch that was taken out: characters ``start`` up to ``end`` of the text as printed."""

    start: int
    end: int
    kind: Kind


def spans(text: str) -> list[Taken]:
    """Return what names a person in a text, in order, none overlapping another."""
    found = sorted(_all(text), key=lambda item: (item.start, -item.end))
    kept: list[Taken] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def redact(text: str) -> tuple[str, list[Taken]]:
    """Take out what names a person.

    Args:
        text: A text as printed.

    Returns:
        The text with a mark in the place of each stretch, and the stretches. A text without any
        comes back as it is.
    """
    taken = spans(text)
    parts: list[str] = []
    at = 0
    for item in taken:
        parts += (text[at : item.start], MARKS[item.kind])
        at = item.end
    return "".join((*parts, text[at:])), taken


def _all(text: str) -> Iterator[Taken]:
    for hit in _MOBILE.finditer(text):
        yield Taken(hit.start(), hit.end(), "mobile")
    for hit in _IDENTITY.finditer(text):
        yield Taken(hit.start(), hit.end(), "identity")
    if "@" in text or "＠" in text:
        for hit in _MAILBOX.finditer(text):
            yield Taken(hit.start(), hit.end(), "mailbox")
    for hit in _ACCOUNT.finditer(text):
        yield Taken(hit.start(1), hit.end(1), "mailbox")
    for people in _PEOPLE.finditer(text):
        start = people.start("all")
        for hit in _ONE.finditer(people["all"]):
            if not _OFFICE.search(hit[0]):
                yield Taken(start + hit.start(), start + hit.end(), "person")
