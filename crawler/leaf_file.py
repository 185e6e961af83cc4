"""The files of a new leaf: its module, the saved page of its column, and the golden rows."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from crawler.survey import FoundColumn, Survey
from spiders import golden
from spiders.families import StaticFamily
from spiders.page import directory
from spiders.registers import Division

MOST_COLUMNS = 6
"""A leaf names so many columns at most; one with more is for a person to write."""

_WIDTH = 100


@dataclass(frozen=True)
class Place:
    """Whose portal it is.

    Attributes:
        division: The division.
        agency: The body, when the whole portal is one department's.
    """

    division: Division
    agency: str | None = None


@dataclass(frozen=True)
class LeafFiles:
    """What is to be written.

    Attributes:
        module: Path of the leaf below the project's folder, and its text.
        page: Path of the saved page, and its bytes.
        record: Path of the golden record, and its text.
    """

    module: tuple[Path, str]
    page: tuple[Path, bytes]
    record: tuple[Path, str]

    def paths(self) -> tuple[Path, ...]:
        """Return the paths, below the project's folder."""
        return self.module[0], self.page[0], self.record[0]

    def write(self, root: Path) -> None:
        """Write all three, or none when one of them is there.

        Args:
            root: The project's folder.

        Raises:
            FileExistsError: A file of that name is there; nothing was written.
        """
        for path in self.paths():
            if (root / path).exists():
                raise FileExistsError(root / path)
        for path, content in (self.module, self.page, self.record):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            data = content.encode("utf-8") if isinstance(content, str) else content
            with (root / path).open("xb") as file:
                file.write(data)


def leaf_files(found: Survey, place: Place) -> LeafFiles:
    """Return the files of a surveyed portal.

    Args:
        found: Has at least one column.
        place: Whose it is.

    Raises:
        ValueError: The first column's page has no rows and no lists below it: no test could tell
            whether the leaf still works.
    """
    first = found.columns[0]
    record = golden.record(found.family, first.page, first.url, first.form)
    if not (record["rows"] or record["sublists"]):
        raise ValueError(f"{first.url} shows neither rows nor lists")
    pages = Path("tests/spiders/pages")
    text = json.dumps(record, ensure_ascii=False, indent=1)
    return LeafFiles(
        module=(Path("spiders/portals") / f"{file_name(found.host)}.py", _module(found, place)),
        page=(pages / f"{found.host}.html", first.page.data),
        record=(pages / f"{found.host}.json", f"{text}\n"),
    )


def file_name(host: str) -> str:
    """Return the name of a leaf's module: ``tjbh_czj`` for ``czj.tjbh.gov.cn``."""
    labels = [
        label for label in host.lower().removesuffix(".gov.cn").split(".") if label != "www"
    ]
    name = "_".join(reversed(labels)).replace("-", "_") or "portal"
    return name if name[0].isalpha() else f"p{name}"


def proof(found: Survey) -> str:
    """Return a report that was read and stands in a column of the leaf, or ``inferred``."""
    for column in found.columns[:MOST_COLUMNS]:
        for url in column.read:
            if _stands_in(found.family, column.url, url):
                return url
    return "inferred"


def _module(found: Survey, place: Place) -> str:
    family = found.family
    name = "".join(part.title() for part in file_name(found.host).split("_"))
    columns = found.columns[:MOST_COLUMNS]
    is_single = len(columns) == 1 and columns[0].agency in (None, place.agency)
    imports = [f"from {family.__module__} import {family.__name__}"]
    if not is_single:
        imports.append("from spiders.tasks import Column")
    scheme = "" if found.scheme == "http" else f', "{found.scheme}"'
    facts = [f'hosts{", scheme" if scheme else ""} = ("{found.host}",){scheme}']
    division = place.division
    if place.agency:
        facts.append(f'title, agency = "{division.name}", "{_plain(place.agency)}"')
        facts.append(f'division, level = "{division.code}", "{division.level}"')
    else:
        facts.append(
            f'title, division, level = "{division.name}", "{division.code}", "{division.level}"'
        )
    facts.append(_assigned("evidence", proof(found)))
    if is_single:
        facts.append(_assigned("column", _path(columns[0].url)))
    else:
        lines = "\n".join(f"    {_column(column, place)}," for column in columns)
        facts.append(f"columns = (\n{lines}\n)")
    body = textwrap.indent("\n".join(facts), "    ")
    title = place.agency or division.name
    text = [
        f'"""{_plain(title)}."""', "", *imports, "", "", f"class {name}({family.__name__}):",
        f'    """Found from its home page: {_way(columns[0])}."""', "", body,
    ]  # fmt: skip
    return "\n".join(text) + "\n"


def _column(column: FoundColumn, place: Place) -> str:
    is_own = column.agency in (None, place.agency)
    agency = "" if is_own else f', agency="{_plain(column.agency)}"'
    text = f'Column("{_path(column.url)}"{agency})'
    if len(text) + 9 > _WIDTH:
        text = f'Column(\n        "{_path(column.url)}"{agency}\n    )'
    return text


def _assigned(name: str, value: str) -> str:
    text = f'{name} = "{value}"'
    if len(text) + 4 <= _WIDTH:
        return text
    cut = value.find("/", 8)
    pieces = [value[:cut], *textwrap.wrap(value[cut:], _WIDTH - 12, break_on_hyphens=False)]
    return f"{name} = (\n" + "\n".join(f'    "{piece}"' for piece in pieces) + "\n)"


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(scheme="", netloc="").geturl() or "/"


def _way(column: FoundColumn) -> str:
    labels = [_plain(label)[:20] for label in column.trail[-3:]]
    return " → ".join(labels) or "its entry page"


def _plain(text: str | None) -> str:
    """Return a text from a page fit for a literal: one line, no quotes, no escapes."""
    return re.sub(r"[\"'\\{}\s]+", " ", text or "").strip()


def _stands_in(family: type[StaticFamily], column: str, article: str) -> bool:
    number = family.column_of(column)
    folder = directory(column)
    below = folder != "/" and directory(article).startswith(folder)
    return below if number is None else number == family.column_of(article) or below
