"""清水县."""

from spiders.families.vsb import Vsb


class Qingshui(Vsb):
    """The number of the tree is known by a report; list.jsp lists any tree."""

    hosts = ("www.tsqs.gov.cn",)
    title, division, level = "清水县", "620521", "county"
    evidence = "http://www.tsqs.gov.cn/info/1154/16376.htm"
    column = "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1154"
