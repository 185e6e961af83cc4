"""襄阳市行政审批局."""

from spiders.families.trs import Trs


class XiangyangXzsp(Trs):
    """The column holds this bureau's reports only."""

    hosts = ("xzsp.xiangyang.gov.cn",)
    title = agency = "襄阳市行政审批局"
    division, level = "420600", "prefecture"
    evidence = "http://xzsp.xiangyang.gov.cn/zwgk/gknb/202501/t20250117_3748754.shtml"
    column = "/zwgk/gknb/"
