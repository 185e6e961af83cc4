"""Provinces: what footers and links to the level above need of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Province:
    """A province.

    Attributes:
        mark: Its one-letter name, as in ICP numbers.
        name: Its full name.
        host: Its portal.
    """

    mark: str
    name: str
    host: str


_ALL = (
    ("11", "京", "北京市", "www.beijing.gov.cn"),
    ("12", "津", "天津市", "www.tj.gov.cn"),
    ("13", "冀", "河北省", "www.hebei.gov.cn"),
    ("14", "晋", "山西省", "www.shanxi.gov.cn"),
    ("15", "蒙", "内蒙古自治区", "www.nmg.gov.cn"),
    ("21", "辽", "辽宁省", "www.ln.gov.cn"),
    ("22", "吉", "吉林省", "www.jl.gov.cn"),
    ("23", "黑", "黑龙江省", "www.hlj.gov.cn"),
    ("31", "沪", "上海市", "www.shanghai.gov.cn"),
    ("32", "苏", "江苏省", "www.jiangsu.gov.cn"),
    ("33", "浙", "浙江省", "www.zj.gov.cn"),
    ("34", "皖", "安徽省", "www.ah.gov.cn"),
    ("35", "闽", "福建省", "www.fujian.gov.cn"),
    ("36", "赣", "江西省", "www.jiangxi.gov.cn"),
    ("37", "鲁", "山东省", "www.shandong.gov.cn"),
    ("41", "豫", "河南省", "www.henan.gov.cn"),
    ("42", "鄂", "湖北省", "www.hubei.gov.cn"),
    ("43", "湘", "湖南省", "www.hunan.gov.cn"),
    ("44", "粤", "广东省", "www.gd.gov.cn"),
    ("45", "桂", "广西壮族自治区", "www.gxzf.gov.cn"),
    ("46", "琼", "海南省", "www.hainan.gov.cn"),
    ("50", "渝", "重庆市", "www.cq.gov.cn"),
    ("51", "川", "四川省", "www.sc.gov.cn"),
    ("52", "贵", "贵州省", "www.guizhou.gov.cn"),
    ("53", "云", "云南省", "www.yn.gov.cn"),
    ("54", "藏", "西藏自治区", "www.xizang.gov.cn"),
    ("61", "陕", "陕西省", "www.shaanxi.gov.cn"),
    ("62", "甘", "甘肃省", "www.gansu.gov.cn"),
    ("63", "青", "青海省", "www.qinghai.gov.cn"),
    ("64", "宁", "宁夏回族自治区", "www.nx.gov.cn"),
    ("65", "新", "新疆维吾尔自治区", "www.xinjiang.gov.cn"),
)

PROVINCES = {code: Province(mark, name, host) for code, mark, name, host in _ALL}
"""By the first two digits of a division's code."""
