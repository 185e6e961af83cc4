"""黄陂区."""

from spiders.families.trs import Trs


class Huangpi(Trs):
    """The approval bureau's column among those of all departments."""

    scheme, hosts = "https", ("www.huangpi.gov.cn",)
    title, agency = "黄陂区", "武汉市黄陂区行政审批局"
    division, level = "420116", "county"
    evidence = (
        "https://www.huangpi.gov.cn/bmzl/qspj_bmzl/zfxxgkndbg_qspj/202101/t20210127_1619045.html"
    )
    column = "/bmzl/qspj_bmzl/zfxxgkndbg_qspj/"
