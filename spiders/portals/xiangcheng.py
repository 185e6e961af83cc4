"""襄城区."""

from spiders.families.trs import Trs


class Xiangcheng(Trs):
    """One column, then by kind of body and body (xcqnbzl/bm_xc3322/qzjj)."""

    hosts = ("www.xyxcq.gov.cn",)
    title, division, level = "襄城区", "420602", "county"
    evidence = "http://www.xyxcq.gov.cn/zwgk/xxgknb/xcqnbzl/bm_xc3322/qzjj/"
    column = "/zwgk/xxgknb/"
