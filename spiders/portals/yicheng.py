"""宜城市."""

from spiders.families.trs import Trs


class Yicheng(Trs):
    """One column, by year, then by kind of body (2022/xzbm)."""

    hosts = ("www.ych.gov.cn",)
    title, division, level = "宜城市", "420684", "county"
    evidence = "http://www.ych.gov.cn/xxgk/xxgknb/2022/xzbm/202301/t20230113_3113885.shtml"
    column = "/xxgk/xxgknb/"
