"""温泉县."""

from spiders.families.vsb import Vsb


class Wenquan(Vsb):
    """The number of the tree is known by a report; list.jsp lists any tree."""

    scheme, hosts = "https", ("www.xjwq.gov.cn",)
    title, division, level = "温泉县", "652723", "county"
    evidence = "https://www.xjwq.gov.cn/info/1050/64208.htm"
    column = "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1050"
