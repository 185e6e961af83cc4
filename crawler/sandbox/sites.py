"""The sites: real hosts, with the looks and habits of their CMS (facts of the portals)."""

from __future__ import annotations

from functools import partial

from crawler.sandbox.model import Site
from crawler.sandbox.names import PLACES

# 襄阳: one TRS instance, plain http.
_xiangyang = partial(
    Site, scheme="http", family="trs", platform="xiangyang", suffix=".shtml",
    article_skin="xiangyang", answers="http", keeps="etag",
)  # fmt: skip
# 鄂州: another TRS instance; the districts differ in scheme and suffix.
_ezhou = partial(Site, family="trs", platform="ezhou", article_skin="ezhou")
# 怀化 and 永州: UCAP.
_huaihua = partial(
    Site, scheme="https", family="ucap", platform="huaihua", suffix=".shtml",
    article_skin="huaihua",
)  # fmt: skip
_yongzhou = partial(
    Site, family="ucap", platform="yongzhou", suffix=".shtml",
    article_skin="yongzhou",
)  # fmt: skip

XZSP = _xiangyang(
    "xzsp.xiangyang.gov.cn", place=PLACES["xiangyang"], title="襄阳市行政审批局",
    identifier="4206000021", list_skin="news", cookie="SF_cookie_18",
)  # fmt: skip
JXJ = _xiangyang(
    "jxj.xiangyang.gov.cn", place=PLACES["xiangyang"], title="襄阳市经济和信息化局",
    identifier="4206000034", list_skin="info", robots="missing",
)  # fmt: skip
SJJ = _xiangyang(
    "sjj.xiangyang.gov.cn", place=PLACES["xiangyang"], title="襄阳市审计局",
    identifier="4206000017", list_skin="old", stub_tail=True,
)  # fmt: skip
XIANGYANG = _xiangyang(
    "www.xiangyang.gov.cn", place=PLACES["xiangyang"], title="襄阳市人民政府",
    identifier="4206000001", list_skin="news", cookie="SF_cookie_1",
)  # fmt: skip
YICHENG = _xiangyang(
    "www.ych.gov.cn", place=PLACES["yicheng"], title="宜城市人民政府",
    identifier="4206840001", list_skin="news",
)  # fmt: skip
XIANGZHOU = _xiangyang(
    "www.xyxz.gov.cn", place=PLACES["xiangzhou"], title="襄阳市襄州区人民政府",
    identifier="4206070001", list_skin="info", robots="missing",
)  # fmt: skip
XIANGCHENG = _xiangyang(
    "www.xyxcq.gov.cn", place=PLACES["xiangcheng"], title="襄阳市襄城区人民政府",
    identifier="4206020001", list_skin="old",
)  # fmt: skip
HUARONG = _ezhou(
    "www.hbhr.gov.cn", "https", place=PLACES["huarong"], title="鄂州市华容区人民政府",
    identifier="4207030001", suffix=".html", list_skin="ezhou", answers="https",
    keeps="none",
)  # fmt: skip
EZHOU = _ezhou(
    "www.ezhou.gov.cn", "https", place=PLACES["ezhou"], title="鄂州市人民政府",
    identifier="4207000001", suffix=".html", list_skin="ezhou", gzip=True,
    keeps="date",
)  # fmt: skip
ECHENG = _ezhou(
    "www.echeng.gov.cn", "http", place=PLACES["echeng"], title="鄂州市鄂城区人民政府",
    identifier="4207040001", suffix=".html", list_skin="ezhou", charset="gb2312",
    robots="missing",
    keeps="now",
)  # fmt: skip
LINKONG = _ezhou(
    "lkjjq.ezhou.gov.cn", "http", place=PLACES["linkong"], title="鄂州临空经济区管理委员会",
    identifier="4207000040", suffix=".shtml", list_skin="script",
    keeps="frozen",
)  # fmt: skip
HUAIHUA = _huaihua(
    "www.huaihua.gov.cn", place=PLACES["huaihua"], title="怀化市人民政府",
    identifier="4312000001", list_skin="content_ul", code="huaihua", cookie="_site_id",
    keeps="no_cache",
)  # fmt: skip
JINGZHOU = _huaihua(
    "www.jzx.gov.cn", place=PLACES["jingzhou"], title="靖州苗族侗族自治县人民政府",
    identifier="4312290001", list_skin="content_ul", code="jzx", robots="forbidden",
    keeps="date",
)  # fmt: skip
QIYANG = _yongzhou(
    "www.qy.gov.cn",
    "https", place=PLACES["qiyang"], title="祁阳市人民政府",
    identifier="4311810001", list_skin="list_div", code="qy", answers="https",
    keeps="none",
)  # fmt: skip
DAOXIAN = _yongzhou(
    "www.dx.gov.cn",
    "http", place=PLACES["daoxian"], title="道县人民政府",
    identifier="4311240001", list_skin="ul_list1", code="dx", robots="missing",
    keeps="etag",
)  # fmt: skip
