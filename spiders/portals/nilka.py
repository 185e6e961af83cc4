"""尼勒克县."""

from spiders.families.ucap import Ucap


class Nilka(Ucap):
    """The column's number is known by a report; its template is the usual one."""

    hosts = ("www.xjnlk.gov.cn",)
    title, division, level = "尼勒克县", "654028", "county"
    evidence = "http://www.xjnlk.gov.cn/xjnlk/c112945/202401/46aba5e181454bc798b5443c493da056.shtml"
    column = "/xjnlk/c112945/list.shtml"
