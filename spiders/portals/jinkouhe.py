"""金口河区."""

from spiders.families.ucap import Ucap


class Jinkouhe(Ucap):
    """The departments' column of one year."""

    hosts = ("jkh.gov.cn",)
    title, division, level = "金口河区", "511113", "county"
    evidence = "http://jkh.gov.cn/jkhq/nb2024bm/202501/dd078192812d4839bcd31b42a0030258.shtml"
    column = "/jkhq/nb2024bm/list.shtml"
