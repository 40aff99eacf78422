"""Pages as people use them, in a Chromium where there is one: see ``test_reports_in_a_browser``."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Page, sync_playwright

from orchestration.exploring.application import explore_application
from orchestration.exploring.decision_files import DecisionFiles
from orchestration.exploring.wording import own_words
from orchestration.home.paths import Paths
from orchestration.reports.words import Language
from tests.conftest import disclosures
from tests.orchestration.pages_as_files import written
from tests.orchestration.test_reports_in_a_browser import BROWSERS

WORDS = own_words(Language.ZH)
SAMPLE = "汉滨区医疗保障局"
DRAFT = Path(__file__).parents[2] / "warehouse" / "samples" / "department-budget-2024-hanbin.txt"


@pytest.fixture(scope="module")
def decisions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("decisions")


@pytest.fixture(scope="module")
def address(sample_warehouse: Path, decisions: Path) -> Iterator[str]:
    """A server of the pages of the samples."""
    with served(sample_warehouse, decisions) as found:
        yield found


@contextmanager
def served(home: Path, decisions: Path) -> Iterator[str]:
    """The address of a server of the pages of a home."""
    application = explore_application(Paths(home, ()), decisions=DecisionFiles(decisions))
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", lifespan="off"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module", params=BROWSERS)
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser, in which no script fails and nothing is asked for in vain."""
    faults: list[str] = []
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        launched = playwright.chromium.launch(executable_path=request.param, args=arguments)
        opened = launched.new_page(viewport={"width": 1300, "height": 900})
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        yield opened
        launched.close()
    assert [fault for fault in faults if "favicon" not in fault and "404" not in fault] == []


def test_from_a_search_to_a_finding_that_is_decided_and_undone(
    page: Page, address: str, decisions: Path
) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type(SAMPLE)
    page.keyboard.press("Enter")
    page.click(f"#publishers a:has-text('{SAMPLE}')")
    page.click("#documents tbody a >> nth=0")
    page.click("#causes tbody a >> nth=0")
    form = page.locator(".deciding form").last
    form.locator("[name=reason]").fill("已核实")
    form.locator("[name=decided_by]").fill("读者")
    form.locator("button").click()
    assert WORDS["decided"] in str(page.text_content("main"))
    assert "已核实" in "".join(file.read_text(encoding="utf-8") for file in decisions.iterdir())
    page.click(".deciding button")
    assert WORDS["decided"] not in str(page.text_content("main"))
    assert "已核实" not in "".join(file.read_text(encoding="utf-8") for file in decisions.iterdir())


@pytest.mark.long
def test_what_was_corrected_is_gone_after_the_next_run(
    page: Page, sample_warehouse: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_warehouse, home)
    with served(home, Paths(home, ()).decisions) as address:
        page.goto(f"{address}/findings?severity=discrepancy&q=449.431")
        page.click("#findings tbody a:has-text('449.431') >> nth=0")
        found = page.url
        form = page.locator(".deciding form").first
        assert form.locator("[name=corrected_text]").input_value() == "449.44"
        form.locator("[name=reason]").fill("已核实")
        form.locator("[name=decided_by]").fill("读者")
        form.locator("button").click()
        assert WORDS["decided"] in str(page.text_content("main"))
        disclosures(home, "run")
        answer = page.goto(found)
        assert answer is not None
        assert answer.status == 404
        assert WORDS["finding_gone"] in str(page.text_content("main"))
        page.goto(f"{address}/decisions")
        assert "449.44" in str(page.text_content("#decisions"))


def test_what_must_be_disclosed_leads_to_the_document_that_lacks_it(page: Page, address: str) -> None:
    page.goto(address)
    page.click(f"header a:has-text('{WORDS['inspection']}')")
    page.click("#matrix tbody a:has-text('✓') >> nth=0")
    assert page.locator("#required").bounding_box() is not None
    assert page.url.endswith("#required")


def test_a_draft_that_is_sent_comes_back_as_its_report(page: Page, address: str) -> None:
    page.goto(address)
    page.click(f"header a:has-text('{WORDS['check_draft']}')")
    page.set_input_files("#files", str(DRAFT))
    page.click("button")
    page.wait_for_selector(".entry", timeout=60_000)
    assert DRAFT.name in str(page.text_content("header"))


def test_keys_go_along_the_rows(page: Page, address: str) -> None:
    page.goto(f"{address}/findings")
    page.keyboard.press("j")
    first: Any = page.evaluate("document.activeElement.closest('tr').rowIndex")
    page.keyboard.press("j")
    second: Any = page.evaluate("document.activeElement.closest('tr').rowIndex")
    page.keyboard.press("k")
    assert (first, second) == (1, 2)
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 1


@pytest.mark.parametrize(
    "path", ["/", "/publishers", "/findings", "/inspection", "/cube", "/comparisons", "/rankings/total"]
)
def test_on_a_narrow_screen_nothing_is_cut_off(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}{path}")
    assert wider_than_a_narrow_screen(page) <= 0


def test_on_a_narrow_screen_a_decision_is_not_cut_off(page: Page, address: str) -> None:
    page.goto(f"{address}/findings?severity=discrepancy&q=449.431")
    page.click("#findings tbody a:has-text('449.431') >> nth=0")
    assert page.locator(".deciding form").count() > 0
    assert wider_than_a_narrow_screen(page) <= 0


def wider_than_a_narrow_screen(page: Page) -> float:
    """By how much the page that is open is wider than the screen of a telephone, in pixels."""
    page.set_viewport_size({"width": 390, "height": 800})
    wider: float = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    page.set_viewport_size({"width": 1300, "height": 900})
    return wider


def test_files_are_searched_from_a_disk(page: Page, sample_warehouse: Path, tmp_path: Path) -> None:
    folder = written(sample_warehouse, tmp_path / "pages")
    page.goto((folder / "index.html").as_uri())
    page.click(f"header a:has-text('{WORDS['search']}')")
    page.fill("[name=q]", "医疗保障")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found li a")
    page.click("#found li a >> nth=0")
    assert page.url.startswith(folder.as_uri())
    assert page.text_content("h1")
