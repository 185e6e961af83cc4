"""昌江区."""

from spiders.families.trs import Trs


class ChangjiangQgxj(Trs):
    """A department's column, one list a year (2021_gx)."""

    hosts = ("www.jdzcjq.gov.cn",)
    title, division, level = "昌江区", "360202", "county"
    evidence = "http://www.jdzcjq.gov.cn/qgxj/zfxxgknb_1916/2021_gx/t800728.shtml"
    column = "/qgxj/zfxxgknb_1916/"
