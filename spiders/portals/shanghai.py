"""上海市."""

from spiders.families.plain import Plain


class Shanghai(Plain):
    """The city's own reports."""

    scheme, hosts = "https", ("shanghai.gov.cn",)
    title, division, level = "上海市", "310000", "province"
    evidence = "https://shanghai.gov.cn/nw12344/20230331/4a03b5fa47ae4c73b7ec42801de6be66.html"
    column = "/nw12344/index.html"
