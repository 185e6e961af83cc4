"""温州市."""

from spiders.families.hanweb import Hanweb


class Wenzhou(Hanweb):
    """The counties' reports beside the city's, with their picture versions."""

    hosts = ("www.wenzhou.gov.cn",)
    title, division, level = "温州市", "330300", "prefecture"
    evidence = "http://www.wenzhou.gov.cn/art/2025/2/10/art_1229850035_100066.html"
    column = "/col/col1229850035/index.html"
