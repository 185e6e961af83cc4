"""广水市."""

from spiders.families.trs import Trs


class Guangshui(Trs):
    """The finance bureau's column among those of all departments."""

    hosts = ("www.guangshui.gov.cn",)
    title, agency = "广水市", "广水市财政局"
    division, level = "421381", "county"
    evidence = (
        "http://www.guangshui.gov.cn/jcxxgkpt/bmxxgk/sczj/zfxxgkgzndbg_15752/202209"
        "/t20220907_1036597.shtml"
    )
    column = "/jcxxgkpt/bmxxgk/sczj/zfxxgkgzndbg_15752/"
