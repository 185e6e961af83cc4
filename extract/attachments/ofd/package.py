"""The parts of an OFD file: its documents, their pages, templates and resources."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from extract.attachments.ofd.matrix import numbers
from extract.attachments.paper import UnreadableError
from extract.attachments.safe_xml import local, parse
from extract.attachments.zipped import Members, clean_path

Area = tuple[float, float, float, float]

_ROOT = "OFD.xml"
_A4: Area = (0.0, 0.0, 210.0, 297.0)


@dataclass(slots=True)
class Resources:
    """What objects refer to by number (GB/T 33190-2016, 7.9).

    Attributes:
        units: CompositeGraphicUnits: drawings used by name.
        pens: DrawParams: colours and widths used by name.
        files: MultiMedia: the package path of each picture.
    """

    units: dict[str, etree._Element] = field(default_factory=dict)
    pens: dict[str, etree._Element] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """One page.

    Attributes:
        path: Its part of the package.
        area: Left, top, width, height of the sheet in millimetres.
        contents: The Content elements to draw, backgrounds first.
        resources: Of its document and its own.
    """

    path: str
    area: Area
    contents: list[etree._Element]
    resources: Resources


class Package:
    """An opened OFD file.

    Args:
        data: The file.

    Raises:
        UnreadableError: It is no OFD, encrypted, or broken at its root.
    """

    def __init__(self, data: bytes) -> None:
        self._members = Members(data)
        self._paths = {clean_path(name).lower(): name for name in self._members.names}
        if _ROOT.lower() not in self._paths:
            if any("encryptions.xml" in path for path in self._paths):
                raise UnreadableError("encrypted", "an OFD that is encrypted for its receivers")
            raise UnreadableError("broken", f"an OFD without {_ROOT}")
        self._root = self._xml(self._paths[_ROOT.lower()])
        self.title = _text(self._root, "Title")

    def documents(self) -> list[str]:
        """The root part of each document in the file; a file may hold several."""
        locs = [child.text for child in self._root.iter() if local(child) == "DocRoot"]
        found = [self.find("", loc) for loc in locs if loc]
        return [path for path in found if path is not None]

    def document(self, path: str) -> Document:
        """Open one document."""
        return Document(self, path, self._xml(path))

    def find(self, folder: str, loc: str) -> str | None:
        """The member that a location names, seen from a folder; case and slashes vary."""
        loc = loc.strip().replace("\\", "/")
        near = f"{folder}/{loc}" if folder and not loc.startswith("/") else loc
        for path in (near, loc):
            name = self._paths.get(clean_path(path).lower())
            if name is not None:
                return name
        return None

    def xml(self, folder: str, loc: str) -> tuple[str, etree._Element] | None:
        """The parsed part that a location names, with its path; None where there is none."""
        path = self.find(folder, loc)
        return None if path is None else (path, self._xml(path))

    def read(self, path: str) -> bytes:
        """The bytes of a member."""
        return self._members.read(path)

    def _xml(self, path: str) -> etree._Element:
        if self._members.is_encrypted(path):
            raise UnreadableError("encrypted", f"{path} needs a password")
        return parse(self._members.read(path), path)


class Document:
    """One document of a file.

    Args:
        package: The file.
        path: Its root part.
        root: That part, parsed.
    """

    def __init__(self, package: Package, path: str, root: etree._Element) -> None:
        self._package = package
        self._folder = _folder(path)
        self._area = _area(root)
        self._resources = Resources()
        self._templates: dict[str, str] = {}
        self.pages: list[str] = []
        for element in root.iter():
            name, loc = local(element), element.get("BaseLoc", "")
            if name in ("PublicRes", "DocumentRes") and element.text:
                self._add(self._resources, self._folder, element.text)
            elif name == "TemplatePage":
                self._templates[element.get("ID", "")] = loc
            elif name == "Page" and loc:
                self.pages.append(loc)

    def page(self, loc: str) -> Page | None:
        """Open one page; None where the part it names is missing."""
        found = self._package.xml(self._folder, loc)
        if found is None:
            return None
        path, root = found
        shared = self._resources
        own = Resources(dict(shared.units), dict(shared.pens), dict(shared.files))
        behind: list[etree._Element] = []
        before: list[etree._Element] = []
        contents: list[etree._Element] = []
        for child in root:
            name = local(child)
            if name == "PageRes" and child.text:
                self._add(own, _folder(path), child.text)
            elif name == "Template":
                side = before if child.get("ZOrder") == "Foreground" else behind
                side += self._template(child.get("TemplateID", ""), own)
            elif name == "Content":
                contents.append(child)
        area = _area(root) or self._area or _A4
        return Page(path, area, [*behind, *contents, *before], own)

    def _template(self, number: str, resources: Resources) -> list[etree._Element]:
        found = self._package.xml(self._folder, self._templates.get(number, ""))
        if found is None:
            return []
        path, root = found
        for child in root:
            if local(child) == "PageRes" and child.text:
                self._add(resources, _folder(path), child.text)
        return [child for child in root if local(child) == "Content"]

    def _add(self, resources: Resources, folder: str, loc: str) -> None:
        """Enter the resources of one part."""
        found = self._package.xml(folder, loc)
        if found is None:
            return
        path, root = found
        base = _within(_folder(path), root.get("BaseLoc", ""))
        for element in root.iter():
            name, number = local(element), element.get("ID", "")
            if name == "CompositeGraphicUnit":
                resources.units[number] = element
            elif name == "DrawParam":
                resources.pens[number] = element
            elif name == "MultiMedia":
                loc = _text(element, "MediaFile") or ""
                media = self._package.find(base, loc) or self._package.find(_folder(path), loc)
                if media is not None:
                    resources.files[number] = media


def _folder(path: str) -> str:
    return clean_path(path).rpartition("/")[0]


def _within(folder: str, loc: str) -> str:
    return clean_path(loc if loc.startswith("/") else f"{folder}/{loc}")


def _area(root: etree._Element) -> Area | None:
    """The size of the sheet that a part gives, if any."""
    four = numbers(_text(root, "PhysicalBox"))
    if len(four) != 4 or four[2] <= 0 or four[3] <= 0:
        return None
    return four[0], four[1], four[2], four[3]


def _text(root: etree._Element, name: str) -> str | None:
    for element in root.iter():
        if local(element) == name:
            return (element.text or "").strip() or None
    return None
