"""株洲市审计局."""

from spiders.families.plain import Plain


class ZhuzhouSjj(Plain):
    """The column's number is known by a report."""

    hosts = ("sjj.zhuzhou.gov.cn",)
    title = agency = "株洲市审计局"
    division, level = "430200", "prefecture"
    evidence = "http://sjj.zhuzhou.gov.cn//c16617/20240115/i2153657.html"
    column = "/c16617/index.html"
