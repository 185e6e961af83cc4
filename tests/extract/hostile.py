"""Documents that no one would publish on purpose, made when they are asked for.

As a program it reads one of them under a limit of memory and prints what became of it::

    python -m tests.extract.hostile NAME MEGABYTES
"""

from __future__ import annotations

import json
import random
import resource
import sys
from collections.abc import Callable

TITLE = "襄樊市水利局2024年政府信息公开工作年度报告"
_CELL = "<td>1</td>"
_NOISE = random.Random(3).randbytes(300_000)
_FULL_SPAN = "<tr><td rowspan=490 colspan=390>1</td></tr>" + "<tr></tr>" * 499


def _page(body: str, title: str = TITLE) -> bytes:
    return f'<html><meta charset="utf-8"><title>{title}</title><body>{body}</body></html>'.encode()


def _entities() -> bytes:
    grow = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE html [<!ENTITY a0 "aaaaaaaaaa">{grow}]>'.encode() + _page("<p>&a11;</p>")


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    # Not much of anything.
    "empty": lambda: b"",
    "blanks": lambda: b" \n\t" * 1000,
    "noise": lambda: _NOISE,
    "noise called a page": lambda: b"<html><body>" + _NOISE.replace(b"\0", b"?"),
    "zeros": lambda: bytes(300_000),
    "zeros in words": lambda: _page("某\0局\0收到申请。" * 3000),
    "no characters": lambda: _page("某\ufffe局&#xFFFE;&#1;&#xD800;&#1114112;收到申请三件。" * 500),
    "half a tag": lambda: _page("")[:30] + b"<td",
    # Deep.
    "10,000 blocks": lambda: _page("<div>" * 10_000 + "深处"),
    "10,000 lists": lambda: _page("<ul><li>" * 10_000 + "深处"),
    "10,000 tables": lambda: _page("<table><tr><td>" * 10_000 + "深处"),
    "10,000 unknown tags": lambda: _page("<x>" * 10_000 + "深处"),
    "300 quotations": lambda: _page("<div><blockquote><ul><li><b>" * 55 + "某局收到申请三件。"),
    # Many.
    "100,000 cells": lambda: _page(f"<table>{('<tr>' + _CELL * 100 + '</tr>') * 1000}</table>"),
    "spans without end": lambda: _page(f"<table>{_FULL_SPAN}</table>" * 20),
    "5,000 tables": lambda: _page("<table><tr><td>1</table>" * 5_000),
    "40,000 attributes": lambda: _page(
        "<div " + " ".join(f"a{n}=1" for n in range(40_000)) + ">某局</div>"
    ),
    "40,000 attributes with signs": lambda: _page(
        "<div " + " ".join(f'a{n}="<>"' for n in range(40_000)) + ">某局</div>"
    ),
    "5,000 lines": lambda: ("二〇二四年某局收到申请三件。\n" * 5_000).encode(),
    "2,000 titles": lambda: _page(f"<h1>{TITLE}</h1>" * 2_000),
    "5,000 links": lambda: _page(f'<a href="a.pdf">{TITLE}</a>' * 5_000),
    "50,000 breaks": lambda: _page("<br>" * 50_000),
    "entities of entities": _entities,
    # Long: each pattern of the reader meets a line that almost fits, a million times.
    "a long title": lambda: _page("", "2023年政府信息公开" * 100_000),
    "a long number": lambda: _page(f"<table><tr><td>予以公开<td>{'1' * 1_000_000}</table>"),
    "a long row of numbers": lambda: ("1 " * 300_000).encode(),
    "a long row of commas": lambda: _page(f"<table><tr><td>予以公开<td>{'1,' * 500_000}</table>"),
    "long blanks": lambda: _page(f"<p>一{' ' * 1_000_000}、{'　' * 300_000}总体情况</p>"),
    "a long heading": lambda: _page("<h1>" + "二〇二三年" * 200_000 + "</h1>"),
    "a line of headings": lambda: _page("<p>" + "一、总体情况" * 50_000 + "</p>"),
    "a line of labels": lambda: _page("<p>" + "来源：" * 100_000 + "</p>"),
    "a line of dates": lambda: _page("<p>发布日期：" + "2023年 1" * 50_000 + "</p>"),
    "a line of brackets": lambda: _page("<p>" + "（" * 300_000 + "</p>"),
    "a line of bars": lambda: b"|" * 1_000_000,
    "a line of signs": lambda: b"<" * 1_000_000,
    "a line of tags' heads": lambda: b"<div " * 200_000,
    "a line of quotes": lambda: b"<div a=" + b'"' * 1_000_000,
    "a trail of steps": lambda: _page("<p>当前位置：首页 > " + "a > " * 100_000 + "</p>"),
    "a title of dashes": lambda: _page("", "a - " * 250_000),
    "a script of files": lambda: _page("<script>" + f'="{"a" * 299}.pd' * 3000 + "</script>"),
    # For bench/: some seconds each.
    "50 MB of paragraphs": lambda: _page("<p>本机关收到政府信息公开申请三件。</p>" * 960_000),
    "50 MB in one line": lambda: _page("<p>" + "本机关公开政府信息。" * 1_700_000 + "</p>"),
    "50 MB of cells": lambda: _page(f"<table>{'<tr><td>一</td><td>3</td></tr>' * 1_500_000}"),
    "50 MB of noise": lambda: b"<html><body>" + _NOISE.replace(b"\0", b"?") * 166,
}
HUGE = tuple(name for name in DOCUMENTS if name.startswith("50 MB"))

_HEADS = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
          "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况",
          "六、其他需要报告的事项"]
_COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
_ROWS = ["本年新收政府信息公开申请数量", "上年结转政府信息公开申请数量", "（一）予以公开",
         "（二）部分公开", "1.属于国家秘密", "4.保护第三方合法权益",
         "5.属于三类内部事务信息", "（七）总计"]
_REPORT = "".join(f"<p>{head}</p>" for head in _HEADS)
_HEADER = f"<tr><td></td><td>{'</td><td>'.join(_COLUMNS)}</td></tr>"
_REVIEW = (
    "<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>"
    f"<tr>{'<td>结果维持</td>' * 15}</tr>"
)


def _form(number: int, rows: list[str] = _ROWS) -> str:
    values = f"<td>{number}</td>" * 7
    return f"<table>{_HEADER}{''.join(f'<tr><td>{row}</td>{values}</tr>' for row in rows)}</table>"


# Documents that grow by a number: (the number to begin with, the document of a number).
GROWING: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "paragraphs": (100, lambda n: _page(_REPORT + "<p>本机关收到政府信息公开申请三件。</p>" * n)),
    "other paragraphs": (100, lambda n: _page("".join(f"<p>第{k}项已公开</p>" for k in range(n)))),
    "links": (100, lambda n: _page(f'<p><a href="a.pdf">{TITLE}</a></p>' * n)),
    "doubtful lines": (40, lambda n: _page(
        _REPORT + "<div class=x><a href=a>某局</a>公开</div>" * n)),
    "spans": (300, lambda n: _page(f"{_REPORT}<p>{'<span>公</span>' * n}</p>")),
    "nested spans": (100, lambda n: _page(f"{_REPORT}<p>{'<span>公' * n}</p>")),
    "named blocks": (50, lambda n: _page("<div class=zoom>公开信息三件已经完成。</div>" * n)),
    "named blocks in depth": (50, lambda n: _page("<div>" * 300 + "<b id=zoom>公开。</b>" * n)),
    "labels": (50, lambda n: _page("<p>来源：某局</p><p>发布日期：</p><p>2024-01-01</p>" * n)),
    "titles": (30, lambda n: _page(f"<h2>{TITLE}</h2><p>{TITLE}</p>" * n)),
    "signatures": (30, lambda n: _page(_REPORT + "<p>某县财政局</p><p>2024年1月17日</p>" * n)),
    "sections": (10, lambda n: _page("".join(f"<p>{one}</p><p>无。</p>" for one in _HEADS) * n)),
    "sections in a line": (10, lambda n: _page(f"<p>{'。'.join(_HEADS * n)}</p>")),
    "numbers in prose": (30, lambda n: _page(
        _REPORT + "<p>全年主动公开政府信息3条，网站公开2条，受理申请5件。</p>" * n)),
    "numbers in a line": (30, lambda n: _page(
        f"{_REPORT}<p>{'主动公开政府信息3条，受理申请5件，' * n}</p>")),
    "bodies": (5, lambda n: _page("".join(_REPORT + _form(number) for number in range(n)))),
    "copies of a table": (10, lambda n: _page(_form(1) * n)),
    "pieces of a table": (15, lambda n: _page("".join(_form(k, _ROWS[2:3]) for k in range(n)))),
    "rows": (30, lambda n: _page(_form(1, _ROWS * n))),
    "unknown rows": (30, lambda n: _page(_form(1, [f"第{k}项申请" for k in range(n)]))),
    "other tables": (100, lambda n: _page("<table><tr><td>甲</td><td>1</td></tr></table>" * n)),
    "headers of reviews": (10, lambda n: _page(f"<table>{_REVIEW}</table>" * n)),
    "reviews": (10, lambda n: _page(f"<table>{_REVIEW}<tr>{'<td>1</td>' * 15}</tr></table>" * n)),
    "empty cells": (100, lambda n: _page(_REPORT + f"<table>{'<tr><td></td></tr>' * n}</table>")),
    "numbers alone": (500, lambda n: ("公开\n" + "1\n" * n).encode()),
    "bars alone": (500, lambda n: ("公开\n" + "|\n" * n).encode()),
    "bars in a line": (500, lambda n: ("公开" + "|" * n).encode()),
    "headers in text": (15, lambda n: (f"| {' | '.join(_COLUMNS)} |\n" * n).encode()),
    "halves of headers": (15, lambda n: ("商业 科研\n企业 机构\n" * n).encode()),
    "labels in text": (50, lambda n: ("予以公开\n部分公开\n" * n).encode()),
    "rows in text": (50, lambda n: ("| 予以公开 |" + " 1 |" * 7 + "\n").encode() * n),
    "blanks in a line": (500, lambda n: _page("一、总体情况 二、主动公开" + "&nbsp;公" * n)),
}


def read_limited(name: str, megabytes: int) -> dict[str, object]:
    """Read a document in this process, whose memory is limited from now on."""
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    from extract.read import read
    from extract.record import Source

    data = DOCUMENTS[name]()
    started = resource.getrusage(resource.RUSAGE_SELF)
    records = read(data, Source(url="http://www.example.gov.cn/a.html"))
    ended = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "kinds": [record.kind for record in records],
        "issues": sorted({issue.code for record in records for issue in record.issues}),
        "bytes": len(data),
        "seconds": round(ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime, 2),
        "megabytes": ended.ru_maxrss // 1024,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read_limited(sys.argv[1], int(sys.argv[2]))) + "\n")
