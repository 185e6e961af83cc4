"""石柱土家族自治县."""

from spiders.families.trs import Trs


class Shizhu(Trs):
    """The county's own reports; its departments have columns of their own."""

    hosts = ("cqszx.gov.cn",)
    title, division, level = "石柱土家族自治县", "500240", "county"
    evidence = "http://cqszx.gov.cn/zwgk_260/zfxxgknb/202502/t20250227_14350001.html"
    column = "/zwgk_260/zfxxgknb/"
