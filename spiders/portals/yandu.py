"""盐都区."""

from spiders.families.hanweb import Hanweb


class Yandu(Hanweb):
    """The column's number is known by a report."""

    scheme, hosts = "https", ("www.yandu.gov.cn",)
    title, division, level = "盐都区", "320903", "county"
    evidence = "https://www.yandu.gov.cn/art/2021/1/25/art_3354_3480410.html"
    column = "/col/col3354/index.html"
