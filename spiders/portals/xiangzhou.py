"""襄州区."""

from spiders.families.trs import Trs
from spiders.tasks import Column


class Xiangzhou(Trs):
    """Each department has its own column below /bmxz/bm/, which leads to the others."""

    hosts = ("www.xyxz.gov.cn",)
    title, division, level = "襄州区", "420607", "county"
    evidence = "http://www.xyxz.gov.cn/bmxz/bm/slj/zfxxgknb/202501/t20250109_3742942.shtml"
    columns = (
        Column("/bmxz/bm/slj/zfxxgknb/", agency="襄阳市襄州区水利局", evidence=evidence),
        Column("/bmxz/bm/", annual=False),
    )
