"""佳县."""

from spiders.families.plain import Plain


class Jiaxian(Plain):
    """A town's column."""

    hosts = ("www.sxjiaxian.gov.cn",)
    title, division, level = "佳县", "610828", "county"
    evidence = "http://www.sxjiaxian.gov.cn/zwgk/zfxxgkzl/xtjdbnb/ct/49959.htm"
    column = "/zwgk/zfxxgkzl/xtjdbnb/ct/"
