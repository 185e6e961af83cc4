"""芷江侗族自治县."""

from spiders.families.ucap import Ucap


class Zhijiang(Ucap):
    """The county's own host; its later reports stand on the city's."""

    hosts = ("www.chnzj.gov.cn",)
    title, division, level = "芷江侗族自治县", "431228", "county"
    evidence = "http://www.chnzj.gov.cn/chnzj/c133076/202204/c7190af08a8e4fc49bf5450b10396b52.shtml"
    column = "/chnzj/c133076/list.shtml"
