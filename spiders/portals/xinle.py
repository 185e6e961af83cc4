"""新乐市."""

from spiders.families.plain import Plain


class Xinle(Plain):
    """The column's uuid is known by a report."""

    hosts = ("www.xinle.gov.cn",)
    title, division, level = "新乐市", "130184", "county"
    evidence = (
        "http://www.xinle.gov.cn/columns/bad1076f-2ae9-4523-89c8-24da0a0c344c/202301/30"
        "/1679499a-c94e-4010-9085-37f2a3fc315d.html"
    )
    column = "/columns/bad1076f-2ae9-4523-89c8-24da0a0c344c/index.html"
