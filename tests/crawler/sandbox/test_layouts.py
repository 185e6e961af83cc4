"""The spread of real pages is there: tables, lists, titles. What is named here must not be lost."""

import re

import pytest

from crawler.sandbox.world import World

from .conftest import SEED


@pytest.fixture(scope="module")
def medium() -> World:
    return World(SEED, "medium")


@pytest.fixture(scope="module")
def reports(medium) -> list[str]:
    posts = [report.posts[0] for report in medium.reports[::3]]
    return [medium.answer(p.column.site, p.path).body.decode(p.encoding) for p in posts]


@pytest.mark.parametrize(
    "trace",
    [
        r"<td[^>]*><p>&nbsp;</p><p>\d+</p></td>",  # a blank paragraph before the number
        r"<td[^>]*>\d+</td>",
        r"<td[^>]*><p>\d+</p></td>",
        r'<td[^>]*><p style="text-align:center"><span>\d+</span></p></td>',
        r'<p class="MsoNormal" align="center"><span[^>]*><font[^>]*>\d+</font></span><span><o:p>',
        r"<th[^>]*>自然人</th>",
        r"商业<br/?>企业",
        r"<p>商业</p><p>企业</p>",
        r"商业</font></span><span[^>]*><font[^>]*>企业",
        r'<td align="center">\n<table',  # a form table inside a layout table
        r'rowspan="22"',
        r'rowspan="20"',
        r"<td[^>]*>&nbsp;</td>",
        r"<td[^>]*></td>",
        r"<o:p>&nbsp;</o:p>",
        r"本年失效件数",
        r"现行有效件数[(（]不含予以修改[)）]",
        r"自然失效和不再按规范性文件管理",
        r"规章[(（]县市区无[)）]",
        r"其他主动公开文件",
        r"行政机关主动公开政府信息情况",
        r"因政府信息公开工作被申请行政复议",
        r"（一）予以公开",
        r"\(一\)予以公开",
        r"规定，我局编写",
        r'text-align:right">[^<]+局　　</p>\n<p style="text-align:right">\d{4}年\d+月\d+日',
        r"扫一扫在手机打开当前页",
        r"网站标识码：\d{10}",
        r"公网安备 \d{14}号",
        r"<UCAPCONTENT>",
        r"<publishtime>2",
        r"<div class=TRS_Editor>",
        r"TRS_UEDITOR",
        r'<table class="a-info">',
        r'<div class="zwgk_comr1"><table>',
        r'name="ColumnName"content=',
        r"来源：[^<]*</span>　<span>发布日期：\d{4}年\d\d月\d\d日",
        r"上一篇：<a href=",
    ],
)
def test_reports_are_written_as_real_ones(reports, trace):
    pattern = re.compile(trace)
    assert any(pattern.search(page) for page in reports)


@pytest.mark.parametrize(
    ("host", "path", "trace"),
    [
        ("xzsp.xiangyang.gov.cn", "/zwgk/gknb/", r'<ul class="news-list news-list9">\n<li><a '),
        ("jxj.xiangyang.gov.cn", "/zwgk/gknb/", r"<span>\d{4}-\d\d-\d\d</span></a></li>"),
        ("sjj.xiangyang.gov.cn", "/zwgk/gknb/", r"<time>\d{4}/\d\d/\d\d</time>"),
        ("sjj.xiangyang.gov.cn", "/zwgk/gknb/", r'<div class="yahoo"><script'),
        ("xzsp.xiangyang.gov.cn", "/zwgk/gknb/", r'href="\./\d{6}/t\d{8}_\d+\.shtml"'),
        ("lkjjq.ezhou.gov.cn", "/xxgk/zfxxgknb/2022/", r'var url="\./\d{6}/t\d{8}_\d+\.shtml"'),
        ("www.hbhr.gov.cn", "/hrqxxgk/xxgknb/2021/", r'<div class="list"><ul>\n<li><a href="\./'),
        ("www.echeng.gov.cn", "/ecqxxgk/xxgknb/2019year/", r"charset=gb2312"),
        ("www.huaihua.gov.cn", "/huaihua/c138129/list.shtml", r'<div class="content-ul-one"><ul>'),
        ("www.dx.gov.cn", "/dx/ndbg/list.shtml", r"<li><a href='/dx/ndbg/\d{6}/[0-9a-f]{32}"),
        ("www.qy.gov.cn", "/qy/gknb/list.shtml", r'href="/qy/gknb/\d{6}/\n\s+[0-9a-f]{32}\.shtml'),
    ],
)
def test_lists_are_written_as_real_ones(medium, host, path, trace):
    page = medium.answer(medium.site(host), path).body.decode("utf-8", "replace")
    assert re.search(trace, page)


def test_some_rows_write_a_double_slash(medium):
    urls = [post.url for report in medium.reports for post in report.posts]
    assert any(re.match(r"https?://[^/]+//", url) for url in urls)


@pytest.mark.parametrize(
    "shape",
    [r"^20\d\d年", r"20\d\d年度政府", r"\s20\d\d ?年", r"公开工作 年度报告", r"年度工作报告$",
     r"年报$", r"^市经信局", r"人民政府20", r"[镇乡]", r"(?<!政府)信息公开工作年度报告"],
)  # fmt: skip
def test_titles_have_the_spread_of_real_ones(medium, shape):
    assert any(re.search(shape, report.title) for report in medium.reports)


def test_bare_titles_stand_in_one_column_only(medium):
    bare = [report for report in medium.reports if str(report.year) not in report.title]
    assert {report.posts[0].column.name for report in bare} == {"2025年部门年报"}
    assert "市政府办公室" in {report.title for report in bare}


def test_addresses_may_be_younger_than_the_pages_say(medium):
    moved = [
        post
        for report in medium.reports
        for post in report.posts
        if (post.posted - post.shown).days > 200
    ]
    assert {post.column.site.host for post in moved} == {"lkjjq.ezhou.gov.cn"}
    assert all("/202201/t202201" in post.path for post in moved)
