"""An OFD file in, paper out."""

from __future__ import annotations

from collections.abc import Iterator

from extract.attachments.ofd.drawing import Drawing, draw
from extract.attachments.ofd.package import Package
from extract.attachments.ofd.scans import Scan, read_scans
from extract.attachments.paper import Paper, UnreadableError
from extract.attachments.ruled.page import Leaf
from extract.attachments.ruled.paper import paper_of
from extract.record import Issue

MAX_PAGES = 200
MAX_SCANS = 15


def read(data: bytes) -> Paper:
    """Read an OFD file.

    Annotations (stamps, watermarks, remarks) and signatures are not part of what is read.

    Args:
        data: The file.

    Returns:
        What its pages show, all documents of the file one after the other; locators are
        ``ofd:p3/t1/r5/c2``.

    Raises:
        UnreadableError: The file is broken, encrypted or too large, or shows nothing to read.
    """
    package = Package(data)
    paper = Paper(title=package.title)
    drawings = _drawn(package, paper)
    if not any(one.leaf.signs or one.scans for one in drawings):
        raise UnreadableError("no_text", "the pages show no characters: they are drawn as outlines"
                                         " or stand in parts that are missing")
    for run in _runs(drawings):
        part = _part(package, run, paper, alone=not any(one.leaf.signs for one in drawings))
        paper.blocks += part.blocks
        paper.issues += part.issues
        paper.flags |= part.flags
    _tell(drawings, paper)
    return paper


def _drawn(package: Package, paper: Paper) -> list[Drawing]:
    drawings: list[Drawing] = []
    for path in package.documents():
        document = package.document(path)
        for loc in document.pages:
            number = len(drawings) + 1
            if number > MAX_PAGES:
                detail = f"{MAX_PAGES} pages were read, the file has more"
                paper.issues.append(Issue("page_cut", detail))
                return drawings
            page = document.page(loc)
            if page is None:
                detail = f"page {number} is not in the file: {loc}"
                paper.issues.append(Issue("page_unread", detail, f"ofd:p{number}"))
                drawings.append(Drawing(Leaf(number, 210.0, 297.0)))
            else:
                drawings.append(draw(page, number))
    return drawings


def _runs(drawings: list[Drawing]) -> Iterator[list[Leaf] | list[Scan]]:
    """Yield pages of text that follow one another, and pictures that do."""
    leaves: list[Leaf] = []
    scans: list[Scan] = []
    for one in drawings:
        if one.leaf.signs or not one.scans:
            if scans:
                yield scans
                scans = []
            leaves.append(one.leaf)
        if one.scans:
            if leaves:
                yield leaves
                leaves = []
            scans += [(one.leaf.number, path) for path in one.scans]
    if leaves:
        yield leaves
    if scans:
        yield scans


def _part(
    package: Package, run: list[Leaf] | list[Scan], paper: Paper, *, alone: bool
) -> Paper:
    leaves = [one for one in run if isinstance(one, Leaf)]
    if leaves:
        return paper_of(leaves, "ofd")
    scans = [one for one in run if not isinstance(one, Leaf)]
    number = scans[0][0]
    if len(scans) > MAX_SCANS:
        detail = f"{MAX_SCANS} of {len(scans)} pictures were read"
        paper.issues.append(Issue("page_cut", detail, f"ofd:p{number}"))
    try:
        return read_scans(package, scans[:MAX_SCANS])
    except UnreadableError as error:
        if alone:
            raise
        detail = f"page {number} shows a picture: {error.detail}"
        paper.issues.append(Issue("page_unread", detail, f"ofd:p{number}"))
        return Paper()


def _tell(drawings: list[Drawing], paper: Paper) -> None:
    """Tell what the file holds and does not show, and what it shows and does not tell."""
    unknown = sum("\ufffd" in sign.text for one in drawings for sign in one.leaf.signs)
    hidden = sum(one.hidden for one in drawings)
    turned = sum(one.turned for one in drawings)
    if unknown:
        paper.issues.append(Issue("broken_text", f"{unknown} signs of the OFD have no character"))
    if hidden:
        paper.issues.append(Issue("hidden_text", f"{hidden} signs of the OFD are not seen"))
    if turned:
        detail = f"{turned} signs of the OFD stand aslant or on their head"
        paper.issues.append(Issue("turned_text", detail))
