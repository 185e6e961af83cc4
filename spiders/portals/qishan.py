"""岐山县."""

from spiders.families.hanweb import Hanweb


class Qishan(Hanweb):
    """The column's number is known by a report."""

    hosts = ("www.qishan.gov.cn",)
    title, division, level = "岐山县", "610323", "county"
    evidence = "http://www.qishan.gov.cn/art/2024/1/29/art_13666_1717088.html"
    column = "/col/col13666/index.html"
