"""鄂州市."""

from spiders.families.trs import Trs


class Ezhou(Trs):
    """By year, whose names change (2020year, gknb2025), then by kind of body."""

    scheme, hosts = "https", ("www.ezhou.gov.cn",)
    title, division, level = "鄂州市", "420700", "prefecture"
    evidence = "https://www.ezhou.gov.cn/gk/xxgknb/gknb2025/bmnb2025/202601/t20260123_747774.html"
    column = "/gk/xxgknb/"
