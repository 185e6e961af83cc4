"""来凤县."""

from spiders.families.trs import Trs


class Laifeng(Trs):
    """One column, by kind of body, then body (xzbm/xzwj)."""

    hosts = ("www.laifeng.gov.cn",)
    title, division, level = "来凤县", "422827", "county"
    evidence = "http://www.laifeng.gov.cn/xxgk/gknb/xzbm/xzwj/202201/t20220124_1239406.shtml"
    column = "/xxgk/gknb/"
