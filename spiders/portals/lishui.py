"""丽水市."""

from spiders.families.hanweb import Hanweb


class Lishui(Hanweb):
    """One page for each organ and year; it leads to the other years."""

    hosts = ("www.lishui.gov.cn",)
    title, division, level = "丽水市", "331100", "prefecture"
    evidence = (
        "http://www.lishui.gov.cn/module/xxgk"
        "/xxgkAnnualReport.jsp?fbtime=2017&area=113325000026455663"
    )
    column = "/module/xxgk/xxgkAnnualReport.jsp?fbtime=2017&area=113325000026455663"
