"""Printing: how labels and numbers are written. The truth is what a cell then prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import opencc
from lxml.html import HtmlElement

from tests.extract.marked import (
    T3,
    Mutation,
    all_labels,
    data_rows,
    labels,
    make,
    path,
    set_text,
    text_of,
    values,
)

_WIDE = {ord("0") + i: ord("０") + i for i in range(10)}
_REMARKS = {
    "规章": "设区的市、自治州人民政府应提供相关数据",
    "规范性文件": "以“规定”“办法”“细则”“规范”为题的公文，一般情况下属于规范性文件",
    "行政规范性文件": "含政府办公室制发",
    "本年废止件数": "包括自然失效和不再按规范性文件管理",
    "现行有效件数": "不含予以修改",
    "本年增/减": "指本年增加或减少的事项数，减用负值表示，如-8",
    "处理决定数量": "指本年办件量",
    "行政许可": "含备案（仅本级）",
}


def _numbers(root: HtmlElement, chance: Random, share: float) -> list[HtmlElement]:
    return [cell for row in data_rows(root) for cell in values(row)
            if text_of(cell).isdigit() and chance.random() < share]


def remarks_in_labels(root: HtmlElement, chance: Random) -> None:
    """Definitions are printed into the labels."""
    for cell in all_labels(root):
        remark = _REMARKS.get("".join(text_of(cell).split()))
        if remark and chance.random() < 0.7:
            set_text(cell, f"{text_of(cell)}（{remark}）")


def years_in_labels(root: HtmlElement, chance: Random) -> None:
    """Headers name the year: 2023年制发件数."""
    for cell in all_labels(root):
        text = "".join(text_of(cell).split())
        if re.fullmatch(r"本年.{2}件数|本年处理决定数量", text):
            set_text(cell, text.replace("本年", "2023年"))


def wide_labels(root: HtmlElement, chance: Random) -> None:
    """Labels are printed full-width, short ones with blanks between."""
    for cell in all_labels(root):
        text = text_of(cell)
        set_text(cell, " ".join(text) if len(text) < 9 else text.translate(_WIDE))


def labels_on_lines(root: HtmlElement, chance: Random) -> None:
    """Labels are broken over paragraphs, lines or spans."""
    for cell in all_labels(root):
        text = text_of(cell).replace("\n", "")
        if len(text) > 1 and not text.isdecimal():
            at = chance.randrange(1, len(text))
            set_text(cell, "")
            tag = chance.choice(("p", "span", "font", "div"))
            cell.extend([make(tag, text[:at]), make(tag, text[at:])])


def traditional(root: HtmlElement, chance: Random) -> None:
    """A mirror converted the labels to traditional script."""
    convert = opencc.OpenCC("s2t").convert
    for cell in all_labels(root):
        set_text(cell, str(convert(text_of(cell))))


def loose_ordinals(root: HtmlElement, chance: Random) -> None:
    """Ordinals are written with another sign, or not at all."""
    for row in data_rows(root, T3):
        for cell in labels(row):
            text = "".join(text_of(cell).split())
            found = re.match(r"\d", text)
            if found and "其他" not in text[:4]:
                sign = chance.choice(("．", "、", " . ", ".", ""))
                set_text(cell, (text[0] + sign if sign else "") + text[2:])


def split_numbers(root: HtmlElement, chance: Random) -> None:
    """A number is written in several spans, as Word leaves it after an edit."""
    for cell in _numbers(root, chance, 0.5):
        text = text_of(cell)
        set_text(cell, "")
        cell.extend([make("span", text[:1]), make("font", text[1:])])


def paragraph_cells(root: HtmlElement, chance: Random) -> None:
    """Some cells hold paragraphs, empty ones among them; others are bare."""
    for row in data_rows(root):
        for cell in row:
            if chance.random() < 0.5 and not len(cell):
                text = cell.text or ""
                cell.text = None
                cell.extend([make("p", "\xa0"), make("p", text)])


def framed_values(root: HtmlElement, chance: Random) -> None:
    """A number stands in a table of its own that only draws a frame."""
    for cell in _numbers(root, chance, 0.1):
        text = text_of(cell)
        set_text(cell, "")
        frame = make("table")
        frame.append(make("tr"))
        frame[0].append(make("td", text))
        cell.append(frame)


def invisible_signs(root: HtmlElement, chance: Random) -> None:
    """Zero-width signs and hard blanks stand around numbers and in labels."""
    for row in data_rows(root):
        for cell in row:
            text = text_of(cell)
            set_text(cell, chance.choice(("\u200b", "\ufeff", "\xa0", "\u3000")) + text + "\u200b")


def hidden_text(root: HtmlElement, chance: Random) -> None:
    """A cell holds hidden text beside its number."""
    for cell in _numbers(root, chance, 0.2):
        cell.append(make("span", "9", style="mso-hide: all; display: none"))


def blank_totals(root: HtmlElement, chance: Random) -> None:
    """The total column is left blank."""
    for row in data_rows(root):
        for cell in values(row):
            if path(cell).endswith("total"):
                set_text(cell, "\xa0")


def _prints(signs: Callable[[str, Random], str], share: float, name: str, doc: str) -> Mutation:
    def mutation(root: HtmlElement, chance: Random) -> None:
        for cell in _numbers(root, chance, share):
            set_text(cell, signs(text_of(cell), chance))

    mutation.__name__, mutation.__doc__ = name, doc
    return mutation


PRINTINGS: tuple[Mutation, ...] = (
    remarks_in_labels, years_in_labels, wide_labels, labels_on_lines, traditional, loose_ordinals,
    split_numbers, paragraph_cells, framed_values, invisible_signs, hidden_text, blank_totals,
    _prints(lambda text, _: f"{text}（其中修订{int(text) // 2}件）", 0.1, "remarks_in_cells",
            "22（其中修订 16 件）"),
    _prints(lambda text, chance: text + chance.choice(("件", "项", "万元", " 件", "元")), 0.2,
            "units_in_cells", "12件, 3.5万元"),
    _prints(lambda text, _: f"{int(text) * 1001:,}", 2, "thousands", "1,234"),
    _prints(lambda text, _: text.translate(_WIDE), 0.3, "wide_digits", "１２"),
    _prints(lambda text, _: f"{text}.241619", 0.1, "decimals", "4166.241619"),
    _prints(lambda text, _: f"-{text}", 0.1, "negatives", "-3"),
    _prints(lambda _, chance: chance.choice(("/", "／", "—", "——", "无", "不涉及", "", "*")), 0.3,
            "signs", "a sign or a word for none"),
    _prints(lambda text, chance: chance.choice((f"{text}%", f"约{text}", f"{text}①", "详见附件",
                                                f"{text}（{text}）")),
            0.1, "no_numbers", "what is no count"),
)

def word_markup(markup: str) -> str:
    """Write the page as Word does: capitals, attributes without quotes, conditional comments."""
    markup = re.sub(r'(colspan|rowspan)="(\d+)"', r"\1=\2 style='mso-yfti-irow:1'", markup)
    markup = re.sub(r"<(/?)(table|tr|td|p|span)\b", lambda m: f"<{m[1]}{m[2].upper()}", markup)
    markup = markup.replace("</TD>", "<o:p></o:p></TD>").replace(
        "<TR", "<!--[if gte mso 9]><xml><w:x/></xml><![endif]--><TR")
    filler = "<TR HEIGHT=0><TD WIDTH=43 STYLE='border:none'></TD><TD WIDTH=9></TD></TR>"
    return markup.replace(
        "</TABLE>", f"<![if !supportMisalignedColumns]>{filler}<![endif]></TABLE>")


def unclosed_markup(markup: str) -> str:
    """Leave out the end tags that HTML lets one leave out."""
    return re.sub(r"</(?:td|th|tr|p)>", "", markup)


WRITINGS: tuple[Callable[[str], str], ...] = (word_markup, unclosed_markup)
