"""鄂州临空经济区."""

from spiders.families.trs import Trs


class EzhouLinkong(Trs):
    """A zone without a code of its own; by year, then by kind of body (2025/qzbmnb)."""

    hosts = ("lkjjq.ezhou.gov.cn",)
    title, division, level = "鄂州临空经济区", "4207Z1", "county"
    evidence = "http://lkjjq.ezhou.gov.cn/xxgk/zfxxgknb/2020/202201/t20220124_453724.shtml"
    column = "/xxgk/zfxxgknb/"
