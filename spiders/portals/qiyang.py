"""祁阳市."""

from spiders.families.ucap import Ucap
from spiders.tasks import Column


class Qiyang(Ucap):
    """The city's own column is proven; those of the departments hang on the catalogue."""

    hosts = ("www.qy.gov.cn",)
    scheme, title, division, level = "https", "祁阳市", "431181", "county"
    evidence = "https://www.qy.gov.cn/qy/gknb/202502/a651e50c070e4d478ca8d226956a034b.shtml"
    columns = (
        Column("/qy/gknb/list.shtml", evidence=evidence),
        Column("/qy/xhtml/gkml.html", name="政府信息公开目录", annual=False),
    )
