"""Bureaucratic prose by templates with slots: the six sections of a report, and other pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from crawler.sandbox.model import Body

Section = list[str]  # paragraphs, without the section's heading

_PREAMBLES = (
    "依照《中华人民共和国政府信息公开条例》第五十条的规定，{self}编写了{year}年的年度报告。"
    "文中数字的统计期限自{year}年1月1日起，至{year}年12月31日止。",
    "按照国家统一格式，现将{agency}{year}年度政府信息公开工作情况报告如下，"
    "数据截至{year}年12月31日。",
    "本报告由{self}汇总编制，包括总体情况、主动公开、依申请公开、复议诉讼、问题改进和其他事项六个部分。",
)
_CONTACT = (
    "社会公众对本报告有疑问的，可与{agency}办公室联系（电话：{phone}-{number}）。",
    "联系地址：{place}行政服务大楼{room}室，电话：{phone}-{number}。",
)
_ACTIVE = (
    "全年通过门户网站公开各类信息{a}条，其中工作动态{b}条、政策文件{c}件。",
    "对照基本目录逐项核对，补充公开事项{c}项，清理过期链接{d}处。",
    "微信公众号推送信息{b}条，召开新闻通气会{d}场，线上访谈{d}期。",
    "围绕群众关心的事项发布解读材料{d}篇，采用图文和短视频等形式。",
    "本年共制发规范性文件{normative}件，均在印发后及时上网公开。",
)
_REQUESTS = (
    "本年新收政府信息公开申请{received}件，上年结转{carried}件，办结{closed}件，"
    "结转下年度继续办理{forward}件。",
    "登记、审查、答复各环节留痕管理，疑难件由法律顾问参与会商。",
    "答复文书统一使用规范模板，全部在法定期限内寄出。",
)
_MANAGEMENT = (
    "坚持先审查后公开，落实保密审查“三审三校”，全年未出现泄密情况。",
    "建立信息台账，按月更新动态，按季通报进度。",
    "对历年文件开展清理，并在网站标注有效性。",
)
_PLATFORM = (
    "优化信息公开专栏，调整栏目{d}个，完善检索和无障碍浏览功能。",
    "在办事大厅设置公开查阅点，配备自助终端{d}台，方便企业群众现场查询。",
    "配合集约化平台改版，完成数据迁移和栏目归并。",
)
_SUPERVISION = (
    "把公开工作列入年度考核，权重占{d}分，组织业务培训{d}次。",
    "主动接受社会评议，公布监督电话，全年没有责任追究情况。",
    "邀请代表委员参观体验，收集意见建议{d}条并逐条反馈。",
)
_LICENCES = (
    "全年作出行政许可决定{licence}件、行政处罚决定{penalty}件。",
    "许可、处罚等信息在作出决定后七个工作日内公示。",
)
_PROBLEMS = (
    "公开内容的时效性还有差距，个别栏目更新不够均衡。",
    "解读形式比较单一，群众看得懂、用得上的内容偏少。",
    "经办人员变动较多，对新规定的理解不够深入。",
    "依申请公开答复的说理部分不够充分。",
)
_REMEDIES = (
    "下一步，将细化责任分工，每季度开展一次栏目自查。",
    "针对去年提出的专栏分散问题，今年已完成归并，更新周期明显缩短。",
    "今后将多用图表和案例，增强解读的可读性。",
    "计划开展以案代训，提升依法答复的能力。",
)
_FEES = (
    "按照信息处理费管理办法，{self}{year}年度没有收取信息处理费。",
    "本年度发出收费通知0件，实际收取0元。",
)
_MATTERS = (
    "承办人大代表建议{d}件、政协委员提案{c}件，办理结果已按要求公开。",
    "无其他需要报告的事项。",
    "重点领域信息公开情况已在专栏集中展示。",
)


@dataclass(frozen=True)
class Voice:
    """Who speaks in a report, about which year, with which numbers.

    Attributes:
        agency: The name used in the text; equals ``own`` where the text never names the body.
        own: How the body speaks of itself (我局).
        counts: The totals of ``figures.Figures``.
    """

    body: Body
    agency: str
    own: str
    year: int
    counts: dict[str, int]


def sections(voice: Voice, chance: Random) -> list[Section]:
    """Return the paragraphs of preamble and the six sections (seven lists)."""
    slots: dict[str, object] = {
        "self": voice.own, "agency": voice.agency, "year": voice.year,
        "place": "" if voice.agency == voice.own else voice.body.place.short,
        "phone": voice.body.place.phone, **voice.counts,
    }  # fmt: skip

    def say(pool: tuple[str, ...], count: int) -> str:
        drawn = chance.sample(pool, k=min(count, len(pool)))
        numbers = {
            "a": chance.randint(90, 3000), "b": chance.randint(20, 800),
            "c": chance.randint(3, 40), "d": chance.randint(2, 9),
            "room": chance.randint(101, 909), "number": chance.randint(3200000, 8999999),
        }  # fmt: skip
        return "".join(drawn).format(**(slots | numbers))

    parts = (
        ("主动公开", _ACTIVE, 3), ("依申请公开", _REQUESTS, 2), ("政府信息管理", _MANAGEMENT, 2),
        ("平台建设", _PLATFORM, 2), ("监督保障", _SUPERVISION, 2),
    )  # fmt: skip
    general = []
    for ordinal, (name, pool, count) in zip("一二三四五", parts, strict=True):
        text = say(pool, count)
        general += (
            [f"({ordinal}){name}情况", text]
            if chance.random() < 0.4
            else [f"({ordinal}){name}。{text}"]
        )
    first, second = chance.sample(_PROBLEMS, k=2)
    return [
        [say(_PREAMBLES, 1) + (say(_CONTACT, 1) if chance.random() < 0.6 else "")],
        general,
        [say(_LICENCES, 1)] if chance.random() < 0.3 else [],
        [_REQUESTS[0].format(**slots)] if chance.random() < 0.3 else [],
        [],
        [f"存在的问题：一是{first}二是{second}", say(_REMEDIES, 2)],
        [f"(一){say(_FEES, 1)}", f"(二){say(_MATTERS, 1)}"],
    ]


def official_page(title: str, place: str, chance: Random) -> list[str]:
    """Return the paragraphs of a page that is no report: a notice, guide, rule or news item."""
    pools = (_ACTIVE, _MANAGEMENT, _PLATFORM, _SUPERVISION, _PROBLEMS, _REMEDIES)
    slots = {
        key: chance.randint(2, 60)
        for key in ("a", "b", "c", "d", "normative", "received", "carried", "closed", "forward")
    }
    body = [
        "".join(chance.sample(pool, k=2)).format(**slots, self="本单位", year="本")
        for pool in chance.sample(pools, k=3)
    ]
    return [f"{place}各有关单位：", f"现就《{title}》有关内容说明如下。", *body, "特此说明。"]


def chinese_date(day: date) -> str:
    """Write a date as signatures do: 2024年1月17日."""
    return f"{day.year}年{day.month}月{day.day}日"
