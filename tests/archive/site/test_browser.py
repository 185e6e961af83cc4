"""The site in a real browser: what a visitor does, and what a hostile archived page cannot do."""

from __future__ import annotations

import csv
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn

from archive.site.serve import site
from tests.archive.site import country
from tests.archive.site.test_harmless import HOSTILE

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
    pytest.mark.xdist_group("browser"),
]
OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

if CHROMIUM is not None:
    from playwright.sync_api import Page, sync_playwright


# What reaches beyond the window and is not inside something that scrolls by itself.
_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
['wide', ...[...document.querySelectorAll('main *, header *')].filter(
  one => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll, .two'))
.map(one => one.tagName + ' ' + one.className + ' ' + one.textContent.slice(0, 40))]"""


@dataclass
class Visit:
    """A page in the browser, and what went wrong or left the machine meanwhile."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("browser") / "sandbox.db"
    return path, country.build(path, extra="".join(HOSTILE))


@pytest.fixture(scope="module")
def address(keys: tuple[Path, dict[str, str]]) -> Iterator[str]:
    config = uvicorn.Config(site(keys[0]).app(), port=0, log_level="warning", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        thread.join(0.05)
    (socket,) = server.servers[0].sockets
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(params=[1200])
def visit(
    request: pytest.FixtureRequest, browser: object, address: str, tmp_path: Path
) -> Iterator[Visit]:
    context = browser.new_context(  # type: ignore[attr-defined]
        viewport={"width": request.param, "height": 800}, accept_downloads=True,
        java_script_enabled=getattr(request, "param_script", True),
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(20_000)
    found = Visit(page, address)
    page.on("console", lambda message: found.wrong.append(message.text)
            if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.wrong.append(str(error)))
    page.on("dialog", lambda dialog: (found.wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda asked: found.asked.append(asked.url))
    yield found
    context.close()
    # "data:" is the empty icon; everything else is this server's.
    assert [url for url in found.asked if not url.startswith((address, "data:"))] == []
    assert found.wrong == []


def test_from_a_word_to_the_very_cell(visit: Visit) -> None:
    page = visit.page
    visit.open("/")
    page.fill("#q", "秘密")
    page.press("#q", "Enter")
    assert page.locator("ol.hits > li").count() == 5
    assert page.locator("ol.hits mark").first.inner_text() == "秘密"
    page.locator("ol.hits > li a", has_text="财政局2024").click()
    assert page.locator("#s5 mark").inner_text() == "秘密"
    number = page.locator("#t3_requests tr", has_text="保护第三方合法权益").locator("a")
    assert number.inner_text() == "2"
    number.click()
    frame = page.frame_locator("#frame")
    cell = frame.locator("#cell")
    assert cell.inner_text() == "2"
    cell.wait_for(state="visible")
    box, around = cell.bounding_box(), page.locator("#frame").bounding_box()
    assert box and around  # the frame is scrolled to the cell
    assert around["y"] <= box["y"] <= around["y"] + around["height"]


def test_what_a_citys_departments_refused_and_why_is_three_clicks_away(visit: Visit) -> None:
    page = visit.page
    visit.open("/")
    page.click("text=湖北省")
    page.locator("table.heat").nth(1).get_by_role("link", name="襄阳市").click()
    page.locator("table.heat").first.get_by_role("link").nth(3).click()
    assert page.locator("h1").inner_text() == "襄阳市 · 2024"
    assert "8.3%" in page.locator("#departments tr.refused").inner_text()
    assert "8.3%" in page.locator("#departments tr", has_text="保护第三方").inner_text()


def test_a_table_is_downloaded(visit: Visit, tmp_path: Path) -> None:
    visit.open("/divisions/420600?year=2024")
    with visit.page.expect_download() as waiting:
        visit.page.click("text=CSV")
    file = tmp_path / "panel.csv"
    waiting.value.save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [(row["publisher"], row["r_new_tot"]) for row in rows] == [("襄阳市财政局", "24")]


def test_the_language_is_switched_and_stays(visit: Visit) -> None:
    page = visit.page
    visit.open("/divisions/420600?year=2024")
    page.click("#language")
    assert page.locator("#departments h2").inner_text().startswith("Departments")
    page.click("header .name")
    assert page.locator("h1").inner_text() == "Archive of disclosure reports"


@pytest.mark.parametrize("visit", [360], indirect=True)
def test_a_phone_shows_every_page_without_sideways_scrolling(
    visit: Visit, keys: tuple[Path, dict[str, str]]
) -> None:
    from archive.site.plugin import _path

    key = keys[1]["襄阳市财政局2024"]
    for path in (
        "/", "/divisions/420600", "/search?q=申请", "/codebook", _path("reports", key),
        _path("publishers", key.rsplit(":", 3)[0]),
    ):  # fmt: skip
        visit.open(path)
        wide = visit.page.evaluate(_WIDE)
        assert wide == [], path


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    visit.open("/")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "content"
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.closest('main') !== null")
