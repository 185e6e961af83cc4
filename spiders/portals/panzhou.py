"""盘州市."""

from spiders.families.trs import Trs


class Panzhou(Trs):
    """One list a year (2024n)."""

    scheme, hosts = "https", ("www.panzhou.gov.cn",)
    title, division, level = "盘州市", "520281", "county"
    evidence = (
        "https://www.panzhou.gov.cn/zwgk/zfxxgk/zfxxgknb/2024n/202501/t20250123_86677481.html"
    )
    column = "/zwgk/zfxxgk/zfxxgknb/"
