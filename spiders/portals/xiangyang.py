"""襄阳市."""

from spiders.families.trs import Trs


class Xiangyang(Trs):
    """The city, its departments without a host of their own (zfnbhz/szbm) and its counties."""

    hosts = ("www.xiangyang.gov.cn",)
    title, division, level = "襄阳市", "420600", "prefecture"
    evidence = (
        "http://www.xiangyang.gov.cn"
        "/szf/zfxxgk/zfxxgknb/zfnbhz/szbm/szsj/202501/t20250114_3745800.shtml"
    )
    column = "/szf/zfxxgk/zfxxgknb/"
