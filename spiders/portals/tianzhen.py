"""天镇县."""

from spiders.families.ucap import Ucap


class Tianzhen(Ucap):
    """The departments' column of one year."""

    hosts = ("www.dttz.gov.cn",)
    title, division, level = "天镇县", "140222", "county"
    evidence = (
        "http://www.dttz.gov.cn/dttzx/zfzcbm2021/202202/973157410ae049d281a6121607fc4bfd.shtml"
    )
    column = "/dttzx/zfzcbm2021/list.shtml"
