"""普宁市."""

from spiders.families.gkmlpt import Gkmlpt


class PuningGaj(Gkmlpt):
    """The police bureau's column of the CMS beside gkmlpt."""

    hosts = ("www.puning.gov.cn",)
    title, agency = "普宁市", "普宁市公安局"
    division, level = "445281", "county"
    evidence = "http://www.puning.gov.cn/zfxxgkmlfg/jyspnsgaj/zfxxgkgzndbg/content/post_828386.html"
    column = "/zfxxgkmlfg/jyspnsgaj/zfxxgkgzndbg/"
