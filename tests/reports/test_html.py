"""report.html in a real browser: without errors, self-contained, and with the figures of report.json."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from parsel import Selector

from crawler.reports.build import build_report
from crawler.reports.facts import OutletFacts
from crawler.reports.html import report_page
from crawler.reports.tally import RunTally
from crawler.reports.write import write_report
from tests.reports.runs import FACTS, write_run

pytestmark = pytest.mark.foreign


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("exports") / "run=1")


@pytest.fixture(scope="module")
def report(run: Path) -> dict[str, Any]:
    return write_report(run, FACTS)


@pytest.mark.parametrize("width", [360, 1400])
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

    for outcome in ("exported", "copy", "refused", "failed"):
        assert page.locator(f"[data-total={outcome}]").inner_text() == str(report["totals"][outcome])
    assert page.locator("[data-total]").count() == 4
    countries = page.locator("[data-country]")
    assert countries.count() == len(report["countries"])
    assert countries.first.locator("td").last.inner_text() == str(report["countries"][0]["articles"])
    assert "दक्षिण कोरिया" in countries.first.inner_text()
    for name, row in report["hours"]["outlets"].items():
        counts = page.locator(f"[data-hours={name}] td:not(.h0, .total)").all_inner_texts()
        assert counts == [str(count) for count in row["hours"] if count]
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


def marked(report: dict[str, Any], **changes: Any) -> Selector:
    return Selector(report_page(report | changes, {"The run before": "../run=0/report.html"}))


def test_alarms_come_first_and_then_what_became_of_every_address(report: dict[str, Any]) -> None:
    calm = {"outlet": "zee", "kind": "failing", "text": "two", "alarm": False, "fails": True, "todo": "wait"}

    page = marked(report, warnings=[calm, calm | {"outlet": "jagran", "alarm": True}])

    assert page.css("main section::attr(id)").getall()[:2] == ["warnings", "outcomes"]
    assert [len(each.css(".quiet")) for each in page.css(".warning")] == [0, 1]
    assert "No alarm." in marked(report, warnings=[]).css("#warnings ::text").getall()


def test_a_run_that_brought_nothing_has_no_empty_part(report: dict[str, Any]) -> None:
    silent = build_report(replace(FACTS, outlets={"zee": OutletFacts(requests=0, name_hi="ज़ी न्यूज़ हिंदी")}), RunTally())

    page = Selector(report_page(silent))

    assert page.css("section::attr(id)").getall() == ["outcomes"]
    assert page.css("table, dl").getall() == []
    assert "Nothing was refused, and nothing failed." in page.css("#nothing::text").get("")
    assert "agency" not in page.css("#nothing::text").get("")
    assert page.css("h1::text").get() == "Nothing new from 1 outlet"
    assert "None was asked for" in page.css("#outcomes .note::text").get("")


def test_no_row_or_column_is_of_zeros(report: dict[str, Any]) -> None:
    page = marked(report)

    for table in page.css("table.heat, #outlets table"):
        rows = [row.css("td").xpath("string()").getall() for row in table.css("tbody tr")]
        numbers = [[cell.strip() for cell in row if cell.strip() not in ("", "0", "–")] for row in rows]
        assert all(numbers)
    outcomes = page.css("#outlets thead th::text").getall()[2:6]
    assert outcomes == ["exported", "copy", "refused", "failed"]


def test_readers_without_a_mouse_reach_and_understand_each_table(report: dict[str, Any]) -> None:
    page = marked(report)

    assert page.css("th:not([scope])").getall() == []
    assert len(page.css(".scroll")) == len(page.css(".scroll[tabindex='0'][role=group][aria-labelledby]")) > 2
    named = page.css("[aria-labelledby]::attr(aria-labelledby)").getall()
    contents = [link[1:] for link in page.css(".contents a::attr(href)").getall()]
    assert set(named) | set(contents) <= set(page.css("[id]::attr(id)").getall())
    assert contents == [name for name in page.css("section::attr(id)").getall() if name != "warnings"]


def test_outlets_have_their_hindi_names_and_an_old_page_is_marked(report: dict[str, Any]) -> None:
    named = dict(report["outlets"])
    old = {"articles": 1, "median_hours": 60_199.0, "p90_hours": 60_199.0}
    named["zee"] = named["zee"] | {"name_hi": "ज़ी न्यूज़ हिंदी", "freshness": old}
    named["jagran"] = named["jagran"] | {"freshness": old | {"median_hours": 30.0}}

    page = marked(report, outlets=named)

    zee, jagran = (page.css(f"[data-outlet={name}]") for name in ("zee", "jagran"))
    assert zee.css("[lang=hi]::text").getall() == ["ज़ी न्यूज़ हिंदी"]
    assert "old page 6.9 years" in " ".join(zee.xpath("string()").get("").split())
    assert "old page" not in jagran.get("")
    assert "30.0 h" in jagran.get("")


def test_the_page_leads_to_the_run_before_and_to_the_edition(tmp_path: Path) -> None:
    edition = tmp_path / "edition"
    first, second = (write_run(tmp_path / "exports" / f"date=2026-11-2{n}" / f"run={n}") for n in (3, 4))
    write_report(first, FACTS, edition=edition)
    edition.mkdir()
    (edition / "index.html").touch()
    write_report(second, FACTS, edition=edition)

    hrefs = [
        Selector((run / "report.html").read_text()).css(".links a::attr(href)").getall() for run in (first, second)
    ]

    assert hrefs == [[], ["../../date=2026-11-23/run=3/report.html", "../../../edition/index.html"]]
    assert all((second / href).is_file() for href in hrefs[1])


def test_the_page_links_to_no_other_file(report: dict[str, Any]) -> None:
    page = report_page(report)

    assert "src=" not in page
    assert "@import" not in page
    assert "url(" not in page
