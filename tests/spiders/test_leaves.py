"""Every leaf is ten lines of right data, and a spider of its own."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from statistics import median
from urllib.parse import urldefrag, urlsplit

import pytest

from extract.formats import enum
from spiders.families import FAMILIES
from spiders.families.base import StaticFamily
from spiders.families.gkmlpt import Gkmlpt
from spiders.families.hanweb import Hanweb
from spiders.families.lonsun import Lonsun
from spiders.families.trs import Trs
from spiders.families.ucap import Ucap
from spiders.families.vsb import Vsb
from spiders.portal import Portal, by_host
from spiders.portals import leaves
from spiders.registers import divisions

CODES = {division.code: division for division in divisions()}
HOST = re.compile(r"(?:[a-z0-9-]+\.)+gov\.cn")
every_leaf = pytest.mark.parametrize("leaf", leaves(), ids=lambda leaf: leaf.hosts[0])


@every_leaf
def test_hosts(leaf: type[Portal]) -> None:
    assert all(HOST.fullmatch(host) for host in leaf.hosts)
    assert leaf.name == leaf.hosts[0]
    assert leaf.scheme in ("http", "https")


@every_leaf
def test_division_and_level(leaf: type[Portal]) -> None:
    codes = {leaf.division, *(column.division or leaf.division for column in leaf.columns)}
    assert codes <= CODES.keys()
    assert leaf.level in enum("admin_level")
    assert leaf.title


@every_leaf
def test_columns_are_absolute_and_on_the_portal(leaf: type[Portal]) -> None:
    assert leaf.columns
    portal = leaf()
    for column, task in zip(leaf.columns, portal.start_tasks(), strict=True):
        assert column.path.startswith(("/", "http://", "https://"))
        assert portal.own_url(task.url) == urldefrag(task.url).url, "own host, own spelling"
        assert task.role == "column"
        assert task.args["column"] == task.url
        assert task.args["depth"] == 0
        assert task.args["annual"] is column.annual
    assert len({column.path for column in leaf.columns}) == len(leaf.columns)


@every_leaf
def test_evidence_stands_in_a_column(leaf: type[Portal]) -> None:
    assert leaf.evidence
    if leaf.evidence == "inferred":
        return
    proven = [column for column in leaf.columns if stands_in(leaf, column.path, leaf.evidence)]
    assert proven
    for column in leaf.columns:
        if column.evidence != "inferred":
            assert stands_in(leaf, column.path, column.evidence)


def stands_in(leaf: type[Portal], column: str, article: str) -> bool:
    """Tell whether an address is of a column: in its folder, or of its number."""
    assert issubclass(leaf, StaticFamily)
    here, there = (re.sub("/{2,}", "/", urlsplit(url).path) for url in (column, article))
    tree = re.search(r"wbtreeid=(\d+)", column)
    number = tree[1] if tree else leaf.column_of(column)
    folder = here.rsplit("/", 1)[0]
    below = folder not in ("", "/") and there.startswith(folder)
    return below if number is None else number == leaf.column_of(article) or below


@every_leaf
def test_a_leaf_is_data(leaf: type[Portal]) -> None:
    assert lines(leaf) <= 25
    assert issubclass(leaf, StaticFamily)
    functions = [name for name, thing in vars(leaf).items() if callable(thing)]
    assert functions == []


def lines(leaf: type[Portal]) -> int:
    return len(Path(inspect.getfile(leaf)).read_text(encoding="utf-8").splitlines())


def test_a_leaf_is_about_ten_lines() -> None:
    assert median(lines(leaf) for leaf in leaves()) <= 12


def test_at_least_twenty_proven_leaves_over_twelve_provinces() -> None:
    proven = [leaf for leaf in leaves() if leaf.evidence != "inferred"]
    assert len(proven) >= 20
    assert len({leaf.division[:2] for leaf in proven}) >= 12
    assert {family for family in FAMILIES if any(issubclass(leaf, family) for leaf in proven)} >= {
        Gkmlpt, Hanweb, Lonsun, Trs, Ucap, Vsb,
    }  # fmt: skip


def test_one_leaf_a_file_and_one_portal_a_host() -> None:
    files = {inspect.getfile(leaf) for leaf in leaves()}
    assert len(files) == len(leaves())
    hosts = [host for leaf in leaves() for host in leaf.hosts]
    assert len(hosts) == len(set(hosts))


def test_www_and_bare_are_one() -> None:
    named = by_host(leaves())
    assert named["hbhr.gov.cn"] is named["www.hbhr.gov.cn"]
    assert named["www.jzx.gov.cn"] is named["huaihua.gov.cn"]


def test_jingzhou_stands_on_the_host_of_huaihua() -> None:
    (leaf,) = {by_host(leaves())["www.jzx.gov.cn"]}
    assert {column.division for column in leaf.columns} == {"431229", "431228"}
