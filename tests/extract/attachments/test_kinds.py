"""What a file is, told by its content; pages in messages; files in archives."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from random import Random

import pytest

from crawler.sandbox.files import docx, xls, xlsx
from crawler.sandbox.files.samples import sample
from extract.locate import Places
from extract.media import media_kind
from extract.read import read
from extract.record import Record, Source
from extract.record import cells as all_cells
from tests.extract import sheets
from tests.extract.attachments import papers
from tests.extract.tables.test_markup import raws
from tests.extract.test_read import page

ROOT = Path(__file__).parents[3]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def compound(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le").ljust(128, b"\x00") + bytes(512)


def packed(*files: tuple[str, bytes], first: str | None = None) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        if first:
            file.writestr("mimetype", first)
        for name, data in files:
            file.writestr(name, data)
    return held.getvalue()


TYPES = ("[Content_Types].xml", b"")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\nHTTP junk\r\n%PDF-1.4\n", "pdf"),
        (b"{\\rtf1\\ansi", "rtf"),
        (packed(TYPES, ("word/document.xml", b"")), "docx"),
        (packed(TYPES, ("word\\document.xml", b"")), "docx"),
        (packed(TYPES, ("xl/workbook.xml", b"")), "xlsx"),
        (packed(TYPES, ("xl/workbook.bin", b"")), "xlsb"),
        (packed(TYPES, ("ppt/presentation.xml", b"")), "pptx"),
        (packed(("OFD.xml", b""), ("Doc_0/Document.xml", b"")), "ofd"),
        (packed(first="application/vnd.oasis.opendocument.text"), "odf"),
        (packed(("word/年报.docx", b""), ("xl/表.xlsx", b"")), "zip"),
        (packed(), "zip"),
        (b"PK\x03\x04 and no more", "zip"),
        (compound("WordDocument"), "doc"),
        (compound("Workbook"), "xls"),
        (compound("Book"), "xls"),
        (compound("EncryptedPackage"), "encrypted"),
        (compound("PowerPoint Document"), "ppt"),
        (OLE, "ole"),
        (OLE + b"x" + "WordDocument".encode("utf-16-le") + bytes(200), "ole"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"GIF89a", "gif"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00", "bmp"),
        (b"BMW is a brand", "text"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        (b"II*\x00", "tiff"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08", "gzip"),
        (b'<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>', "markup"),
        (b'<?xml version="1.0"?><html xmlns:w="urn:schemas-microsoft-com:office:word">', "markup"),
        ("年度报告".encode("gb18030"), "text"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "mht"),
        (b"From: <Saved by WPS>\r\nMIME-Version: 1.0\r\nContent-Type: a; boundary=y", "mht"),
        (b"\x00\x01\x02\x03\x04" * 300, "binary"),
    ],
)
def test_content_tells_the_kind(data: bytes, kind: str) -> None:
    assert media_kind(data) == kind


@pytest.mark.parametrize("maker", [docx, xlsx, xls])
def test_programs_write_what_is_told(maker: object) -> None:
    made = maker.make(sample(1)[0], Random(1))  # type: ignore[attr-defined]
    assert media_kind(made) == maker.__name__.rpartition(".")[2]  # type: ignore[attr-defined]


def assert_each_leads_back(records: list[Record], data: bytes) -> None:
    places = Places(data)
    for record in records:
        for *_, cell in all_cells(record.tables):
            assert places.text(cell.at) == cell.raw


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
def test_a_page_saved_as_one_message_is_that_page(transfer: str) -> None:
    values = sheets.numbers()
    html = page(sheets.report(values)).decode().replace("utf-8", "gb2312").encode("gb18030")
    body = base64.encodebytes(html)
    if transfer != "base64":
        body = b"\r\n".join(
            "".join(f"={byte:02X}" for byte in html[at : at + 24]).encode() + b"="
            for at in range(0, len(html), 24)
        )
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--=_NextPart"\r\n\r\n'
        b"----=_NextPart\r\nContent-Type: text/html; charset=gb2312\r\n"
        b"Content-Transfer-Encoding: " + transfer.encode() + b"\r\n\r\n" + body
        + b"\r\n----=_NextPart\r\nContent-Type: image/png\r\n\r\nxxxx\r\n----=_NextPart--\r\n"
    )  # fmt: skip
    records = read(data, Source())
    assert raws(records[0].tables) == values
    assert records[0].encoding["used"] == "gb18030"
    assert_each_leads_back(records, data)


def test_reports_in_an_archive_lead_back_into_it() -> None:
    reports = [sample(seed, 2023) for seed in (2, 3)]
    files = [
        ("说明.txt", "本压缩包含两个单位的报告。".encode()),
        ("年报/一.docx", docx.make(reports[0][0], Random(1))),
        ("年报/二.xlsx", xlsx.make(reports[1][0], Random(1))),
    ]
    data = packed(*files)
    found = read(data, Source(url="http://www.example.gov.cn/fj.zip"))
    assert [papers.cells(one) for one in found] == [papers.truth(shown) for _, shown in reports]
    assert [one.title for one in found] == [printed.title for printed, _ in reports]
    assert {cell.at.partition("!")[0] for *_, cell in all_cells(found[1].tables)} == {"zip:3"}
    assert {one.url for one in found} == {"http://www.example.gov.cn/fj.zip"}
    assert_each_leads_back(found, data)
    with pytest.raises(LookupError):
        Places(data).text("zip:9!docx:t1/r1/c1")
    with pytest.raises(ValueError, match="no locator of a file in an archive"):
        Places(data).text("docx:t1/r1/c1")


def test_what_could_not_be_read_in_an_archive_is_said() -> None:
    (record,) = read(packed(("年报.rar", b"Rar!\x1a\x07\x01\x00"), ("读我.txt", b"a")), Source())
    assert record.kind == "attachment_only"
    assert [(one.code, one.detail.partition(":")[0]) for one in record.issues] == [
        ("unknown_type", "年报.rar")
    ]
    good = docx.make(sample(2)[0], Random(1))
    (report,) = read(packed(("一.docx", good), ("二.rar", b"Rar!\x1a\x07\x01\x00")), Source())
    assert report.kind == "report"
    assert ("unknown_type", "二.rar") in {
        (one.code, one.detail.partition(":")[0]) for one in report.issues
    }
    (nothing,) = read(packed(), Source())
    assert (nothing.kind, [one.code for one in nothing.issues]) == ("attachment_only", ["empty"])


def test_a_plain_installation_reads_what_needs_no_package() -> None:
    """The reader is there at once, and the packages of the extras only when a file asks for one."""
    heavy = "pdfplumber pypdfium2 openpyxl xlrd olefile rapidocr onnxruntime cv2 numpy PIL docx"
    code = (
        "import sys\n"
        f"for name in {heavy.split()}: sys.modules[name] = None\n"
        "import json, pathlib\n"
        "from extract.read import read\n"
        "from extract.record import Source\n"
        "for file in sys.argv[1:]:\n"
        "    (record,) = read(pathlib.Path(file).read_bytes(), Source(row_title='某县水利局2024年"
        "政府信息公开工作年度报告'))\n"
        "    print(record.kind, len(record.tables), [one.code for one in record.issues][:1])\n"
    )
    printed, _ = sample(2, 2023)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, data in {
            "a.docx": docx.make(printed, Random(5)), "b.xlsx": xlsx.make(printed, Random(5)),
            "c.xls": xls.make(printed, Random(5)), "d.pdf": b"%PDF-1.4\n",
            "e.png": b"\x89PNG\r\n\x1a\n",
        }.items():  # fmt: skip
            files.append(Path(folder) / name)
            files[-1].write_bytes(data)
        done = subprocess.run([sys.executable, "-c", code, *map(str, files)], cwd=ROOT,
                              capture_output=True, text=True, check=True)  # fmt: skip
    tables = len(sample(2, 2023)[1].tables)
    assert [line.partition(" [")[0] for line in done.stdout.splitlines()] == [
        f"report {tables}", f"report {tables}", "attachment_only 0", "attachment_only 0",
        "image_only 0",
    ]  # fmt: skip
    assert done.stdout.count("['needs_extra']") == 3
