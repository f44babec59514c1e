"""A reader searches, filters and goes back on the page of a day, in Chromium."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.edition.editions import built, exports, printed
from tests.edition.reading import opened

pytestmark = pytest.mark.foreign
ARTICLES = [
    printed("a", "ईरान में नहर भरी", at="2026-11-24T04:10:00Z", place="तेहरान", agency="ap", story="s"),
    printed("b", "ईरान के फ़ुटबॉलर लौटे", at="2026-11-24T05:10:00Z", place="तेहरान", outlet="aajtak"),
    printed("c", "सियोल में पुल खुला", at="2026-11-24T06:10:00Z", place="सियोल", agency="ap", outlet="aajtak"),
    printed("d", "पेरू की झील पर राय", at="2026-11-24T07:10:00Z", place="लीमा", kind="opinion", outlet="jagran"),
    printed("e", "बिना समय की ख़बर", at=None, agency="reuters", outlet="jagran", story="s"),
]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("edition")
    return built(exports(folder / "exports", *ARTICLES), folder / "out") / "2026-11-24.html"


def test_search_filters_and_the_back_button_work_together(browser: Any, day: Path) -> None:
    with opened(browser, day) as reader:
        page = reader.page
        assert reader.answer == "5 में से 5 ख़बरें"
        assert reader.rows[0] == "पेरू की झील पर राय"

        assert reader.search("इरान") == ["ईरान के फ़ुटबॉलर लौटे", "ईरान में नहर भरी"]
        page.select_option("#agency", "ap")
        assert reader.rows == ["ईरान में नहर भरी"]
        assert reader.answer == "5 में से 1 ख़बरें"
        page.select_option("#by", "own")
        assert reader.rows == []
        assert "कोई ख़बर नहीं मिली" in reader.answer

        page.go_back()
        assert reader.rows == ["ईरान में नहर भरी"]
        page.go_back()
        assert (page.locator("#q").input_value(), len(reader.rows)) == ("इरान", 2)
        page.go_back()
        assert (page.locator("#q").input_value(), len(reader.rows)) == ("", 5)
        page.go_forward()
        assert len(reader.rows) == 2
        page.locator("button[type=reset]").click()
        assert reader.answer == "5 में से 5 ख़बरें"
        assert reader.logged == []


def test_back_from_a_list_to_a_part_of_the_page_shows_what_was_there(browser: Any, day: Path) -> None:
    with opened(browser, day) as reader:
        page = reader.page
        page.locator(".to-search").click()
        assert len(reader.search("इरान")) == 2
        page.locator("a[href='#map']").click()
        assert (page.evaluate("location.hash"), len(reader.rows)) == ("#map", 2)
        page.reload()
        assert (page.locator("#q").input_value(), len(reader.rows)) == ("इरान", 2)

        page.go_back()
        assert (page.locator("#q").input_value(), len(reader.rows)) == ("इरान", 2)
        page.go_back()
        assert page.evaluate("location.hash") == "#articles"
        assert (page.locator("#q").input_value(), len(reader.rows)) == ("", 5)
        page.go_forward()
        page.go_forward()
        assert (page.evaluate("location.hash"), len(reader.rows)) == ("#map", 2)
        assert reader.logged == []


GO = """hash => new Promise(done => {
    addEventListener("popstate", () => setTimeout(done), { once: true });
    location.hash = hash;
})"""
ADDRESSES = [
    ("country=KR", "c"),
    ("agency=ap&sort=old", "ac"),
    ("outlet=aajtak", "cb"),
    ("hour=9", "a"),
    ("kind=opinion", "d"),
    ("by=wire", "cae"),
    ("by=own", "db"),
    ("place=Tehran,IR", "ba"),
    ("sort=old", "abcde"),
    ("sort=outlet", "cbade"),
    ("sort=printed", "aedcb"),
    ("sort=__proto__", "dcbae"),
    ("story=s", "ae"),
    ("story=s&sort=old", "ae"),
    ("story=s-d", "d"),
    ("story=elsewhere", ""),
    ("q=पेरु झील", "d"),
    ("q=tehran&outlet=aajtak", "b"),
    ("country=XX", ""),
    ("q=झील&country=KR", ""),
]


def test_an_address_opens_the_list_that_it_names(browser: Any, day: Path) -> None:
    headlines = {record["id"]: record["headline"] for record in ARTICLES}

    with opened(browser, day) as reader:
        for asked, found in ADDRESSES:
            reader.page.evaluate(GO, asked)
            assert (asked, reader.rows) == (asked, [headlines[name] for name in found])


def test_the_page_logs_nothing_and_requests_nothing_from_elsewhere(browser: Any, day: Path) -> None:
    with opened(browser, day, viewport={"width": 360, "height": 800}, color_scheme="dark") as reader:
        reader.search("झील")
        wide = reader.page.evaluate("document.documentElement.scrollWidth")

    assert reader.logged == []
    folder = day.parent.as_uri()
    assert [url for url in reader.requested if not url.startswith((f"{folder}/", "data:"))] == []
    assert wide <= 360


@pytest.mark.soak
def test_the_switch_leads_to_the_same_list_in_english(browser: Any, day: Path) -> None:
    with opened(browser, day, "#country=IR&q=नहर") as reader:
        with reader.page.expect_navigation():
            reader.page.locator("#other-language").click()

        assert reader.page.locator("html").get_attribute("lang") == "en"
        assert reader.answer == "1 of 5 articles"
        assert reader.page.locator("#rows .place").inner_text() == "Tehran"


class Silent(SimpleHTTPRequestHandler):
    """A server of files that logs nothing."""

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@pytest.mark.soak
def test_any_web_server_gives_the_page_that_opens_from_disk(browser: Any, day: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=day.parent)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{server.server_port}"
        page = browser.new_page()
        requested: list[str] = []
        page.on("request", lambda request: requested.append(request.url))
        page.goto(f"{origin}/{day.name}#q=इरान")
        found = page.locator("#rows h3").all_inner_texts()
        page.close()
        server.shutdown()

    assert found == ["ईरान के फ़ुटबॉलर लौटे", "ईरान में नहर भरी"]
    assert [url for url in requested if not url.startswith((f"{origin}/", "data:"))] == []
