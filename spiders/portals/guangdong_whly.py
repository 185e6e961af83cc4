"""广东省文化和旅游厅."""

from spiders.families.gkmlpt import Gkmlpt


class GuangdongWhly(Gkmlpt):
    """The category stands behind the #, which no server sees."""

    hosts = ("whly.gd.gov.cn",)
    title = agency = "广东省文化和旅游厅"
    division, level = "440000", "province"
    evidence = "http://whly.gd.gov.cn/gkmlpt/annualreport#2629"
    column = "/gkmlpt/annualreport#2629"
