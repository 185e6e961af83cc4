"""``scrapy newportal``: look at a portal, and write its leaf with page and golden rows."""

from __future__ import annotations

import argparse
import io
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.command import GOOD, UNUSABLE, CommandError
from crawler.command import Command as Base
from crawler.terminal import say

if TYPE_CHECKING:
    from crawler.leaf_file import LeafFiles, Place
    from crawler.survey import Survey
    from spiders.discovery.hosts import HostLine

_LIMITS = {"EXPLORE_PAGES": 40, "EXPLORE_PAGES_BELOW": 3, "LISTS_PER_COLUMN": 8}
"""A look at a portal: enough to find its columns, their second pages, and a few reports."""
_REPORTS = 3


class Command(Base):
    """Write a new leaf from a look at its portal."""

    positional = (1, 1)

    def syntax(self) -> str:
        """Return the usage."""
        return (
            "URL|HOST [--division 湖北省/襄阳市] [--out DIR] [-s CONTACT=ADDRESS] "
            "[-s SANDBOX=true]"
        )

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Look at a portal and write its leaf, page and golden rows"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Explore a portal from its home page, or from a page of it, as politely as a crawl "
            "does; write spiders/portals/NAME.py, the page of its first column and its golden "
            "rows, and say what is unsure. Nothing is ever overwritten. Exit code: 0 written, 1 "
            "nothing found or nothing to be had, 2 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--division", help="whose portal it is, when the register cannot say")
        parser.add_argument("--out", metavar="DIR", help="the project's folder (default: this one)")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Look, judge, write."""
        from crawler import leaf_file

        line = _host(args[0])
        root = _root(opts.out)
        taken = root / "spiders" / "portals" / f"{leaf_file.file_name(line.host)}.py"
        if taken.exists():
            raise UsageError(f"{taken} is there already; nothing is overwritten", print_help=False)
        given = _division(opts.division)
        found, code = self._look(line)
        if found is None:
            return code
        if not found.columns:
            _say_why_not(found)
            return UNUSABLE
        place, doubts = _place(found, given)
        try:
            files = leaf_file.leaf_files(found, place)
            files.write(root)
        except (ValueError, FileExistsError) as error:
            raise CommandError(f"nothing was written: {error}") from None
        _say(found, files, root, [*doubts, *_doubts(found)])
        return GOOD

    def _look(self, line: HostLine) -> tuple[Survey | None, int]:
        """Crawl the portal into an archive of its own, and return what it came to."""
        from archive.db import Archive
        from crawler import crawling, options
        from crawler.survey import survey

        for name, value in _LIMITS.items():
            self.config.set(name, value, priority="spider")
        with tempfile.TemporaryDirectory() as folder:
            hosts, archive_file = Path(folder, "hosts.txt"), Path(folder, "look.db")
            hosts.write_text("\n".join(line.pages or (_address(line),)), encoding="utf-8")
            self.config.set("ARCHIVE", str(archive_file), priority="cmdline")
            given = {"hosts": str(hosts), "limit": str(_REPORTS)}
            with redirect_stdout(io.StringIO()):  # the summary of a crawl is not the answer here
                code = crawling.crawl(options.spider("gov_reports", given), given, self)
            if not archive_file.exists():
                return None, code
            with Archive.open(archive_file, write=False, world=None) as archive:
                entered = archive.conn.execute(
                    "SELECT host FROM portals WHERE discovered_from IS NULL"
                ).fetchone()
                return survey(archive, entered[0] if entered else line.host), code


def _address(line: HostLine) -> str:
    return f"{line.scheme}://{line.host}/" if line.scheme else line.host


def _host(text: str) -> HostLine:
    """Return the portal to look at.

    Raises:
        UsageError: It is no official host, or has a leaf.
    """
    from spiders.discovery.hosts import HostsError, read_host
    from spiders.portal import by_host
    from spiders.portals import leaves

    try:
        line = read_host(text)
    except HostsError as error:
        raise UsageError(str(error), print_help=False) from None
    leaf = by_host(leaves()).get(line.host)
    if leaf is not None:
        raise UsageError(f"{line.host} has a leaf: {leaf.__module__}", print_help=False)
    return line


def _root(out: str | None) -> Path:
    """Return the project's folder.

    Raises:
        UsageError: The folder asked for is none, or the project is installed without its tests.
    """
    import spiders

    root = Path(out) if out else Path(str(spiders.__file__)).parents[1]
    if out and not root.is_dir():
        raise UsageError(f"--out: {root} is no folder", print_help=False)
    if not out and not (root / "tests" / "spiders" / "pages").is_dir():
        raise UsageError("name the project's folder with --out", print_help=False)
    return root


def _division(path: str | None) -> str | None:
    """Return the code of the division named on the command line.

    Raises:
        UsageError: There is none of that name, or several.
    """
    from spiders import arguments, registers

    if path is None:
        return None
    codes = {registers.division_path(one.code): one.code for one in registers.divisions()}
    try:
        asked = arguments.parse({"divisions": path}, ("divisions",), places=codes)
        (chosen,) = asked.divisions or ()
    except (arguments.ArgumentError, ValueError) as error:
        raise UsageError(f"--division: {error}", print_help=False) from None
    return codes[chosen]


def _place(found: Survey, given: str | None) -> tuple[Place, list[str]]:
    """Return whose portal it is, and what is unsure about it.

    Raises:
        CommandError: Neither the register nor the site says.
    """
    from crawler.leaf_file import Place
    from spiders import headings, registers
    from spiders.domains import bare, registered_domain

    divisions = {one.code: one for one in registers.divisions()}
    agency = found.site_name if headings.is_agency(found.site_name) else None
    if agency and agency.endswith(("人民政府", "省", "市", "县", "区", "州", "旗", "盟")):
        agency = None
    if given is not None:
        return Place(divisions[given], agency), _named(agency)
    portals = registers.portals()
    for portal in portals:
        if bare(portal.host) == bare(found.host):
            return Place(divisions[portal.division]), []
    for portal in portals:
        if registered_domain(portal.host) == registered_domain(found.host):
            place = divisions[portal.division]
            doubt = f"division {place.name} guessed: {portal.host} is of the same domain"
            return Place(place, agency), [doubt, *_named(agency)]
    named = [one for one in divisions.values() if one.name in found.site_name]
    if named:
        place = max(named, key=lambda one: len(registers.division_path(one.code)))
        doubt = f"division {place.name} ({place.code}) guessed from the site's name"
        return Place(place, agency), [doubt, *_named(agency)]
    raise CommandError(
        f"nothing was written: neither the register nor the site ({found.site_name or 'no name'}) "
        "says whose portal this is; name it with --division"
    )


def _named(agency: str | None) -> list[str]:
    return [f"agency {agency} taken from the site's name"] if agency else []


def _doubts(found: Survey) -> list[str]:
    """Return what a person should look at before the leaf is trusted."""
    from crawler.leaf_file import MOST_COLUMNS, proof

    doubts = []
    if not found.is_recognised:
        doubts.append("no CMS recognised: the leaf is on Plain, which knows common shapes only")
    if proof(found) == "inferred":
        doubts.append("evidence inferred: no report that was read has an address below its column")
    if not found.columns[0].reports:
        doubts.append("the first column lists no report in a full title: is it a list at all?")
    if not found.further_pages:
        doubts.append("no second page of a list was seen: paging is the family's habit")
    doubts += [f"column {one.url}: {one.why}" for one in found.columns[:MOST_COLUMNS]]
    if len(found.columns) > MOST_COLUMNS:
        left = ", ".join(one.url for one in found.columns[MOST_COLUMNS:])
        doubts.append(f"{len(found.columns) - MOST_COLUMNS} more columns are left out: {left}")
    if found.elsewhere:
        doubts.append(f"columns on other hosts need their own leaves: {', '.join(found.elsewhere)}")
    if found.failed:
        said = ", ".join(f"{number} {outcome}" for outcome, number in found.failed.items())
        doubts.append(f"pages that could not be had: {said}")
    return doubts


def _say(found: Survey, files: LeafFiles, root: Path, doubts: list[str]) -> None:
    for path in files.paths():
        say(f"wrote    {root / path}")
    say(f"family   {found.family.__name__}")
    for column in found.columns:
        way = " → ".join(column.trail)
        say(f"column   {column.url} ({len(column.reports)} reports listed; {way})")
    for doubt in doubts:
        say(f"unsure   {doubt}")
    say("Look at the rows of the golden record, then run: pytest tests/spiders")


def _say_why_not(found: Survey) -> None:
    from crawler.terminal import note

    note(f"error: no column of annual reports was found on {found.host}.")
    if found.tried:
        note(f"Looked at {found.tried}")
    for outcome, number in found.failed.items():
        note(f"{number} pages: {outcome}")
