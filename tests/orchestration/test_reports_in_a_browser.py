"""A report as people use it, in a Chromium where there is one: ``DISCLOSURES_CHROMIUM``, or on the path."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pypdfium2 import PdfDocument

from tests.orchestration.test_reports import SLIP, WIDE, as_pdf, content_of, reported, with_a_slip

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Without one these tests are counted as skipped.
BROWSERS = [
    path
    for path in (os.environ.get("DISCLOSURES_CHROMIUM"), *map(shutil.which, NAMES))
    if path is not None and Path(path).is_file()
][:1]


@pytest.fixture(scope="module", params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=request.param, args=arguments)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The report of a PDF with a slip, opened from its file."""
    folder = tmp_path_factory.mktemp("browser")
    draft = folder / "draft.pdf"
    draft.write_bytes(as_pdf(content_of(with_a_slip()), WIDE))
    (folder / "report.html").write_text(reported(draft).page, encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1400, "height": 900})
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto((folder / "report.html").as_uri())
    yield opened
    assert faults == []


def lit(page: Page) -> dict[str, dict[str, float]]:
    """The rectangles that are lit, by mark, in pixels of the window."""
    found: Any = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("svg rect")].map(
            each => [each.dataset.mark, each.getBoundingClientRect().toJSON()]))"""
    )
    return dict(found)


def test_a_click_on_a_cause_lights_each_of_its_figures_on_its_page(page: Page) -> None:
    entry = page.locator(".entry.discrepancy").first
    entry.click()
    keys = str(entry.get_attribute("data-marks")).split()
    assert set(lit(page)) == set(keys)
    marks = json.loads(page.locator("#marks").text_content() or "")
    for key, rectangle in lit(page).items():
        sheet: Any = page.locator(f"#leaf-{marks[key]['leaf']} img").bounding_box()
        svg: Any = page.evaluate(
            "leaf => document.querySelector(`#leaf-${leaf} svg`).viewBox.baseVal.width", marks[key]["leaf"]
        )
        scale = sheet["width"] / svg
        left, top, right, bottom = marks[key]["box"]
        assert rectangle["left"] <= sheet["x"] + left * scale
        assert rectangle["right"] >= sheet["x"] + right * scale
        assert rectangle["top"] <= sheet["y"] + top * scale
        assert rectangle["bottom"] >= sheet["y"] + bottom * scale


def test_the_suspect_is_in_view_and_red(page: Page) -> None:
    page.locator(".entry.discrepancy").first.click()
    suspect = page.locator("svg rect.suspect").first
    box: Any = suspect.bounding_box()
    assert 0 < box["y"] < 900
    assert suspect.evaluate("each => getComputedStyle(each).stroke") == "rgb(179, 38, 30)"


def test_a_click_on_a_figure_of_the_equation_goes_to_its_place(page: Page) -> None:
    page.locator(".entry.discrepancy").first.click()
    link = page.locator(".entry.discrepancy tr.term a").last
    link.click()
    box: Any = page.locator(f"rect[data-mark='{link.get_attribute('data-mark')}']").bounding_box()
    assert 0 < box["y"] < 900
    assert "lit" in str(link.get_attribute("class"))


def current(page: Page) -> str | None:
    return page.locator(".entry[aria-current]").get_attribute("id")


def test_keys_go_on_and_back(page: Page) -> None:
    ids = page.evaluate("() => [...document.querySelectorAll('.entry')].map(each => each.id)")
    page.locator(".entry").first.click()
    if len(ids) > 1:
        page.keyboard.press("j")
        assert current(page) == ids[1]
        page.keyboard.press("b")
    assert current(page) == ids[0]


def test_search_and_severity_hide_what_does_not_match(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type(SLIP[1])
    assert page.locator(".entry:visible").count() >= 1
    page.locator("#search").fill("nowhere to be found")
    assert page.locator(".entry:visible").count() == 0
    assert page.locator("#nothing").is_visible()
    page.locator("#search").fill("")
    page.locator("button[data-severity=discrepancy]").click()
    assert page.locator(".entry:visible").count() == page.locator(".entry.discrepancy").count()
    page.locator("button[data-severity='']").click()


def test_on_a_narrow_screen_a_cause_and_its_figure_are_in_view_at_once(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    wider: Any = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    entry = page.locator(".entry.discrepancy").first
    entry.click()
    heading: Any = entry.locator("h2").bounding_box()
    suspect: Any = page.locator("svg rect.suspect").first.bounding_box()
    page.set_viewport_size({"width": 1400, "height": 900})
    assert wider <= 0
    assert 0 < heading["y"] < suspect["y"] < 800
    assert 0 <= suspect["x"] < 400


def test_on_paper_every_entry_has_its_places_and_its_number_there(page: Page) -> None:
    page.locator(".entry").first.click()
    before = lit(page).keys()
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    marks: Any = page.evaluate("() => JSON.parse(document.getElementById('marks').textContent)")
    assert lit(page).keys() == marks.keys()
    numbers = page.locator("svg text").all_text_contents()
    assert "1" in numbers
    assert set(numbers) <= set(page.locator(".entry .number").all_text_contents())
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert lit(page).keys() == before
    assert page.locator("svg text").count() == 0


def test_a_printed_report_has_no_empty_page(page: Page) -> None:
    with closing(PdfDocument(page.pdf(format="A4", print_background=True))) as document:
        for each in document:
            shown = each.render(scale=0.2, grayscale=True).to_numpy()
            assert (shown < 200).mean() > 0.002


def test_words_of_a_text_are_lit_in_their_line(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(with_a_slip(), encoding="utf-8")
    (tmp_path / "report.html").write_text(reported(path).page, encoding="utf-8")
    opened = browser.new_page()
    opened.goto((tmp_path / "report.html").as_uri())
    opened.locator(".entry.discrepancy").first.click()
    assert SLIP[1] in opened.locator(".lines .suspect").all_text_contents()
    # no figure is broken off in its cell
    lines: Any = opened.evaluate(
        """figure => [...document.querySelectorAll(".lines td")].filter(
            each => each.textContent === figure).map(each => {
                const range = document.createRange();
                range.selectNodeContents(each);
                return new Set([...range.getClientRects()].map(line => line.top)).size;
            })""",
        SLIP[1],
    )
    assert set(lines) == {1}
