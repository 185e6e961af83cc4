"""The papers of a release: what its files hold, what its variables mean, how to cite it."""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from archive.release.differences import Differences
from archive.release.exports import Column, Export

_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_KINDS = {
    "column": "Columns of the panel",
    "variable": "Variables of the forms",
    "derived": "Derived variables",
    "indicator": "Indicators of the running text",
    "enum": "Codes",
    "missing": "Codes of missing values",
    "check": "Checks",
}
_FIELDS = ("name", "label", "label_en", "unit", "years", "comparable", "definition", "note")
_MOST_NAMED = 2000  # reports named one by one in a changelog


def text(name: str, values: Mapping[str, Any]) -> str:
    """Return one of the papers of ``texts/`` with its blanks filled in."""
    paper = (files(__package__) / "texts" / name).read_text(encoding="utf-8")
    return paper.format(**values)


def datapackage(
    version: str, as_of: str, tables: Mapping[Export, list[Column]], conn: sqlite3.Connection
) -> str:
    """Return the Frictionless Data Package of the CSV files, as JSON.

    Args:
        version: The release's number.
        as_of: The day of the archive's last crawl.
        tables: The exports and their columns as written.
        conn: The public file.
    """
    meanings = {
        name: (label, label_en, definition)
        for name, label, label_en, definition in conn.execute(
            """SELECT name, label, label_en, definition FROM codebook
            WHERE kind IN ('column', 'variable', 'derived')"""
        )
    }
    package = {
        "profile": "tabular-data-package",
        "name": "gov-reports",
        "title": "政府信息公开工作年度报告",
        "version": version,
        "created": f"{as_of}T00:00:00Z",
        "licenses": [_LICENCE],
        "resources": [
            _resource(export, columns, meanings) for export, columns in tables.items()
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(
    export: Export, columns: list[Column], meanings: Mapping[str, tuple[Any, ...]]
) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, meanings.get(column.name)) for column in columns],
        "missingValues": [""],
    }
    if export.key:
        schema["primaryKey"] = list(export.key)
    return {
        "profile": "tabular-data-resource",
        "name": export.name,
        "path": f"csv/{export.name}.csv",
        "title": export.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": schema,
    }


def _field(column: Column, meaning: tuple[Any, ...] | None) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "type": column.type}
    if meaning is not None:
        label, label_en, definition = meaning
        found["title"] = label
        found["description"] = "; ".join(filter(None, (label_en, definition)))
    return found


def citation_cff(version: str, as_of: str) -> str:
    """Return how to cite the data (Citation File Format 1.2.0)."""
    return (
        "cff-version: 1.2.0\n"
        "message: Cite the data by version; cite a single report by reports.citation.\n"
        "type: dataset\n"
        "title: 政府信息公开工作年度报告 (gov_reports)\n"
        "authors:\n  - name: The gov_reports maintainers\n"
        f"version: {version}\n"
        f"date-released: '{as_of}'\n"
        "license: CC-BY-4.0\n"
    )


def codebook_markdown(conn: sqlite3.Connection) -> str:
    """Return the codebook as Markdown."""
    lines = ["# Codebook", ""]
    for kind, title in _KINDS.items():
        lines += [f"## {title}", "", "| " + " | ".join(_FIELDS) + " |"]
        lines.append("| " + " | ".join("---" for _ in _FIELDS) + " |")
        lines += ["| " + " | ".join(map(_in_cell, row)) + " |" for row in _entries(conn, kind)]
        lines.append("")
    return "\n".join(lines)


def codebook_html(conn: sqlite3.Connection, version: str) -> str:
    """Return the codebook as a page of its own."""
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Codebook {html.escape(version)}</title>"
        "<style>body{font:15px/1.5 sans-serif;margin:1em}table{border-collapse:collapse}"
        "td,th{border:1px solid #bbb;padding:2px 6px;text-align:left;vertical-align:top}"
        "</style></head><body>\n<h1>Codebook</h1>\n"
    ]
    for kind, title in _KINDS.items():
        head = "".join(f'<th scope="col">{name}</th>' for name in _FIELDS)
        parts.append(f'<h2 id="{kind}">{title}</h2>\n<table><tr>{head}</tr>\n')
        for row in _entries(conn, kind):
            cells = "".join(f"<td>{html.escape(str(value or ''))}</td>" for value in row)
            parts.append(f"<tr>{cells}</tr>\n")
        parts.append("</table>\n")
    return "".join(parts) + "</body></html>\n"


def _entries(conn: sqlite3.Connection, kind: str) -> list[tuple[Any, ...]]:
    return conn.execute(
        f"SELECT {', '.join(_FIELDS)} FROM codebook WHERE kind = ? ORDER BY name", [kind]
    ).fetchall()


def _in_cell(value: Any) -> str:
    return str(value or "").replace("|", "\\|").replace("\n", " ")


def changelog(version: str, as_of: str, found: Differences | None, before: str) -> str:
    """Return the changelog: this release's entry, then those of the releases before.

    Args:
        version: The release's number.
        as_of: The day of the archive's last crawl.
        found: The differences to the release before, None for the first.
        before: The changelog of the release before, empty for the first.
    """
    lines = ["# Changelog", "", f"## {version} ({as_of})", ""]
    if found is None:
        lines.append("First release.")
    else:
        for title, keys in (
            ("Columns and tables that came or went", found.meaning),
            ("Added", found.added),
            ("Changed", found.changed),
            ("Withdrawn", found.withdrawn),
        ):
            if keys:
                lines += [f"### {title}: {len(keys):,}", ""]
                lines += [f"- {key}" for key in keys[:_MOST_NAMED]]
                if len(keys) > _MOST_NAMED:
                    lines.append(f"- … and {len(keys) - _MOST_NAMED:,} more")
                lines.append("")
        if not (found.added or found.changed or found.withdrawn or found.meaning):
            lines.append("The ledger, checks or corrections only.")
    earlier = before.removeprefix("# Changelog\n").strip()
    return "\n".join(lines).rstrip() + "\n" + (f"\n{earlier}\n" if earlier else "")
