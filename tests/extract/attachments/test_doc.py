from __future__ import annotations

import http.server
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from random import Random
from typing import ClassVar

import pytest

from crawler.sandbox import grids
from crawler.sandbox.files import doc as maker
from crawler.sandbox.files import docx as docx_maker
from crawler.sandbox.files.printed import Printed, Table, Words
from crawler.sandbox.files.samples import sample
from extract.attachments import doc, docx, odt_cells, office, rtf_cells, word_binary
from extract.attachments.office import convert, libreoffice, supervise
from extract.attachments.paper import Paper, Paragraph, Sheet, UnreadableError
from extract.locate import Places
from extract.read import read
from extract.record import Source
from tests.extract.attachments import papers
from tests.extract.attachments.hostile_zips import packed

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


@needs_office
@pytest.mark.parametrize(("kind", "make"), [("doc", maker.make), ("rtf", maker.make_rtf)])
def test_reports_saved_by_libreoffice_are_read_whole(kind: str, make: object) -> None:
    printed, shown = sample(31, 2023)
    made = docx_maker.make(printed, Random(31), counted=kind == "doc")
    data = convert(made, "docx", kind)
    (record,) = read(data, Source("http://www.example.gov.cn/a.doc"))
    assert papers.cells(record) == papers.truth(shown)
    assert record.kind == "report" and record.year == 2023
    cell = record.tables["t3_requests"]["new_received"]["total"]
    assert cell.at.startswith("doc:t")
    if kind == "doc":
        assert Places(data).text(cell.at) == cell.raw
    texts = word_binary.cell_texts(data) if kind == "doc" else rtf_cells.cell_texts(data)
    assert texts is not None and sum(map(bool, texts)) > 150


def paper_of(printed: Printed) -> Paper:
    return docx.read(docx_maker.make(printed, Random(3)))


def filled(paper: Paper) -> list[str]:
    return [box.text.rpartition("\n")[2] for block in paper.blocks if isinstance(block, Sheet)
            for row in block.rows for box in row]


def rtf_of(texts: list[str]) -> bytes:
    cells = "".join(
        "".join(f"\\u{ord(sign)}?" if ord(sign) > 127 else sign for sign in text) + "\\cell "
        for text in texts
    )
    return f"{{\\rtf1\\ansi\\ansicpg936\\uc1 \\trowd {cells}\\row}}".encode("ascii")


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What LibreOffice is said to have made, under the key ``docx``."""
    made: dict[str, bytes] = {}
    monkeypatch.setattr(doc, "convert", lambda data, suffix, target: made[target])
    return made


def test_cells_that_are_lost_on_the_way_are_told(converted: dict[str, bytes]) -> None:
    printed, _ = sample(5)
    converted["docx"] = docx_maker.make(printed, Random(3))
    texts = filled(paper_of(printed))
    lost = "cells_lost"
    assert lost not in {one.code for one in doc.read(rtf_of(texts)).issues}
    (issue,) = [one for one in doc.read(rtf_of([*texts, "98765"])).issues if one.code == lost]
    assert "98765" in issue.detail


def test_the_number_that_a_list_gives_is_no_loss(converted: dict[str, bytes]) -> None:
    grid = [[grids.Box(text) for text in ("1.许可", "（二）处罚", "30", "4")]]
    converted["docx"] = docx_maker.make(Printed("表", (Table(grid),)), Random(3))
    assert doc.read(rtf_of(["许可", "处罚", "30", "4"])).issues == []
    assert [one.code for one in doc.read(rtf_of(["可", "0", "30", "4"])).issues] == ["cells_lost"]


def test_a_file_whose_tables_are_lost_is_not_read(converted: dict[str, bytes]) -> None:
    printed, _ = sample(5)
    bare = Printed(printed.title, tuple(one for one in printed.blocks if isinstance(one, Words)))
    converted["docx"] = docx_maker.make(bare, Random(3))
    with pytest.raises(UnreadableError, match="LibreOffice lost") as caught:
        doc.read(rtf_of(filled(paper_of(printed))))
    assert caught.value.code == "broken"


def test_cells_of_rtf_are_told_by_their_marks() -> None:
    data = (rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 \'cb\'ce\'cc\'e5;}}{\*\generator x;}"
            rb"\pard one\par \trowd \intbl \'d7\'dc\'bc\'c6\cell {\v hidden}12\cell "
            rb"first\par last\cell \uc2\u26381\'b7\'fe\u21153\'ce\'f1\cell\cell\row \pard}")
    assert rtf_cells.cell_texts(data) == ["总计", "12", "last", "服务", ""]


def test_cells_of_opendocument_are_told_by_its_xml() -> None:
    cell = "<t:table-cell>{}</t:table-cell>"
    body = cell.format("<x:p>one</x:p><x:p>two<x:line-break/>th<x:span>re</x:span>e</x:p>")
    content = f'<o:body xmlns:o="o" xmlns:t="t" xmlns:x="x">{body}{cell.format("")}</o:body>'
    data = packed({"content.xml": content.encode()})
    assert odt_cells.cell_texts(data) == ["three", ""]
    secret = {"content.xml": b"?", "META-INF/manifest.xml": b"<m><encryption-data/></m>"}
    with pytest.raises(UnreadableError) as caught:
        odt_cells.cell_texts(packed(secret))
    assert caught.value.code == "encrypted"


class _Listener(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:  # noqa: N802 (the library's name)
        self.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        return


@needs_office
def test_no_link_in_a_document_is_followed() -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        picture = f"http://127.0.0.1:{server.server_port}/picture.png"
        text = (
            '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
            'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
            'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" '
            'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
            f'<text:p>one<draw:frame><draw:image xlink:href="{picture}" xlink:type="simple"/>'
            "</draw:frame></text:p></office:text></office:body></office:document>"
        )
        made = convert(text.encode(), "fodt", "docx")
        server.shutdown()
    assert [block.text for block in docx.read(made).blocks if isinstance(block, Paragraph)]
    assert _Listener.asked == []


def test_without_libreoffice_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    (record,) = read(rb"{\rtf1 text}", Source("http://www.example.gov.cn/a.doc"))
    assert [one.code for one in record.issues] == ["needs_program"]
    assert record.kind == "attachment_only"


def test_word_files_that_make_no_sense_have_no_second_look() -> None:
    with pytest.raises(UnreadableError) as caught:
        word_binary.cell_texts(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert caught.value.code == "broken"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that is taken for LibreOffice; the test writes what it does."""
    path = tmp_path / "soffice"
    monkeypatch.setattr(shutil, "which", lambda name: str(path))
    return path


def write(path: Path, script: str) -> None:
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(0o755)


def test_the_program_gets_a_clean_world_and_limits(program: Path) -> None:
    write(program, """
import os, resource, socket, sys
from pathlib import Path
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
profile = Path(sys.argv[1].partition("file://")[2]) / "user" / "registrymodifications.xcu"
settings = profile.read_text()
told = [
    sorted(set(os.environ) - {"LC_CTYPE"}), resource.getrlimit(resource.RLIMIT_AS)[0],
    resource.getrlimit(resource.RLIMIT_CPU)[0], "DisableMacrosExecution" in settings,
]
(out / "document.docx").write_text(repr(told))
""")
    os.environ["GOV_REPORTS_SECRET"] = "x"
    try:
        told = convert(b"data", "doc", "docx").decode()
    finally:
        del os.environ["GOV_REPORTS_SECRET"]
    module = libreoffice
    assert told == repr([["HOME", "LANG", "PATH", "TMPDIR"], module.MEMORY, module.SECONDS, True])


def test_a_program_that_hangs_is_ended_with_its_children(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.attachments.office.libreoffice.SECONDS", 1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    # The child holds the other end of the pipe; when it is gone, the pipe has an end.
    write(program, f"""
import subprocess, sys
child = "import threading; f = open({str(pipe)!r}, 'w'); f.write('x'); f.flush();" \\
        "threading.Event().wait()"
subprocess.run([sys.executable, "-c", child])
""")
    with pytest.raises(UnreadableError) as caught:
        convert(b"data", "doc", "docx")
    assert caught.value.code == "too_large"
    assert os.read(reader, 10) == b"x"
    assert select.select([reader], [], [], 20)[0]
    assert os.read(reader, 10) == b""
    os.close(reader)


def test_the_cage_ends_and_is_removed_when_nobody_waits_for_it(tmp_path: Path) -> None:
    script = "import threading; print('here'); threading.Event().wait()"
    folder = tmp_path / "cage"
    folder.mkdir()
    (folder / "document.doc").write_bytes(b"x")
    limits = ["4000000000", "60", str(folder)]
    with subprocess.Popen(
        [sys.executable, "-I", supervise.__file__, *limits, sys.executable, "-c", script],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        try:
            # The one who cleans up holds the other end until it is done.
            assert select.select([process.stdout], [], [], 30)[0]
            assert process.wait(30) == -signal.SIGKILL
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert not folder.exists()


def test_what_a_conversion_leaves_is_removed(program: Path, tmp_path: Path,
                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write(program, "raise SystemExit(1)")
    with pytest.raises(UnreadableError, match="makes nothing"):
        office.convert(b"data", "doc", "docx")
    assert [one.name for one in tmp_path.iterdir()] == ["soffice"]


def test_locators_are_this_files_own(converted: dict[str, bytes]) -> None:
    converted["docx"] = docx_maker.make(sample(5)[0], Random(3))
    paper = doc.read(rb"{\rtf1}")
    assert all(block.at.startswith("doc:p") for block in paper.blocks
               if isinstance(block, Paragraph))
