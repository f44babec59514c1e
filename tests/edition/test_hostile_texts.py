"""Texts of pages are data: whatever they hold, they are shown as text, and nothing in them runs or leads away."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.items import json_line
from crawler.library import NotAnArticle, read_article
from tests.edition.editions import all_text, built, data_of, exports, printed
from tests.edition.reading import opened
from tests.hostile.pages import SCENARIOS

TEXTS = [
    "</script><script>window.broken = 1</script>",
    "<img src=x onerror='window.broken = 1'>",
    '"><svg onload=window.broken=1>',
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "]]> --> <!-- <![CDATA[",
    "&lt;b&gt; &amp; &#x27;",
    "दायाँ \u202eबायाँ\u202c \u2066घेरा\u2069 \u200fउलटा",
    "पंक्ति\u2028विराम\u2029और '\"`\\ \\u0022",
    "शून्य\x00और\x1bघंटी\x07",
    "__proto__",
    "\u2066\u200b \u2069",
]
LINKS = [
    "javascript:window.broken=1",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>window.broken=1</script>",
    "vbscript:msgbox",
    "file:///etc/passwd",
    "//khabar.example/x",
    'https://khabar.example/"><script>window.broken=1</script>',
]


def hostile() -> list[dict[str, Any]]:
    texts = [
        printed(f"t{number}", text, text=text, story=text, deck=text, at=f"2026-11-24T04:{number:02}:00Z")
        | {"publisher": {"name": text, "name_hi": text, "host": text, "group": None}, "outlet": text, "byline": [text]}
        | {"body": [{"kind": "paragraph", "text": text}]}
        for number, text in enumerate(TEXTS)
    ]
    links = [printed(f"l{number}", f"कड़ी {number}") | {"url": url} for number, url in enumerate(LINKS)]
    times = [
        printed("first", "पहला दिन", at="0001-01-01T00:00:00Z", day="0001-01-01"),
        printed("last", "आख़िरी दिन", at="9999-12-31T23:59:59Z", day="9999-12-31"),
    ]
    return [*times, *texts, *links, printed("long", "लंबा " * 250_000, text="क" * 1_000_000)]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    return built(exports(folder / "exports", *hostile()), folder / "out", "--full-text")


def test_no_text_ends_the_script_or_the_page_that_holds_it(out: Path) -> None:
    everything = all_text(out)

    assert "<script>" not in everything
    assert "</script><" not in everything.replace("</script>\n<", "")
    assert not [sign for sign in "\u202e\u2066\u2028\u2029\x00\x1b" if sign in everything]


def test_only_http_and_https_become_links(out: Path) -> None:
    data = data_of(out, "2026-11-24")
    urls = dict(zip(data["headline"], data["url"], strict=True))

    assert [urls[f"कड़ी {number}"] for number in range(6)] == [""] * 6
    assert all(url.startswith(("http://", "https://")) for url in data["url"] if url)


def test_a_title_of_a_megabyte_is_cut(out: Path) -> None:
    assert sum(path.stat().st_size for path in out.rglob("*.html")) < 400_000
    assert max(map(len, data_of(out, "2026-11-24")["headline"])) == 300


def test_what_has_no_sign_that_can_be_shown_has_a_name_all_the_same(out: Path) -> None:
    data = data_of(out, "2026-11-24")

    assert all(data["headline"])
    assert "https://khabar.example/world/t10" in data["headline"]
    assert all(all(row) for row in data["outlets"])


@pytest.mark.foreign
@pytest.mark.parametrize("page", ["2026-11-24.html", pytest.param("2026-11-24.en.html", marks=pytest.mark.soak)])
def test_in_chromium_they_are_shown_as_text(browser: Any, out: Path, page: str) -> None:
    with opened(browser, out / page, "#sort=old") as reader:
        reader.page.locator("#rows li").nth(17).wait_for()
        shown = "\n".join(reader.rows)
        links = reader.page.evaluate("[...document.querySelectorAll('a')].map(link => link.href)")
        broken = reader.page.evaluate(
            "window.broken === undefined && !document.querySelector('#rows script, #rows img')"
        )
        reader.page.locator("#outlet").select_option(index=1)

        assert broken
        assert reader.logged == []
        for text in TEXTS[:6]:
            assert text in shown
        assert all(link.startswith(("https://", "http://", "file://")) for link in links)
        assert all(link.startswith(out.as_uri()) for link in links if link.startswith("file://"))


READ = ("headline", "deck", "byline", "body", "text", "url", "credits", "dateline", "tags", "section", "images")
"""Fields of an article that come from its page."""


def read_from_hostile_pages() -> Iterator[dict[str, Any]]:
    """Yield a record for each page that the hostile servers of a crawl send, if an article is read from it."""
    for scenario in SCENARIOS:
        for number, (url, answer) in enumerate(scenario.answers().items()):
            try:
                article = read_article(answer.body, url)
            except NotAnArticle:
                continue
            read = json.loads(json_line(article))
            yield printed(f"{scenario.name}-{number}", "") | {name: read[name] for name in READ}


@pytest.mark.soak
@pytest.mark.foreign
def test_articles_of_hostile_pages_are_shown_and_break_nothing(browser: Any, tmp_path: Path) -> None:
    records = [*read_from_hostile_pages()]
    assert len(records) > 30
    out = built(exports(tmp_path / "exports", *records), tmp_path / "out", "--full-text")

    with opened(browser, out / "2026-11-24.html") as reader:
        reader.page.locator("#rows li").nth(30).wait_for()
        reader.search("अ")

        assert reader.logged == []
        assert [url for url in reader.requested if not url.startswith((out.as_uri(), "data:"))] == []
        assert len(data_of(out, "2026-11-24")["headline"]) == len(records)
