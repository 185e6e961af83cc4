"""永安市."""

from spiders.families.trs import Trs


class YonganCzj(Trs):
    """The finance bureau's column; its sisters stand beside it in /zfxxgkzl/bm/."""

    scheme, hosts = "https", ("ya.gov.cn",)
    title, agency = "永安市", "永安市财政局"
    division, level = "350481", "county"
    evidence = "https://ya.gov.cn/zfxxgkzl/bm/czj/zfxxgknb/202101/t20210129_1627760.htm"
    column = "/zfxxgkzl/bm/czj/zfxxgknb/"
