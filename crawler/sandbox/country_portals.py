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
            ``tabs``, ``bodies``, ``areas``, ``groups``, ``sites``; ``own`` and ``single`` for
            one ``body``, with a list or with nothing but its last report; ``none`` for no reports.
        way: How the home page leads there (``country_ways``).
        division: Code, for a host that is not in the register.
        body: The full name of the only body that publishes there.
    """

    host: str
    family: str
    root: str
    plan: str = "one"
    way: str = "menu"
    scheme: str = "http"
    division: str = ""
    body: str = ""
    skin: str = ""
    article: str = ""
    code: str = ""
    variant: str = ""
    charset: str = "utf-8"
    robots: str = "allow"
    answers: str = "both"
    suffix: str = ".html"


_own = partial(Entry, plan="own", way="menu")
_trs = partial(Entry, family="trs", skin="ezhou", article="ezhou")
_ucap = partial(Entry, family="ucap", skin="content_ul", article="huaihua", suffix=".shtml")
_hanweb = partial(Entry, family="hanweb")
_dated = partial(Entry, family="dated")

PROVEN = (
    # TRS.
    _trs("cqszx.gov.cn", root="/zwgk_260/zfxxgknb/", skin="news", article="xiangyang"),
    _trs("www.fzja.gov.cn", root="/xjwz/zwgk/zfxxgk/zfxxgknb/", plan="groups", suffix=".htm"),
    _trs("gaj.putian.gov.cn", root="/zfxxgk/zfxxgknb/", plan="own", body="莆田市公安局",
         division="350300", scheme="https", suffix=".htm", answers="https"),
    _trs("ya.gov.cn", root="/zfxxgkzl/bm/czj/zfxxgknb/", plan="own", body="永安市财政局",
         division="350481", scheme="https", suffix=".htm"),
    _trs("www.pingtan.gov.cn", root="/zwgk/zfxxgk/dfbmptlj/ptzhsyqbm/ptzhsyqczj/zfxxgknb/",
         plan="own", body="平潭综合实验区财政局", scheme="https", suffix=".htm"),
    _trs("www.guangshui.gov.cn", root="/jcxxgkpt/bmxxgk/sczj/zfxxgkgzndbg_15752/", plan="own",
         body="广水市财政局", suffix=".shtml"),
    _trs("www.laifeng.gov.cn", root="/xxgk/gknb/", plan="groups"),
    _trs("www.huangpi.gov.cn", root="/bmzl/qspj_bmzl/zfxxgkndbg_qspj/", plan="own",
         body="武汉市黄陂区行政审批局", scheme="https", skin="script"),
    _trs("www.panzhou.gov.cn", root="/zwgk/zfxxgk/zfxxgknb/", plan="years", way="deep",
         scheme="https", robots="missing"),
    _trs("www.syyh.gov.cn", root="/zwgk/zfxxgknb/", plan="years", way="tree"),
    _trs("xxgk.jlbc.gov.cn", root="/zcbm/fgw_97987/ndbg/", plan="own", body="白城市科学技术局",
         division="220800"),
    _trs("www.hunan.gov.cn", root="/xxgk/zfxxgknb/szzf_97945/"),
    _trs("www.jdzcjq.gov.cn", root="/qgxj/zfxxgknb_1916/", plan="years", variant="short",
         suffix=".shtml"),
    # UCAP.
    _ucap("jkh.gov.cn", root="/jkhq/nb2024bm/list.shtml", code="jkhq"),
    _ucap("www.dttz.gov.cn", root="/dttzx/zfzcbm2021/list.shtml", code="dttzx",
          article="yongzhou", skin="ul_list1"),
    _ucap("www.xjnlk.gov.cn", root="/xjnlk/c112945/list.shtml", code="xjnlk"),
    _ucap("www.yudu.gov.cn", root="/ydxxxgk/c100289nssg/xxgk_list.shtml", code="ydxxxgk",
          scheme="https"),
    _ucap("www.chnzj.gov.cn", root="/chnzj/c133076/list.shtml", code="chnzj", plan="own",
          body="芷江侗族自治县财政局"),
    # Hanweb.
    _hanweb("www.wenzhou.gov.cn", root="/col/col1229850035/index.html", plan="years",
            way="deep", code="2991", skin="table"),
    _hanweb("www.sxyc.gov.cn", root="/col/col1229445040/index.html", way="jump",
            scheme="https", variant="encrypted"),
    _hanweb("www.wuch.gov.cn", root="/col/col1229181930/index.html", plan="bodies",
            way="frame"),
    Entry("www.lishui.gov.cn", "hanweb_annual",
          "/module/xxgk/xxgkAnnualReport.jsp?fbtime=2017&area=113325000026455663", "own",
          body="丽水市人民政府办公室"),
    Entry("www.zjtt.gov.cn", "hanweb_annual",
          "/module/xxgk/xxgkAnnualReport.jsp?area=113310230026833949&fbtime=2013", "own",
          body="天台县人民政府办公室"),
    _hanweb("www.yandu.gov.cn", root="/col/col3354/index.html", plan="groups", way="tree",
            scheme="https"),
    _hanweb("www.qishan.gov.cn", root="/col/col13666/index.html", plan="tabs", way="direct"),
    Entry("linxia.gov.cn", "jpaas", "/lxz/zwgk/zfxxgknb/", "groups", scheme="https"),
    # Guangdong: gkmlpt, and the CMS beside it.
    Entry("heping.gov.cn", "gkmlpt", "/hyhphsz/gkmlpt/annualreport", "own",
          body="和平县合水镇人民政府", answers="http"),
    Entry("whly.gd.gov.cn", "gkmlpt", "/gkmlpt/annualreport#2629", "own",
          body="广东省文化和旅游厅", division="440000", answers="http"),
    _dated("www.puning.gov.cn", root="/zfxxgkmlfg/jyspnsgaj/zfxxgkgzndbg/", plan="own",
           body="普宁市公安局", variant="content_post"),
    _dated("gz.gov.cn", root="/zfjgzy/gzsrmzfbgt/zfxxgknb/", plan="groups",
           variant="content_post", scheme="https"),
    _dated("www.haizhu.gov.cn", root="/zwgk/zfxxgknb/", plan="years", way="tree",
           variant="content_post", scheme="https"),
    # LonSun.
    Entry("www.yuan.gov.cn", "lonsun", "/public/column/6596821?type=3", "own",
          body="裕安区水利局", skin="label"),
    Entry("www.anzhou.gov.cn", "lonsun", "/public/column/16551?type=3", "own",
          body="绵阳市安州区经济合作局"),
    # VSB.
    Entry("www.tsqs.gov.cn", "vsb", "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1154",
          variant="jsp"),
    Entry("www.schy.gov.cn", "vsb", "/zfxxgk/zfxxgknb.htm", "groups", "deep", scheme="https"),
    Entry("www.xjwq.gov.cn", "vsb", "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1050",
          scheme="https", variant="jsp"),
    # Dated and numbered paths.
    _dated("shanghai.gov.cn", root="/nw12344/index.html", way="direct", variant="shanghai",
           scheme="https"),
    _dated("czj.zhuzhou.gov.cn", root="/c27662/index.html", plan="single", body="株洲市财政局",
           division="430200", variant="zhuzhou"),
    _dated("sjj.zhuzhou.gov.cn", root="/c16617/index.html", plan="own", body="株洲市审计局",
           division="430200", variant="zhuzhou"),
    _dated("www.hnyx.gov.cn", root="/c26829/index.html", variant="zhuzhou"),
    _dated("www.qdx.gov.cn", plan="own", body="祁东县行政审批服务局", variant="zhuzhou",
           root="/xxgk/xxgkml/xzfgzbmxxgkml/qdxxzspfwj/ndxxgkbg/index.html"),
    _dated("hejiang.gov.cn", root="/gk/zfxxgknb/zjzfxxgknb", variant="content_id",
           scheme="https"),
    _dated("www.xinle.gov.cn", root="/columns/bad1076f-2ae9-4523-89c8-24da0a0c344c/index.html",
           way="jump", variant="hebei", skin="xxgkList"),
    _dated("www.china-zibo.gov.cn", plan="own", body="淄博市公安局高新技术产业开发区分局",
           root="/gongkai/site_gxqgafj/channel_6076a2591887a377796ba71d/", division="370300",
           variant="liaocheng"),
    _dated("czj.tjbh.gov.cn", root="/channels/9746.html", plan="own",
           body="天津市滨海新区财政局", division="120116", variant="contents", skin="table"),
    _dated("www.sxjiaxian.gov.cn", root="/zwgk/zfxxgkzl/xtjdbnb/ct/", variant="number"),
)  # fmt: skip
"""Portals whose report column a proven address shows."""

UNKNOWN = (
    # Hanweb, and what followed it.
    _hanweb("www.nbjb.gov.cn", root="/col/col1229214366/index.html", code="3013",
            scheme="https"),
    _hanweb("www.pingquan.gov.cn", root="/col/col7431/index.html", plan="bodies", way="frame",
            scheme="https"),
    Entry("www.zjqy.gov.cn", "hanweb_search", "/col/col1229428777/index.html?number=A001"),
    Entry("www.fengning.gov.cn", "hanweb_annual",
          "/module/xxgk/xxgkAnnualReport.jsp?fbtime=2018&area=111308260003041234", "own",
          "tree", body="丰宁满族自治县人民政府", scheme="https"),
    Entry("www.kecheng.gov.cn", "jpaas", "/zwgk/zfxxgknb/index.html", "one", "deep",
          scheme="https", variant="static"),
    Entry("www.linxiaxian.gov.cn", "jpaas", "/lxx/zwgk/zfxxgknb/index.html", "groups",
          scheme="https"),
    # gkmlpt.
    Entry("www.zhaoqing.gov.cn", "gkmlpt", "/gkmlpt/annualreport#2629", answers="http",
          variant="single"),
    Entry("www.szns.gov.cn", "gkmlpt", "/gkmlpt/annualreport#638", "areas", "offices",
          answers="http"),
    # LonSun.
    Entry("www.anqing.gov.cn", "lonsun", "/public/column/2000000?type=3", scheme="https"),
    Entry("www.chaohu.gov.cn", "lonsun", "/zfxxgk/public/column/6590001?type=3", "areas",
          "offices", scheme="https", skin="label"),
    # VSB.
    Entry("www.mdx.gov.cn", "vsb", "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1029", "one",
          "tree", scheme="https", variant="jsp_all"),
    Entry("www.tongwei.gov.cn", "vsb", "/zfxxgk/zfxxgknb.htm", "groups", "deep"),
    # Rows that come by script or search.
    Entry("www.jxfzdx.gov.cn", "jiangxi", "/jxfzdx/col/col42150/index.html", code="jxfzdx"),
    Entry("www.linxiang.gov.cn", "hunan_api", "/linxiang/zfxxgknb/list.shtml", skin="content_ul",
          article="huaihua", code="80675", scheme="https", suffix=".shtml"),
    Entry("www.raohe.gov.cn", "half_search", "/raohe/c100456/list.shtml", skin="content_ul",
          article="huaihua", code="raohe", suffix=".shtml"),
    Entry("www.hgds.gov.cn", "ucap_json", "/hgds/zfxxgknb/list.shtml", "one", "deep",
          skin="content_ul", article="huaihua", code="hgds", suffix=".shtml"),
    Entry("www.bjyq.gov.cn", "ucap_json", "/yanqing/zfxxgknb/list.shtml", "years", "frame",
          skin="content_ul", article="yongzhou", code="yanqing", variant="common",
          suffix=".shtml"),
    # UCAP pages.
    _ucap("www.scnjdx.gov.cn", root="/dxq/zfxxgknb/list.shtml", plan="sites", way="moved",
          code="dxq"),
    _ucap("www.luzhai.gov.cn", root="/luzhai/zfxxgknb/list.shtml", plan="years", code="luzhai",
          skin="list_div", article="yongzhou"),
    # Dated and numbered paths.
    _dated("www.jsxishan.gov.cn", root="/zfxxgk/zfxxgknb/index.shtml", plan="bodies",
           way="frame", variant="doc", suffix=".shtml", scheme="https"),
    _dated("www.yuanhui.gov.cn", root="/zwgk/zfxxgknb/index.html", plan="tabs", way="shell",
           variant="content_dated", scheme="https", skin="table"),
    _dated("www.suining.gov.cn", root="/zfxxgknb/list.shtml", way="deep", variant="sichuan",
           suffix=".shtml"),
    # Reversed paging, and queries.
    Entry("www.dezhou.gov.cn", "sasac", "/n1403/n38391604/index.html", scheme="https"),
    Entry("www.scgw.gov.cn", "query", "/zfxxgk/InfoPublic.aspx?cid=12", variant="aspx",
          charset="gb2312"),
    Entry("www.ziyang.gov.cn", "query", "/gk/year_list.aspx?dept=126", "bodies",
          variant="dept"),
    # TRS.
    _trs("www.cqsdj.gov.cn", root="/zwgk_157/zfxxgknb/", way="direct", skin="news",
         article="xiangyang"),
    _trs("www.putian.gov.cn", root="/zfxxgk/zfxxgknb/", plan="sites", scheme="https",
         answers="https"),
    _trs("www.wuchuan.gov.cn", root="/zwgk/zfxxgknb/", plan="bodies", way="map"),
    _trs("www.luoshan.gov.cn", root="/zfxxgkptlj/nb/", plan="tabs", way="jump", skin="old",
         article="xiangyang", robots="forbidden"),
    _trs("gsgz.gov.cn", root="/gzzfxxgk/zfxxgknb/", plan="areas", way="offices"),
    _trs("www.linxian.gov.cn", root="/zwgk/zfxxgknb/", plan="none", way="nothing"),
)  # fmt: skip
"""Portals of which nothing is known but the host."""

ENTRIES = (*PROVEN, *UNKNOWN)
