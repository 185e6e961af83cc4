"""华容区."""

from spiders.families.trs import Trs


class Huarong(Trs):
    """Every department in one list a year; the rows of late years are bare names."""

    scheme, hosts = "https", ("www.hbhr.gov.cn",)
    title, division, level = "华容区", "420703", "county"
    evidence = "https://www.hbhr.gov.cn/hrqxxgk/xxgknb/2020/202105/t20210513_397489.html"
    column = "/hrqxxgk/xxgknb/"
