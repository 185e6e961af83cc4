"""天津市滨海新区财政局."""

from spiders.families.plain import Plain


class BinhaiCzj(Plain):
    """Articles and lists share a number, not a folder."""

    hosts = ("czj.tjbh.gov.cn",)
    title = agency = "天津市滨海新区财政局"
    division, level = "120116", "county"
    evidence = "http://czj.tjbh.gov.cn/contents/9746/253174.html"
    column = "/channels/9746.html"
