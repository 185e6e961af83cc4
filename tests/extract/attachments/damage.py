"""Files damaged as transfers, disks and bad programs damage them, and as nobody would."""

from __future__ import annotations

import copy
import zipfile
from io import BytesIO
from random import Random

from lxml import etree

from tests.extract.attachments.hostile_zips import packed

_VALUES = ("", "-1", "0", "999999999", "1e308", "nan", "abc", "g 5", "../../x", "\u4e00", "1 2 3",
           "65536", "-2147483649", "18446744073709551616", "true", "A1:ZZ99999")  # fmt: skip
_MOST = 400_000  # bytes of a part that is damaged as a tree


def damaged(data: bytes, chance: Random) -> bytes:
    """Return a file with one to four damages; parts of a package are damaged inside too."""
    for _ in range(chance.randint(1, 4)):
        if data.startswith(b"PK") and chance.random() < 0.8:
            data = _package(data, chance)
        else:
            data = _bytes(data, chance)
    return data


def _bytes(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    size = chance.choice((1, 2, 8, 100, 5_000))
    way = chance.randrange(6)
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + data[at + size :]
    if way == 2:
        return data[:at] + data[at : at + size] + data[at:]
    if way == 3:
        return data[:at] + chance.randbytes(size) + data[at + size :]
    if way == 4:
        return data[:at] + b"\0" * size + data[at + size :]
    return data[:at] + b"\xff" * size + data[at + size :]


def _package(data: bytes, chance: Random) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            parts = {name: file.read(name) for name in file.namelist()}
    except Exception:  # noqa: BLE001 - it is broken already
        return _bytes(data, chance)
    if not parts:
        return data
    name = chance.choice(sorted(parts))
    way = chance.random()
    if way < 0.1:
        del parts[name]
    elif way < 0.15:
        parts[name] = b""
    elif way < 0.3:
        parts[name] = _bytes(parts[name], chance)
    else:
        parts[name] = _tree(parts[name], chance)
    return packed(parts)


def _tree(data: bytes, chance: Random) -> bytes:
    """Damage an XML part so that it is still XML."""
    if len(data) > _MOST:
        return _bytes(data, chance)
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return _bytes(data, chance)
    for _ in range(chance.randint(1, 8)):
        elements = [one for one in root.iter() if isinstance(one.tag, str)]
        element = chance.choice(elements)
        other = chance.choice(elements)
        way = chance.randrange(7)
        if way == 0 and element is not root:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        elif way == 1 and len(elements) < 20_000:
            element.append(copy.deepcopy(other))
        elif way == 2 and element.attrib:
            element.set(chance.choice(sorted(element.attrib)), chance.choice(_VALUES))
        elif way == 3 and element.attrib:
            del element.attrib[chance.choice(sorted(element.attrib))]
        elif way == 4:
            element.text = chance.choice(_VALUES)
        elif way == 5:
            element.tag = other.tag
        elif other.attrib:
            name = chance.choice(sorted(other.attrib))
            element.set(name, other.attrib[name])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
