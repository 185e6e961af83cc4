"""于洪区."""

from spiders.families.trs import Trs


class Yuhong(Trs):
    """By year, then by kind of body (2023/bmzfxxgkgzndbg)."""

    hosts = ("www.syyh.gov.cn",)
    title, division, level = "于洪区", "210114", "county"
    evidence = (
        "http://www.syyh.gov.cn/zwgk/zfxxgknb/2023/bmzfxxgkgzndbg/202401/t20240126_4597464.html"
    )
    column = "/zwgk/zfxxgknb/"
