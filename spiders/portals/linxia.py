"""临夏回族自治州."""

from spiders.families.hanweb import Hanweb


class Linxia(Hanweb):
    """By year, then by body or kind of body (2024/gxs); newer articles have no date."""

    scheme, hosts = "https", ("linxia.gov.cn",)
    title, division, level = "临夏回族自治州", "622900", "prefecture"
    evidence = (
        "https://linxia.gov.cn/lxz/zwgk/zfxxgknb/2024/gxs/art/2025"
        "/art_22be474b31d140f9b43259d5fd6a4ad7.html"
    )
    column = "/lxz/zwgk/zfxxgknb/"
