"""The pages at three widths, light and dark, in Hindi and in English: sound, complete and accessible."""

from collections import Counter
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.edition.editions import built, data_of, exports, printed
from tests.edition.reading import opened
from tests.soak import sample
from tests.text.test_search_key import SPELLINGS
from tools.synthetic_month import FIRST_DAY, write_month

pytestmark = [pytest.mark.foreign, pytest.mark.soak]
DAY = f"{FIRST_DAY:%Y-%m-%d}"
SCHEMES = ("light", "dark")
WIDTHS = (360, 800, 1400, 1600)
PAGES = [f"{DAY}.html", f"{DAY}.en.html", "index.html", "index.en.html"]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("look")
    write_month(folder / "exports", days=2, articles=80)
    return built(folder / "exports", folder / "out")


@pytest.mark.parametrize(("page", "scheme", "width"), sample([*product(PAGES, SCHEMES, WIDTHS)], least=32))
def test_a_page_fits_logs_nothing_and_requests_nothing(
    browser: Any, out: Path, page: str, scheme: str, width: int
) -> None:
    with opened(browser, out / page, viewport={"width": width, "height": 900}, color_scheme=scheme) as reader:
        wide = reader.page.evaluate("document.documentElement.scrollWidth")

    assert reader.logged == []
    assert [url for url in reader.requested if not url.startswith((out.as_uri(), "data:"))] == []
    assert wide <= width


@pytest.mark.parametrize(("page", "scheme"), sample([*product(PAGES, SCHEMES)], least=8))
def test_axe_finds_no_violation(browser: Any, out: Path, page: str, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python", reason="needs axe-playwright-python, which the dev extra installs"
    )
    engine = resources.files(axe).joinpath("axe.min.js").read_text(encoding="utf-8")

    # axe is no part of the page, whose policy would not let it in
    with opened(browser, out / page, bypass_csp=True, color_scheme=scheme) as reader:
        reader.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        reader.page.evaluate(engine)
        found = reader.page.evaluate("axe.run(document)")

    assert found["passes"]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found["violations"]] == []


def test_figures_equal_the_data(browser: Any, out: Path) -> None:
    data = data_of(out, DAY)
    countries = [data["countries"][number][0] for row in data["country"] for number in row]
    hours = Counter(hour for hour in data["hour"] if hour >= 0)

    with opened(browser, out / f"{DAY}.html") as reader:
        page = reader.page
        figures = {name: page.locator(f"[data-figure={name}]").inner_text() for name in ("articles", "countries")}
        totals = page.locator("#hours-section tfoot tr").first.locator("td").all_inner_texts()
        circles = page.locator(".map a").evaluate_all("links => links.map(link => Number(link.dataset.stories))")
        offered = page.locator("#country option").all_inner_texts()

    assert figures == {"articles": str(len(data["headline"])), "countries": str(len(set(countries)))}
    assert [int(text or 0) for text in totals[:24]] == [hours[hour] for hour in range(24)]
    placed = [(story, place) for story, places in zip(data["story"], data["place"], strict=True) for place in places]
    assert sorted(circles) == sorted(Counter(place for _, place in set(placed)).values())
    assert sum(int(text.split("(")[1].rstrip(")")) for text in offered[1:]) == len(countries)


def test_twenty_spellings_of_twenty_words_are_found(browser: Any, tmp_path: Path) -> None:
    pairs = SPELLINGS[::-1][:20]
    records = [printed(f"a{number}", f"{pair[0]} की ख़बर") for number, pair in enumerate(pairs)]
    out = built(exports(tmp_path / "exports", *records), tmp_path / "out")

    with opened(browser, out / "2026-11-24.html") as reader:
        found = {typed: reader.search(typed) for _, typed in pairs}

    assert found == {typed: [f"{word} की ख़बर"] for word, typed in pairs}


def test_a_reader_with_the_keyboard_alone_opens_a_place_and_returns(browser: Any, out: Path) -> None:
    with opened(browser, out / f"{DAY}.html") as reader:
        page = reader.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.locator(".map a").first.focus()
        name = page.locator(".map a").first.get_attribute("aria-label")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "status"
        place = page.locator("#chips button").inner_text().split(": ")[1].removesuffix(" ✕")
        assert name.startswith(f"{place}: ")
        assert 0 < page.locator("#rows li").count() < 80
        page.go_back()
        assert page.locator("#chips button").count() == 0
        assert reader.logged == []


def test_on_paper_the_forms_are_left_out(browser: Any, out: Path) -> None:
    with opened(browser, out / f"{DAY}.html") as reader:
        reader.page.emulate_media(media="print")

        for hidden in ("#filters", ".turn", ".contents", "#other-language"):
            assert not reader.page.locator(hidden).first.is_visible()
        assert reader.page.locator("#rows li").first.is_visible()
