"""What the reader reaches on documents of known truth, in figures that may only rise.

``python -m tests.extract.floor`` prints the figures beside the pinned ones; ``--raise`` pins what
was reached, and refuses when any figure is worse than the pinned one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from lxml import html

from extract.decode import decode
from extract.page import is_html
from extract.read import read
from extract.record import Record, Source, cells
from extract.tables.number import read_number
from tests.extract import corpus as truths
from tests.extract import sources

PINNED = Path(__file__).with_name("data") / "floor.json"
#: Reports of the sandbox's generator, by seed: bodies of every kind, all years, every pen.
WORLD = range(84)
CHROME = (
    "扫一扫", "ICP备", "公网安备", "网站标识码", "主办单位", "版权所有", "打印本页", "关闭窗口",
    "字体：", "分享到", "浏览次数", "点击总量", "上一篇", "下一篇", "您现在的位置", "登录",
)
_FRAME = (
    '<html><head><meta charset="utf-8"><title>{title}</title></head><body>'
    '<div class="top"><a href="/">首页</a> <a href="/w">无障碍</a> <a href="/l">登录</a></div>'
    '<div class="loc">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a></div>'
    '<h1>{title}</h1><div class="info">发布时间：2025-01-17 浏览次数：<span>127</span> '
    '字体：大 中 小 <a href="javascript:window.print()">打印本页</a></div>'
    '<div id="zoom">{body}</div>'
    '<p>扫一扫在手机打开当前页</p><div>上一篇：<a href="1.html">通知公告</a></div>'
    '<div class="foot"><p>主办单位：某市人民政府办公室 版权所有</p>'
    "<p>鄂ICP备00000000号-1 网站标识码：4206000000 鄂公网安备 42060000000000号</p></div>"
    "</body></html>"
)
_SENTENCE = re.compile(r"[^。；！？\n]{8,}[。；！？]")


@dataclass
class Figures:
    """Counts over all documents of one source.

    Attributes:
        cells: Cells of the truth.
        right: Read with the printed text and what it means.
        refused: Not read, or ``unparsed``, though the truth has a text.
        wrong: Read as something else, flagged or not.
        invented: Values where the truth has no cell.
        sentences: Sentences of the source's running text.
        kept: Those of them that stand in the sections.
        chrome: Phrases of the page's furniture that stand in the sections.
    """

    cells: int = 0
    right: int = 0
    refused: int = 0
    wrong: int = 0
    invented: int = 0
    sentences: int = 0
    kept: int = 0
    chrome: int = 0


def corpus_figures(folder: Path) -> Figures:
    """Measure the pages and texts of the corpus against their hand-made truth."""
    total = Figures()
    for sub in ("seeds", "reports"):
        for path in sorted((folder / sub).iterdir()):
            if path.suffix not in (".html", ".txt", ".md"):
                continue
            if not path.with_suffix(".truth.json").exists():
                continue
            truth = truths.truth(path)
            data = path.read_bytes()
            (record, *_) = read(data, Source(url=truth.get("url")))
            expected = {name: text or "" for name, text in truths.cells(truth["tables"]).items()}
            either = set(truth.get("either") or ())
            if truth.get("expect") == "unparsed":
                either |= set(expected)  # every number refused is what its truth asks for
            _count_cells(total, record, expected, either)
            _count_text(total, record, _running_text(decode(data).text))
    return total


def sandbox_figures() -> Figures:
    """Measure pages with the reports of the sandbox's generator."""
    total = Figures()
    for seed in WORLD:
        report = sources.generated(seed)
        title = "襄樊市水利局2024年政府信息公开工作年度报告"
        page = _FRAME.format(title=title, body=report.markup)
        (record, *_) = read(page.encode(), Source())
        expected = {f"{table}/{row}/{column}": text for table, rows in report.values.items()
                    for row, columns in rows.items() for column, text in columns.items()}
        _count_cells(total, record, expected, set())
        _count_text(total, record, _running_text(report.markup))
    return total


def _count_cells(
    total: Figures, record: Record, expected: dict[str, str], either: set[str]
) -> None:
    left = dict(expected)
    for table, row, column, cell in cells(record.tables):
        name = f"{table}/{row}/{column}"
        text = left.pop(name, None)
        number = read_number(cell.raw)
        means = (cell.value, cell.missing) == (number.value, number.missing)
        if text is None:
            total.invented += cell.value is not None
        elif (cell.missing == "unparsed" and name in either) or (cell.raw == text and means):
            total.right += 1
        elif cell.value is None:
            total.refused += 1
        else:
            total.wrong += 1
    total.cells += len(expected)
    total.right += len(left.keys() & either)
    total.refused += len(left.keys() - either)


def _count_text(total: Figures, record: Record, text: str) -> None:
    told = _tight("".join(section.text for section in record.sections))
    sentences = {_tight(sentence) for sentence in _SENTENCE.findall(text)}
    total.sentences += len(sentences)
    total.kept += sum(sentence in told for sentence in sentences)
    total.chrome += sum(phrase in told for phrase in CHROME)


def _running_text(text: str) -> str:
    """The paragraphs of a document outside its tables; a loose text has lines only."""
    if not is_html(text):
        return text
    root = html.fromstring(text)
    return "\n".join(
        paragraph.text_content().replace("\n", " ") for paragraph in root.iter("p")
        if next(paragraph.iterancestors("td", "th", "p"), None) is None
    )


def _tight(text: str) -> str:
    return re.sub(r"[\s\u3000\xa0]+", "", text)


def worse(pinned: Figures, reached: Figures) -> Iterator[str]:
    """Yield a sentence for each figure that fell below its pinned one."""
    for name, of in (("right", "cells"), ("kept", "sentences")):
        before, now = getattr(pinned, name) / getattr(pinned, of), getattr(reached, name)
        now = now / max(getattr(reached, of), 1)
        if now < before:
            yield f"{name}: {now:.4%} of the {of}, pinned are {before:.4%}"
    for name in ("refused", "wrong", "invented", "chrome"):
        if getattr(reached, name) > getattr(pinned, name):
            yield f"{name}: {getattr(reached, name)}, pinned are {getattr(pinned, name)}"


def pinned() -> dict[str, Figures]:
    """Return the pinned figures by source."""
    data = json.loads(PINNED.read_text(encoding="utf-8"))
    return {name: Figures(**figures) for name, figures in data.items()}


def raised(before: dict[str, Figures], reached: dict[str, Figures]) -> dict[str, Figures]:
    """Return the figures to pin.

    Raises:
        ValueError: A figure is worse than the pinned one; the sentence names it.
    """
    fallen = [f"{name} {what}" for name, figures in reached.items() if name in before
              for what in worse(before[name], figures)]
    if fallen:
        raise ValueError("the floor is never lowered: " + "; ".join(fallen))
    return before | reached


def main(arguments: Iterable[str]) -> int:
    """Print the figures, and pin them when asked to; 1 when the floor would fall."""
    parser = argparse.ArgumentParser(prog="python -m tests.extract.floor")
    parser.add_argument("corpus", type=Path, help="the folder of real documents")
    parser.add_argument("--raise", action="store_true", dest="pin", help="pin what was reached")
    options = parser.parse_args(list(arguments))
    reached = {"corpus": corpus_figures(options.corpus), "sandbox": sandbox_figures()}
    before = pinned() if PINNED.exists() else {}
    for name, figures in reached.items():
        for one in fields(figures):
            was = getattr(before[name], one.name) if name in before else "-"
            reads = getattr(figures, one.name)
            sys.stdout.write(f"{name:8} {one.name:10} {reads:6} (pinned: {was})\n")
    if options.pin:
        try:
            figures_to_pin = raised(before, reached)
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        shape = {name: asdict(figures) for name, figures in figures_to_pin.items()}
        PINNED.write_text(json.dumps(shape, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
