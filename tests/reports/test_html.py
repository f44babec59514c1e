"""report.html in a real browser: without errors, self-contained, and with the figures of report.json."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.reports.html import report_page
from crawler.reports.write import write_report
from tests.reports.runs import FACTS, write_run

pytestmark = pytest.mark.foreign
CHROMIUM = "/usr/bin/chromium"
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, which the dev extra installs")
    path = CHROMIUM if Path(CHROMIUM).exists() else shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium to open report.html: apt-get install chromium fonts-noto-core")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=QUIETLY)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("exports") / "run=1")


@pytest.fixture(scope="module")
def report(run: Path) -> dict[str, Any]:
    return write_report(run, FACTS)


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_logs_nothing_requests_nothing_and_fits(
    browser: Any, run: Path, report: dict[str, Any], width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    logged: list[str] = []
    requested: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.on("request", lambda request: requested.append(request.url))

    page.goto((run / "report.html").as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert logged == []
    assert [url for url in requested if not url.startswith("data:")] == [(run / "report.html").as_uri()]
    assert wide <= width


def test_figures_and_texts_are_those_of_the_report(browser: Any, run: Path, report: dict[str, Any]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((run / "report.html").as_uri())

    for outcome in ("exported", "copy", "refused", "failed", "pending"):
        assert page.locator(f"[data-total={outcome}]").inner_text() == str(report["totals"][outcome])
    countries = page.locator("[data-country]")
    assert countries.count() == len(report["countries"])
    assert countries.first.locator("td").last.inner_text() == str(report["countries"][0]["articles"])
    assert "दक्षिण कोरिया" in countries.first.inner_text()
    for name, row in report["hours"]["outlets"].items():
        assert page.locator(f"[data-hours={name}] rect:not(.track)").count() == sum(map(bool, row["hours"]))
    assert page.locator("[data-story] a").first.inner_text() == report["reprinted"][0]["headline"]
    assert page.locator("[data-outlet]").count() == len(report["outlets"])
    links = page.locator("#refused a")
    assert links.count() == 1
    assert links.first.get_attribute("href") == "https://zee.example/9?a=1&b=<2>"
    context.close()


def test_hindi_is_shaped_and_not_drawn_letter_by_letter(browser: Any) -> None:
    page = browser.new_page()
    page.set_content('<span lang="hi" style="font: 40px \'Noto Sans Devanagari\', sans-serif"></span>')
    width = (
        "t => { const s = document.querySelector('span'); s.textContent = t; return s.getBoundingClientRect().width }"
    )

    # A conjunct is narrower than its separate letters, and the sign of the short i has a width of its own.
    joined, apart = page.evaluate(width, "क्ष"), page.evaluate(width, "क\u094d\u200cष")
    page.close()

    if joined == apart:
        pytest.skip("needs a Devanagari font: apt-get install fonts-noto-core")
    assert joined < apart


def test_html_and_scripts_from_a_page_do_not_run_in_the_report(report: dict[str, Any]) -> None:
    story = report["reprinted"][0] | {"headline": "<script>alert(1)</script>", "url": "JavaScript:alert(1)"}

    page = report_page(report | {"reprinted": [story]})

    assert "<script" not in page
    assert 'href="javascript:' not in page.lower()


def test_the_page_links_to_no_other_file(report: dict[str, Any]) -> None:
    page = report_page(report)

    assert "src=" not in page
    assert "@import" not in page
    assert "url(" not in page
