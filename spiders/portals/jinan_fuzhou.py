"""晋安区."""

from spiders.families.trs import Trs


class JinanFuzhou(Trs):
    """The district's column; the files end in .htm."""

    hosts = ("www.fzja.gov.cn",)
    title, division, level = "晋安区", "350111", "county"
    evidence = "http://www.fzja.gov.cn/xjwz/zwgk/zfxxgk/zfxxgknb/201707/t20170721_1341809.htm"
    column = "/xjwz/zwgk/zfxxgk/zfxxgknb/"
