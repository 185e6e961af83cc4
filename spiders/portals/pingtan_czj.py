"""平潭县."""

from spiders.families.trs import Trs


class PingtanCzj(Trs):
    """The finance bureau's column among those of the zone's departments."""

    scheme, hosts = "https", ("www.pingtan.gov.cn",)
    title, agency = "平潭县", "平潭综合实验区财政局"
    division, level = "350128", "county"
    evidence = (
        "https://www.pingtan.gov.cn/zwgk/zfxxgk/dfbmptlj/ptzhsyqbm/ptzhsyqczj/zfxxgknb/201901"
        "/t20190109_80527.htm"
    )
    column = "/zwgk/zfxxgk/dfbmptlj/ptzhsyqbm/ptzhsyqczj/zfxxgknb/"
