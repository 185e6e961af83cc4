from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.agency import canonical, looks_like_body, place_of

COUNTY = ["湖南省", "怀化市", "靖州苗族侗族自治县"]
CITY = ["湖北省", "襄阳市", "鄂州市", "华容区"]


@pytest.mark.parametrize(
    ("name", "places", "form"),
    [
        ("靖州县", COUNTY, "人民政府"),
        ("靖州县人民政府", COUNTY, "人民政府"),
        ("靖州苗族侗族自治县人民政府", COUNTY, "人民政府"),
        ("靖州縣政府", COUNTY, "人民政府"),
        ("县政府", COUNTY, "人民政府"),
        ("靖州县财政局", COUNTY, "财政局"),
        ("怀化市靖州县住建局", COUNTY, "住房和城乡建设局"),
        ("县住建局", COUNTY, "住房和城乡建设局"),
        ("湖北省襄阳市经信局", CITY, "经济和信息化局"),
        ("襄阳市经济和信息化局", CITY, "经济和信息化局"),
        ("市经信局", CITY, "经济和信息化局"),
        ("市场监管局", CITY, "市场监督管理局"),
        ("市市场监督管理局", CITY, "市场监督管理局"),
        ("市政管理局", CITY, "市政管理局"),
        ("市发改委", CITY, "发展和改革委员会"),
        ("发展改革委员会", (), "发展和改革委员会"),
        ("上海市科委", ["上海市"], "科学技术委员会"),
        ("区政府办", CITY, "人民政府办公室"),
        ("华容区人民政府办公室", CITY, "人民政府办公室"),
        ("市自规局", CITY, "自然资源和规划局"),
        ("鄂州市自然资源和规划局鄂城分局", CITY, "自然资源和规划局鄂城分局"),
        ("合江县尧坝镇人民政府", ["合江县"], "尧坝镇"),
        ("合江县尧坝镇", ["合江县"], "尧坝镇"),
        ("华容区容城街道办事处", CITY, "容城街道"),
        ("攸县", (), "人民政府"),
        ("攸县人民政府", (), "人民政府"),
    ],
)
def test_spellings_of_one_body_meet(name: str, places: list[str], form: str) -> None:
    assert canonical(name, places) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("行政审批局", "行政审批服务局"),
        ("行政审批局", "政务服务局"),
        ("自然资源局", "自然资源和规划局"),
        ("环境保护局", "生态环境局"),
        ("数据局", "大数据局"),
        ("城市管理局", "城市管理执法局"),
        ("财政局", "华容县财政局"),
        ("财政局", "鄂城区财政局"),
        ("人民政府", "鄂城区"),
        ("人民政府", "人民政府办公室"),
        ("卫生健康局", "卫生和计划生育局"),
        ("发展和改革局", "发展和改革委员会"),
        ("水利局", "水务局"),
    ],
)
def test_two_bodies_never_meet(one: str, other: str) -> None:
    assert canonical(one, CITY) != canonical(other, CITY)


def test_the_place_a_name_begins_with() -> None:
    assert place_of("靖州县财政局", COUNTY) == "靖州苗族侗族自治县"
    assert place_of("湖北省襄阳市行政审批局", CITY) == "襄阳市"
    assert place_of("襄阳行政审批局", CITY) == "襄阳市"
    assert place_of("华容县财政局", CITY) is None  # 华容区 is another place
    assert place_of("市财政局", CITY) is None
    assert place_of("", CITY) is None


def test_a_label_that_is_a_body() -> None:
    for label in ("市政府办公室", "区住建局", "清水镇", "靖州县", "会议中心(展览馆)"):
        assert looks_like_body(label)
    for label in ("2023年", "政府信息公开指南", "更多", "首页 > 政府", ""):
        assert not looks_like_body(label)


@given(st.text(max_size=40))
def test_any_name_has_a_stable_form(name: str) -> None:
    form = canonical(name, CITY)
    assert canonical(form, CITY) == canonical(canonical(form, CITY), CITY)
