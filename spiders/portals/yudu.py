"""于都县."""

from spiders.families.ucap import Ucap


class Yudu(Ucap):
    """A township's column; Ganzhou's template is xxgk_list."""

    scheme, hosts = "https", ("www.yudu.gov.cn",)
    title, division, level = "于都县", "360731", "county"
    evidence = (
        "https://www.yudu.gov.cn/ydxxxgk/c100289nssg/201808/ea4fda02985a44779df74a0c1f135f6a.shtml"
    )
    column = "/ydxxxgk/c100289nssg/xxgk_list.shtml"
