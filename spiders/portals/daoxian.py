"""道县."""

from spiders.families.ucap import Ucap


class Daoxian(Ucap):
    """The departments' column; its path is known from a copy that kept it."""

    hosts = ("www.dx.gov.cn",)
    title, division, level = "道县", "431124", "county"
    evidence = "http://www.dx.gov.cn/dx/ndbg/201502/80b8ce1f6cda48d19d0a6426dc18b574.shtml"
    column = "/dx/ndbg/list.shtml"
