"""Reports packed into a ZIP, as portals offer several files at once."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random

from crawler.sandbox.files import docx, ofd
from crawler.sandbox.files.printed import Printed

_DATE = (2024, 1, 15, 9, 0, 0)


class _Info(zipfile.ZipInfo):
    """A member whose name is written in GBK without a mark, as programs on Chinese Windows do."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (the library's name)
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def make(printed: Printed, chance: Random) -> bytes:
    """Return a ZIP of the report as a document, in a folder or not, names in GBK or UTF-8."""
    kind, maker = chance.choice((("docx", docx.make), ("ofd", ofd.make)))
    folder = chance.choice(("", "附件/"))
    files = {f"{folder}{printed.title}.{kind}": maker(printed, chance)}
    if chance.random() < 0.4:
        files[f"{folder}说明.txt"] = "请用办公软件打开。".encode("gb18030")
    return packed(files, gbk=chance.random() < 0.5)


def packed(files: dict[str, bytes], *, gbk: bool = False) -> bytes:
    """Return a ZIP of these files; the same files give the same bytes.

    Args:
        files: Their bytes by their names.
        gbk: Names are written as on Chinese Windows.
    """
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, data in files.items():
            info = (_Info if gbk else zipfile.ZipInfo)(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return stream.getvalue()
