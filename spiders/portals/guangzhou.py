"""广州市."""

from spiders.families.gkmlpt import Gkmlpt


class Guangzhou(Gkmlpt):
    """By kind of body, then year (bm/2024n)."""

    scheme, hosts = "https", ("gz.gov.cn",)
    title, division, level = "广州市", "440100", "prefecture"
    evidence = "https://gz.gov.cn/zfjgzy/gzsrmzfbgt/zfxxgknb/bm/2024n/content/post_10095458.html"
    column = "/zfjgzy/gzsrmzfbgt/zfxxgknb/"
