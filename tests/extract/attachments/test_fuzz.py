"""No file, however broken, gets anything but an UnreadableError out of a reader.

``GOV_REPORTS_EXAMPLES=2000 pytest -n 0 tests/extract/attachments/test_fuzz.py`` tries thousands.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.sandbox.files import docx as docx_maker
from crawler.sandbox.files import ofd as ofd_maker
from crawler.sandbox.files import pdf_reportlab, xls, xlsx, zip_file
from crawler.sandbox.files.samples import sample
from extract.attachments import archive_file, doc, rtf_cells, word_binary
from extract.attachments import docx as docx_reader
from extract.attachments import ofd as ofd_reader
from extract.attachments import pdf as pdf_reader
from extract.attachments import xls as xls_reader
from extract.attachments import xlsx as xlsx_reader
from extract.attachments.paper import Paper, UnreadableError
from extract.read import read
from extract.record import Source
from tests.extract.attachments.damage import damaged

EXAMPLES = int(os.environ.get("GOV_REPORTS_EXAMPLES", "12"))
FIXED = "GOV_REPORTS_EXAMPLES" not in os.environ
SLOW = {"pdf": 6}  # by how much fewer examples there are of a kind
TRIED = settings(max_examples=EXAMPLES, deadline=None, derandomize=FIXED, database=None,
                 suppress_health_check=list(HealthCheck))
RTF = (rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 \'cb\'ce;}}\pard one\par \trowd \'d7\'dc\cell "
       rb"\uc1\u26381?12\cell\row {\*\x y}{\pict 0102}\pard}")


def _picture() -> bytes:
    """A picture too small to hold anything: what is tried is how it is opened."""
    from PIL import Image

    stream = BytesIO()
    Image.effect_noise((40, 30), 90).convert("RGB").save(stream, "PNG")
    return stream.getvalue()


def _open_picture(data: bytes) -> object:
    from extract.attachments.pictures.opening import frames

    return list(frames(data))


def _read_doc(data: bytes) -> Paper:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doc, "convert", lambda *_: data)
        return doc.read(RTF)


READERS: dict[str, tuple[Callable[[], bytes], Callable[[bytes], object]]] = {
    "docx": (lambda: docx_maker.make(sample(1)[0], Random(1)), docx_reader.read),
    "xlsx": (lambda: xlsx.make(sample(2)[0], Random(2)), xlsx_reader.read),
    "xls": (lambda: xls.make(sample(3)[0], Random(3)), xls_reader.read),
    "ofd": (lambda: ofd_maker.make(sample(4)[0], Random(4)), ofd_reader.read),
    "pdf": (lambda: pdf_reportlab.make(sample(5)[0], Random(5)), pdf_reader.read),
    "zip": (lambda: zip_file.make(sample(6)[0], Random(6)), archive_file.members),
    "doc": (lambda: docx_maker.make(sample(7)[0], Random(7)), _read_doc),
    "ole": (lambda: xls.make(sample(3)[0], Random(3)), word_binary.cell_texts),
    "rtf": (lambda: RTF * 3, rtf_cells.cell_texts),
    "picture": (_picture, _open_picture),
}


@cache
def whole(kind: str) -> bytes:
    return READERS[kind][0]()


@pytest.mark.parametrize("kind", READERS)
def test_broken_files_are_unreadable_and_nothing_else(kind: str) -> None:
    good, reader = whole(kind), READERS[kind][1]

    @settings(TRIED, max_examples=max(1, EXAMPLES // SLOW.get(kind, 1)))
    @given(seed=st.integers(0, 2**32))
    def try_one(seed: int) -> None:
        data = damaged(good, Random(seed))
        try:
            reader(data)
        except UnreadableError as error:
            assert error.code in {"broken", "too_large", "encrypted", "no_text", "unknown_type"}
            assert error.detail

    try_one()


@TRIED
@given(kind=st.sampled_from(["docx", "xlsx", "ofd", "zip"]), seed=st.integers(0, 2**32))
def test_broken_files_give_a_record(kind: str, seed: int) -> None:
    records = read(damaged(whole(kind), Random(seed)), Source("http://www.example.gov.cn/a"))
    assert records
    for record in records:
        assert record.kind in {"report", "attachment_only"} or record.issues or not record.tables
