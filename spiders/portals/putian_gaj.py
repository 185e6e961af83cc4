"""莆田市公安局."""

from spiders.families.trs import Trs


class PutianGaj(Trs):
    """The column holds this bureau's reports only."""

    scheme, hosts = "https", ("gaj.putian.gov.cn",)
    title = agency = "莆田市公安局"
    division, level = "350300", "prefecture"
    evidence = "https://gaj.putian.gov.cn/zfxxgk/zfxxgknb/202301/t20230113_1794562.htm"
    column = "/zfxxgk/zfxxgknb/"
