"""襄阳市审计局."""

from spiders.families.trs import Trs


class XiangyangSjj(Trs):
    """The column holds this bureau's reports only."""

    hosts = ("sjj.xiangyang.gov.cn",)
    title = agency = "襄阳市审计局"
    division, level = "420600", "prefecture"
    evidence = "http://sjj.xiangyang.gov.cn/zwgk/gknb/202501/t20250106_3740555.shtml"
    column = "/zwgk/gknb/"
