"""攸县."""

from spiders.families.plain import Plain


class Youxian(Plain):
    """The column's number is known by a report."""

    hosts = ("www.hnyx.gov.cn",)
    title, division, level = "攸县", "430223", "county"
    evidence = "http://www.hnyx.gov.cn/c26829/20250126/i2310545.html"
    column = "/c26829/index.html"
