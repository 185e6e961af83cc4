"""A release: built beside the last one, proven, and put in its place at once or not at all."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archive import backup
from archive.citation import citation
from archive.db import Archive
from archive.errors import ArchiveError
from archive.release import describe, differences, exports, gate, public

FILE = "gov_reports.sqlite"
FULL = "gov_reports_full.sqlite"
_NAME = re.compile(r"gov_reports-(\d+)\.(\d+)\.(\d+)")


class ReleaseRefusedError(ArchiveError):
    """A release would be worse than the last one; that one was left in place.

    Attributes:
        reasons: What is wrong, a sentence each.
    """

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("No release was made: " + "; ".join(reasons) + ".")
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Release:
    """A release.

    Attributes:
        folder: Where it is.
        version: Its number.
        is_new: It was made now; the same archive makes no second one.
        taken: Stretches of text that were taken out, by kind.
        measures: What it amounts to.
    """

    folder: Path
    version: str
    is_new: bool
    taken: Counter[str]
    measures: gate.Measures


def release(archive: Archive, out: Path, *, full: bool = False, force: bool = False) -> Release:
    """Make a release of an archive.

    Args:
        archive: The archive; reading is enough.
        out: The folder of the releases; each is a folder ``gov_reports-VERSION`` in it.
        full: Add a copy of the whole archive, payloads included: texts with persons in them.
        force: Release although a minimum fails; the reasons are in METHODS.md.

    Returns:
        The release; the last one when nothing differs from it.

    Raises:
        ReleaseRefusedError: A minimum fails. The last good release stays.
        ArchiveError: The folder cannot be written to.
    """
    out.mkdir(parents=True, exist_ok=True)
    draft = out / ".draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        return _made(archive, out, draft, full=full, force=force)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def last_release(out: Path) -> Path | None:
    """Return the folder of the last release in a folder, None when there is none."""
    found = [
        (tuple(map(int, hit.groups())), folder)
        for folder in out.iterdir()
        if (hit := _NAME.fullmatch(folder.name)) and (folder / "SHA256SUMS").exists()
    ]
    return max(found)[1] if found else None


def _made(archive: Archive, out: Path, draft: Path, *, full: bool, force: bool) -> Release:
    last = last_release(out)
    as_of = _as_of(archive)
    before = None if last is None else last.name.removeprefix("gov_reports-")
    drafted = draft / "draft.sqlite"
    taken = public.draft(archive, drafted)
    found = None if last is None else differences.compare(last / FILE, drafted)
    version = "1.0.0" if found is None or before is None else found.version(before)
    with _open(drafted) as conn:
        measures = gate.measure(conn)
    if last is not None and before is not None and found is not None and _is_same(found):
        return Release(last, before, False, Counter(), measures)
    reasons = gate.refusals(archive.conn, measures, None if last is None else last / FILE)
    if reasons and not force:
        raise ReleaseRefusedError(reasons)
    folder = draft / f"gov_reports-{version}"
    folder.mkdir()
    public.publish(drafted, folder / FILE, {"version": version, "as_of": as_of})
    earlier = (last / "CHANGELOG.md").read_text(encoding="utf-8") if last is not None else ""
    _write(archive, folder, version, as_of, measures, reasons)
    changes = describe.changelog(version, as_of, found, earlier)
    (folder / "CHANGELOG.md").write_text(changes, encoding="utf-8")
    if full:
        backup.backup(archive, folder / FULL)
    _sums(folder)
    final = out / folder.name
    folder.replace(final)
    return Release(final, version, True, taken, measures)


def _is_same(found: differences.Differences) -> bool:
    return not (
        found.added or found.changed or found.withdrawn or found.meaning or found.is_other
    )


def _as_of(archive: Archive) -> str:
    """The day the archive speaks of: that of its last fetch. No clock is asked."""
    row = archive.conn.execute("SELECT max(fetched_at) FROM fetches").fetchone()
    return str(row[0] or "")[:10]


def _write(
    archive: Archive,
    folder: Path,
    version: str,
    as_of: str,
    measures: gate.Measures,
    reasons: list[str],
) -> None:
    (folder / "csv").mkdir()
    (folder / "parquet").mkdir()
    with _open(folder / FILE) as conn:
        tables = {}
        for export in exports.EXPORTS:
            tables[export] = exports.write_csv(conn, export, folder / f"csv/{export.name}.csv")
            exports.write_parquet(
                conn, export, folder / f"parquet/{export.name}.parquet", tables[export]
            )
        papers = {
            "datapackage.json": describe.datapackage(version, as_of, tables, conn),
            "CITATION.cff": describe.citation_cff(version, as_of),
            "CODEBOOK.md": describe.codebook_markdown(conn),
            "CODEBOOK.html": describe.codebook_html(conn, version),
        }
    values: dict[str, Any] = {
        **{name: "" if value is None else f"{value:,}" for name, value in asdict(measures).items()},
        "first_year": measures.first_year or "",
        "last_year": measures.last_year or "",
        "version": version,
        "as_of": as_of,
        "generated": "\n**Generated data of the sandbox, not real reports.**\n"
        if archive.meta("world") == "sandbox"
        else "",
    }
    values["accuracy"] = describe.text("accuracy.md", {})
    for name in ("README.md", "METHODS.md", "CAUTIONS.md", "LICENSE.md"):
        papers[name] = describe.text(name, values)
    if reasons:
        papers["METHODS.md"] += "\n## Released although\n\n" + "".join(
            f"- {reason}\n" for reason in reasons
        )
    for name, paper in papers.items():
        (folder / name).write_text(paper, encoding="utf-8")


def _sums(folder: Path) -> None:
    lines = []
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        with file.open("rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
        lines.append(f"{digest}  {file.relative_to(folder).as_posix()}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


@contextmanager
def _open(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as conn:
        conn.create_function("citation", 7, _citation, deterministic=True)
        yield conn


def _citation(
    agency: str | None,
    publisher: str,
    year: int | None,
    title: str | None,
    url: str | None,
    fetched_at: str | None,
    sha256: str | None,
) -> str | None:
    if url is None or fetched_at is None or sha256 is None:
        return None
    return citation(
        agency=agency or publisher, year=year, title=title, url=url, fetched_at=fetched_at,
        sha256=sha256,
    )  # fmt: skip
