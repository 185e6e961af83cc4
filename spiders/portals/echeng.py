"""鄂城区."""

from spiders.families.trs import Trs


class Echeng(Trs):
    """One list a year (2019year)."""

    hosts = ("www.echeng.gov.cn",)
    title, division, level = "鄂城区", "420704", "county"
    evidence = "http://www.echeng.gov.cn/ecqxxgk/xxgknb/2019year/202105/t20210514_397847.html"
    column = "/ecqxxgk/xxgknb/"
