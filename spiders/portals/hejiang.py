"""合江县."""

from spiders.families.plain import Plain


class Hejiang(Plain):
    """The townships' column; addresses end without a suffix."""

    scheme, hosts = "https", ("hejiang.gov.cn",)
    title, division, level = "合江县", "510522", "county"
    evidence = "https://hejiang.gov.cn/gk/zfxxgknb/zjzfxxgknb/content_184341"
    column = "/gk/zfxxgknb/zjzfxxgknb"
