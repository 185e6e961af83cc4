"""洪雅县."""

from spiders.families.vsb import Vsb


class Hongya(Vsb):
    """By year, then by kind of body (n2022n/xz); an article is a file named by its body."""

    scheme, hosts = "https", ("www.schy.gov.cn",)
    title, division, level = "洪雅县", "511423", "county"
    evidence = "https://www.schy.gov.cn/zfxxgk/zfxxgknb/n2022n/xz/zgz.htm"
    column = "/zfxxgk/zfxxgknb.htm"
