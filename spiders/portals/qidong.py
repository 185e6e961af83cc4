"""祁东县."""

from spiders.families.plain import Plain


class Qidong(Plain):
    """The approval bureau's column among those of all departments."""

    hosts = ("www.qdx.gov.cn",)
    title, agency = "祁东县", "祁东县行政审批服务局"
    division, level = "430426", "county"
    evidence = (
        "http://www.qdx.gov.cn/xxgk/xxgkml/xzfgzbmxxgkml/qdxxzspfwj/ndxxgkbg/20250117/i3561880.html"
    )
    column = "/xxgk/xxgkml/xzfgzbmxxgkml/qdxxzspfwj/ndxxgkbg/index.html"
