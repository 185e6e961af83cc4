"""白城市."""

from spiders.families.trs import Trs


class Baicheng(Trs):
    """A department's column; its path names another bureau than its reports do."""

    hosts = ("xxgk.jlbc.gov.cn",)
    title, division, level = "白城市", "220800", "prefecture"
    evidence = "http://xxgk.jlbc.gov.cn/zcbm/fgw_97987/ndbg/202501/t20250126_1007407.html"
    column = "/zcbm/fgw_97987/ndbg/"
