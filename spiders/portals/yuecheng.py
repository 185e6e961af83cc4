"""越城区."""

from spiders.families.hanweb import Hanweb


class Yuecheng(Hanweb):
    """The column's number is known by a report."""

    scheme, hosts = "https", ("www.sxyc.gov.cn",)
    title, division, level = "越城区", "330602", "county"
    evidence = "https://www.sxyc.gov.cn/art/2024/1/22/art_1229445040_4107020.html"
    column = "/col/col1229445040/index.html"
