"""和平县."""

from spiders.families.gkmlpt import Gkmlpt


class HepingHeshui(Gkmlpt):
    """A township's platform in a folder of the county's host."""

    hosts = ("heping.gov.cn",)
    title, division, level = "和平县", "441624", "county"
    evidence = "http://heping.gov.cn/hyhphsz/gkmlpt/content/0/638/post_638777.html"
    column = "/hyhphsz/gkmlpt/annualreport"
