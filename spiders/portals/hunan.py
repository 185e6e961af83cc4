"""湖南省."""

from spiders.families.trs import Trs


class Hunan(Trs):
    """The province's own reports."""

    hosts = ("www.hunan.gov.cn",)
    title, division, level = "湖南省", "430000", "province"
    evidence = "http://www.hunan.gov.cn/xxgk/zfxxgknb/szzf_97945/201307/t20130724_4882079.html"
    column = "/xxgk/zfxxgknb/szzf_97945/"
