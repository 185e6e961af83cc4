"""婺城区."""

from spiders.families.hanweb import Hanweb


class WuchengJinhua(Hanweb):
    """The column's number is known by a report."""

    hosts = ("www.wuch.gov.cn",)
    title, division, level = "婺城区", "330702", "county"
    evidence = "http://www.wuch.gov.cn/art/2024/1/24/art_1229181930_4131264.html"
    column = "/col/col1229181930/index.html"
