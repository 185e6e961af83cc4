"""株洲市财政局."""

from spiders.families.plain import Plain


class ZhuzhouCzj(Plain):
    """While it has one article, the column shows the article."""

    hosts = ("czj.zhuzhou.gov.cn",)
    title = agency = "株洲市财政局"
    division, level = "430200", "prefecture"
    evidence = "http://czj.zhuzhou.gov.cn//c27662/index.html"
    column = "/c27662/index.html"
