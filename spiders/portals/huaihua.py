"""怀化市 and 靖州苗族侗族自治县."""

from spiders.families.ucap import Ucap
from spiders.tasks import Column


class Huaihua(Ucap):
    """The counties' reports stand on the city's host, a channel for each year and county."""

    hosts = ("www.huaihua.gov.cn", "www.jzx.gov.cn")
    scheme = "https"
    title, division, level = "怀化市", "431200", "prefecture"
    evidence = "/huaihua/c138129/202502/810f0b25aa2044c5a2a0ccaefd5a05dc.shtml"  # kept by a copy
    columns = (
        Column("/huaihua/c138129/list.shtml", division="431229", evidence=evidence),
        Column("/huaihua/c116287/list.shtml", division="431229"),
        Column("/huaihua/c138775/list.shtml", division="431228"),
        Column("https://www.jzx.gov.cn/jzx/c137345/zcwjk.shtml", division="431229", annual=False),
    )
