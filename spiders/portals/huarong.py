"""华容区."""

from spiders.families.trs import Trs
from spiders.tasks import Column


class Huarong(Trs):
    """Every department in one list a year; the rows of late years are bare names."""

    hosts = ("www.hbhr.gov.cn",)
    scheme = "https"
    title, division, level = "华容区", "420703", "county"
    evidence = "https://www.hbhr.gov.cn/hrqxxgk/xxgknb/2020/202105/t20210513_397489.html"
    columns = (Column("/hrqxxgk/xxgknb/", evidence=evidence),)
