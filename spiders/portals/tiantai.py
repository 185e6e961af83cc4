"""天台县."""

from spiders.families.hanweb import Hanweb


class Tiantai(Hanweb):
    """One page for each organ and year; it leads to the other years."""

    hosts = ("www.zjtt.gov.cn",)
    title, division, level = "天台县", "331023", "county"
    evidence = (
        "http://www.zjtt.gov.cn/module/xxgk"
        "/xxgkAnnualReport.jsp?area=113310230026833949&fbtime=2013"
    )
    column = "/module/xxgk/xxgkAnnualReport.jsp?area=113310230026833949&fbtime=2013"
