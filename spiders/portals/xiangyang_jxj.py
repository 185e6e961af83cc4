"""襄阳市经济和信息化局."""

from spiders.families.trs import Trs


class XiangyangJxj(Trs):
    """The column holds this bureau's reports only."""

    hosts = ("jxj.xiangyang.gov.cn",)
    title = agency = "襄阳市经济和信息化局"
    division, level = "420600", "prefecture"
    evidence = "http://jxj.xiangyang.gov.cn/zwgk/gknb/202201/t20220125_2699917.shtml"
    column = "/zwgk/gknb/"
