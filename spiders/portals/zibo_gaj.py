"""淄博市公安局高新技术产业开发区分局."""

from spiders.families.plain import Plain


class ZiboGaj(Plain):
    """The police station's channel on the host of the zone."""

    hosts = ("www.china-zibo.gov.cn",)
    title = agency = "淄博市公安局高新技术产业开发区分局"
    division, level = "370300", "prefecture"
    evidence = (
        "http://www.china-zibo.gov.cn/gongkai/site_gxqgafj/channel_6076a2591887a377796ba71d"
        "/doc_63c8e8a2a068ab69c06186a3.html"
    )
    column = "/gongkai/site_gxqgafj/channel_6076a2591887a377796ba71d/"
