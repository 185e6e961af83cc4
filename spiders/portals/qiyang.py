"""祁阳市."""

from spiders.families.ucap import Ucap
from spiders.tasks import Column


class Qiyang(Ucap):
    """The city's own column is known by its reports; the departments' hang on the catalogue."""

    hosts = ("www.qy.gov.cn",)
    scheme = "https"
    title, division, level = "祁阳市", "431181", "county"
    evidence = "https://www.qy.gov.cn/qy/gknb/202502/a651e50c070e4d478ca8d226956a034b.shtml"
    columns = (
        Column("/qy/gknb/list.shtml", evidence=evidence),
        Column("/qy/xhtml/gkml.html", annual=False),
    )
