"""Makes ``portals.csv`` from a list of portals, and ``portals_unjoined.csv`` of what it leaves out.

``python -m spiders.data.build_portals LIST`` where the list has, tab-separated, division_path,
level, portal_url, whether it answered on 2026-04-26, a policy column's URL, and the family that
the shape of that URL suggests. A portal is joined when its path of names is one division of today.
Nothing is guessed: other paths, and hosts listed twice, need a row of ``portals_corrections.csv``.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from spiders.registers import division_path, divisions

HERE = Path(__file__).parent
EVIDENCE = "list of portals, answers of 2026-04-26"


def main() -> None:
    """Read the list, write the two files."""
    parser = argparse.ArgumentParser()
    parser.add_argument("list", type=Path)
    with parser.parse_args().list.open(encoding="utf-8") as file:
        listed = list(csv.DictReader(file, delimiter="\t"))
    code_of = {division_path(division.code): division.code for division in divisions()}
    text = (HERE / "portals_corrections.csv").read_text("utf-8")
    corrected = {row["listed_as"]: row for row in csv.DictReader(text.splitlines())}
    hosts = Counter(_host(row["portal_url"]) for row in listed)
    joined: list[tuple[str, ...]] = []
    unjoined: list[tuple[str, ...]] = []
    for row in listed:
        path, host = row["division_path"], _host(row["portal_url"])
        given = corrected.pop(path, {"host": ""})
        answered = {"yes": "yes", "no": "no"}.get(row["answered_2026_04_26"], "with care")
        family = row["family_by_url_shape"].rstrip("?")
        if given["host"]:
            is_other = given["host"] != host
            joined.append(
                (given["host"], given["scheme"], given["division"],
                 "" if is_other else answered, "" if is_other else family, given["evidence"])
            )  # fmt: skip
        elif "evidence" in given:
            unjoined.append((path, row["portal_url"], given["evidence"]))
        elif path not in code_of:
            unjoined.append((path, row["portal_url"], "no division of today has these names"))
        elif hosts[host] > 1 and not _is_above(path, host, listed):
            unjoined.append((path, row["portal_url"], "two divisions are listed with this host"))
        else:
            scheme = urlsplit(row["portal_url"]).scheme
            joined.append((host, scheme, code_of[path], answered, family, ""))
    if corrected:
        raise SystemExit(f"corrections of portals that are not listed: {sorted(corrected)}")
    _write("portals.csv", ["host", "scheme", "division", "answered", "family", "note"], joined, 2)
    _write("portals_unjoined.csv", ["listed_as", "portal_url", "reason"], unjoined, 0)
    print(f"{len(joined)} joined, {len(unjoined)} not, of {len(listed)}")  # noqa: T201 (by hand)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _is_above(path: str, host: str, listed: list[dict[str, str]]) -> bool:
    """Tell whether all others listed with the host lie under the path: it is the upper one's."""
    others = [
        row["division_path"]
        for row in listed
        if _host(row["portal_url"]) == host and row["division_path"] != path
    ]
    return all(other.startswith(f"{path}/") for other in others)


def _write(name: str, header: list[str], rows: list[tuple[str, ...]], by: int) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for _, row in sorted((row[by], row) for row in rows):
            writer.writerow(row)


if __name__ == "__main__":
    main()
