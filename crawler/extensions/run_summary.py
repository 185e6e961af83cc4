"""The end of a crawl: coverage is brought up to date, the summary stored and shown."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

from archive import coverage, crawls, expectations, summary
from archive.errors import ArchiveFailed
from crawler import run as runs
from crawler import verdict
from crawler.calendar import default_years, today
from crawler.items import Failed, Fetched
from crawler.run import Run
from crawler.summary import Summary, show_commands, show_portals, show_totals
from crawler.terminal import note, say


class RunSummary:
    """Close the books of a run."""

    def __init__(self, run: Run, report: Path | None = None) -> None:
        self._run = run
        self._report = report
        self._bugs: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunSummary:
        """Build, and listen for the end of the crawl and for bugs of our own."""
        file = crawler.settings["REPORT"]
        extension = cls(runs.of(crawler), Path(file) if file else None)
        crawler.signals.connect(extension.closed, signal=signals.spider_closed)
        crawler.signals.connect(extension.item_error, signal=signals.item_error)
        return extension

    def item_error(self, item: Fetched | Failed) -> None:
        """Count a page that our own code could not handle; its row stays as it was."""
        self._bugs[item.entry.portal] += 1

    def closed(self, reason: str) -> None:
        """Save coverage, decide the exit code, end the run, and show what it came to."""
        with suppress(ArchiveFailed):  # then the command says why, and the run is unusable
            self._close(reason)

    def _close(self, reason: str) -> None:
        run, archive = self._run, self._run.archive
        finished = reason == crawls.FINISHED
        as_of = today()
        with archive.atomic():
            coverage.update(archive, run.years or default_years(as_of), as_of.isoformat())
            portals = summary.portals(archive, run.crawl.campaign)
            findings = expectations.judge(archive, run.crawl.campaign, as_of, finished=finished)
            code = verdict.exit_code(portals, findings, self._bugs, finished=finished)
            numbers = Summary(
                portals=portals,
                totals=summary.totals(archive),
                troubles=verdict.troubles(findings, self._bugs),
                new_reports=run.tally["reports"],
                findings=findings,
            )
            crawls.finish(
                archive,
                run.crawl.id,
                reason=reason,
                exit_code=code,
                summary=numbers.as_json(),
            )
        run.exit_code = code
        if self._report is not None:
            self._write(self._report, {"reason": reason, "exit_code": code, **numbers.as_json()})
        self._show(numbers, finished=finished)

    @staticmethod
    def _write(file: Path, report: dict[str, Any]) -> None:
        text = json.dumps(report, ensure_ascii=False, indent=1)
        try:
            file.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            note(f"error: the run report cannot be written to {file}: {error.strerror}")

    def _show(self, numbers: Summary, *, finished: bool) -> None:
        say()
        show_portals(numbers.portals)
        known = self._run.tally["unchanged"]
        same = f"; {known} more pages had not changed" if known else ""
        say(f"{'This run':<9} read {numbers.new_reports} reports{same}.")
        show_totals(numbers.portals, numbers.totals)
        for host, text in numbers.troubles.items():
            say(f"Trouble   {host}: {text}")
        if not finished:
            left = sum(portal.left for portal in numbers.portals)
            say(f"Stopped with {left} pages left; the same command goes on where it stopped.")
        say()
        show_commands(self._run.archive)
