"""海珠区."""

from spiders.families.gkmlpt import Gkmlpt


class Haizhu(Gkmlpt):
    """By kind of body (jd are the subdistricts)."""

    scheme, hosts = "https", ("www.haizhu.gov.cn",)
    title, division, level = "海珠区", "440105", "county"
    evidence = "https://www.haizhu.gov.cn/zwgk/zfxxgknb/jd/content/post_9472698.html"
    column = "/zwgk/zfxxgknb/"
