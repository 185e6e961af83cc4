"""The portals of the country as data: host, CMS, where its reports stand, how one gets there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True)
class Entry:
    """A portal.

    Attributes:
        host: A registered host, or a host of the division named.
        family: The twin that serves it.
        root: Address of its report column.
        plan: How bodies and years are spread over lists (``country``): ``one``, ``years``,
            ``tabs``, ``bodies``, ``areas``, ``groups``, ``sites``; ``none`` for no reports.
        way: How the home page leads there (``country_ways``).
        division: Code, for a host that is not in the register.
    """

    host: str
    family: str
    root: str
    plan: str = "one"
    way: str = "menu"
    scheme: str = "http"
    division: str = ""
    skin: str = ""
    article: str = ""
    code: str = ""
    variant: str = ""
    charset: str = "utf-8"
    robots: str = "allow"
    answers: str = "both"
    suffix: str = ".html"


_https = partial(Entry, scheme="https")
_trs = partial(Entry, family="trs", skin="ezhou", article="ezhou")
_ucap = partial(Entry, family="ucap", skin="content_ul", article="huaihua", suffix=".shtml")

ENTRIES = (
    # Hanweb: Zhejiang, Jiangsu, Shaanxi.
    _https("www.nbjb.gov.cn", "hanweb", "/col/col1229214366/index.html", code="3013"),
    _https("www.wenzhou.gov.cn", "hanweb", "/col/col1229850035/index.html", "years", "deep",
           code="2991", skin="table"),
    _https("www.wuch.gov.cn", "hanweb", "/col/col1229181930/index.html", "bodies", "frame"),
    Entry("www.sxyc.gov.cn", "hanweb", "/col/col1229445040/index.html", "one", "jump",
          variant="encrypted"),
    _https("www.yandu.gov.cn", "hanweb", "/col/col3354/index.html", "groups", "tree"),
    Entry("www.qishan.gov.cn", "hanweb", "/col/col13666/index.html", "tabs", "direct"),
    _https("www.lishui.gov.cn", "hanweb_annual", "/col/col1229283446/index.html", "areas",
           "offices"),
    Entry("www.zjqy.gov.cn", "hanweb_search", "/col/col1229428777/index.html?number=A001",
          "one", "menu"),
    _https("www.linxia.gov.cn", "jpaas", "/lxz/zwgk/zfxxgknb/index.html", "groups", "menu"),
    _https("www.kecheng.gov.cn", "jpaas", "/zwgk/zfxxgknb/index.html", "one", "deep",
           variant="static"),
    # gkmlpt and its sister CMS: Guangdong.
    Entry("www.heping.gov.cn", "gkmlpt", "/gkmlpt/annualreport#638", "areas", "offices",
          answers="http"),
    Entry("www.zhaoqing.gov.cn", "gkmlpt", "/gkmlpt/annualreport#2629", "one", "menu",
          answers="http", variant="single"),
    Entry("www.puning.gov.cn", "dated", "/zfxxgkmlfg/zfxxgkgzndbg/index.html", "groups", "frame",
          variant="content_post"),
    _https("www.haizhu.gov.cn", "dated", "/zwgk/zfxxgknb/index.html", "years", "tree",
           variant="content_post"),
    # LonSun: Anhui.
    _https("www.yuan.gov.cn", "lonsun", "/public/column/6596821?type=3", "areas", "offices",
           skin="label"),
    _https("www.anqing.gov.cn", "lonsun", "/public/column/2000000?type=3", "one", "menu"),
    # VSB: Xinjiang, Sichuan, Yunnan.
    _https("www.xjwq.gov.cn", "vsb", "/zwgk/zfxxgknb.htm", "one", "menu"),
    _https("www.schy.gov.cn", "vsb", "/zfxxgk/zfxxgknb.htm", "groups", "deep"),
    Entry("www.mdx.gov.cn", "vsb", "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1029", "one",
          "tree", variant="jsp"),
    # Jiangxi, Hunan, and lists that a search fills.
    _https("www.jxfzdx.gov.cn", "jiangxi", "/jxfzdx/col/col42150/index.html", "one", "menu",
           code="jxfzdx"),
    _ucap("www.yudu.gov.cn", root="/ydxxxgk/c100289n/list.shtml", plan="one", way="tree",
          scheme="https", code="ydxxxgk"),
    Entry("www.hunan.gov.cn", "hunan_api", "/xxgk/zfxxgknb/newxxgklist.html", "one", "menu",
          skin="content_ul", article="huaihua", code="80675"),
    Entry("www.xjnlk.gov.cn", "half_search", "/xjnlk/c112945/list.shtml", "one", "menu",
          skin="content_ul", article="huaihua", code="xjnlk", suffix=".shtml"),
    Entry("www.dttz.gov.cn", "ucap_json", "/dttzx/zfxxgknb/list.shtml", "one", "deep",
          skin="content_ul", article="huaihua", code="dttzx", suffix=".shtml"),
    Entry("www.bjyq.gov.cn", "ucap_json", "/yanqing/zfxxgknb/list.shtml", "years", "frame",
          skin="content_ul", article="yongzhou", code="yanqing", variant="common",
          suffix=".shtml"),
    # UCAP pages.
    _ucap("www.jkh.gov.cn", root="/jkhq/zfxxgknb/list.shtml", plan="years", way="menu",
          code="jkhq"),
    _ucap("www.scnjdx.gov.cn", root="/dxq/zfxxgknb/list.shtml", plan="sites", way="moved",
          code="dxq"),
    # Plain lists with dated or numbered paths.
    Entry("www.hnyx.gov.cn", "dated", "/c26829/index.html", "bodies", "menu", scheme="https",
          variant="zhuzhou", answers="https"),
    Entry("www.hejiang.gov.cn", "dated", "/gk/zfxxgknb/index.html", "groups", "menu",
          variant="content_id"),
    _https("www.shanghai.gov.cn", "dated", "/nw12344/index.html", "one", "direct",
           variant="shanghai"),
    Entry("www.xinle.gov.cn", "dated",
          "/columns/bad1076f-2ae9-4523-89c8-24da0a0c344c/index.html", "one", "jump",
          variant="hebei", skin="xxgkList"),
    _https("www.jsxishan.gov.cn", "dated", "/zfxxgk/zfxxgknb/index.shtml", "bodies", "frame",
           variant="doc", suffix=".shtml"),
    Entry("www.yuanhui.gov.cn", "dated", "/zwgk/zfxxgknb/index.html", "tabs", "shell",
          variant="content_dated", scheme="https", skin="table"),
    Entry("www.suining.gov.cn", "dated", "/zfxxgknb/list.shtml", "one", "deep",
          variant="sichuan", suffix=".shtml"),
    # Reversed paging, and queries.
    _https("www.dezhou.gov.cn", "sasac", "/n1403/n38391604/index.html", "one", "menu"),
    Entry("www.scgw.gov.cn", "query", "/zfxxgk/InfoPublic.aspx?cid=12", "one", "menu",
          variant="aspx", charset="gb2312"),
    Entry("www.ziyang.gov.cn", "query", "/gk/year_list.aspx?dept=126", "bodies", "menu",
          variant="dept"),
    # TRS in more provinces.
    _trs("www.laifeng.gov.cn", root="/xxgk/gknb/", plan="groups", way="menu"),
    _trs("www.huangpi.gov.cn", root="/bmzl/zfxxgkndbg/", plan="bodies", way="frame",
         scheme="https", skin="script"),
    _trs("www.panzhou.gov.cn", root="/zwgk/zfxxgk/zfxxgknb/", plan="years", way="deep",
         robots="missing"),
    _trs("www.syyh.gov.cn", root="/zwgk/zfxxgknb/", plan="years", way="tree"),
    _trs("www.cqsdj.gov.cn", root="/zwgk_157/zfxxgknb/", plan="one", way="menu", skin="news",
         article="xiangyang"),
    _trs("www.putian.gov.cn", root="/zfxxgk/zfxxgknb/", plan="sites", way="menu", scheme="https",
         answers="https"),
    _trs("www.wuchuan.gov.cn", root="/zwgk/zfxxgknb/", plan="bodies", way="map"),
    _trs("www.luoshan.gov.cn", root="/zfxxgkptlj/nb/", plan="tabs", way="menu", skin="old",
         article="xiangyang", robots="forbidden"),
    _trs("gsgz.gov.cn", root="/gzzfxxgk/zfxxgknb/", plan="areas", way="offices"),
    _trs("www.linxian.gov.cn", root="/zwgk/zfxxgknb/", plan="none", way="nothing"),
)  # fmt: skip
"""In the order of their families."""
