"""The feeds of the edition are valid, also with hostile texts, and hold what the pages show."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from tests.edition.editions import built, exports, printed
from tests.edition.test_hostile_texts import hostile
from tests.exports.published_runs import publish, withdrawal, write_catalog

HERE = Path(__file__).resolve().parent
ATOM = "{http://www.w3.org/2005/Atom}"
RECORDS = [
    printed("a", "सियोल में पुल खुला", at="2026-11-24T04:00:00Z", place="सियोल", agency="ap", story="s1"),
    printed("b", "पुल पर भीड़", at="2026-11-24T05:00:00Z", place="सियोल", outlet="aajtak", story="s1"),
    printed("c", "लीमा में झील", at="2026-11-23T05:00:00Z", day="2026-11-23", place="लीमा", agency="reuters"),
    printed("d", "पुरानी ख़बर", at=None, day="2026-11-20", place="लीमा", agency="reuters"),
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("feeds")
    return built(exports(folder / "exports", *RECORDS), folder / "out", "-s", "EDITION_URL=https://news.example/world")


@pytest.fixture(scope="module")
def hostile_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile-feeds")
    return built(exports(folder / "exports", *hostile()), folder / "out")


def titles(out: Path, name: str) -> list[str]:
    """Return the titles of the entries of an Atom feed."""
    root = etree.parse(out / "feeds" / f"{name}.atom").getroot()
    return [entry.findtext(f"{ATOM}title") or "" for entry in root.iter(f"{ATOM}entry")]


def json_of(out: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "feeds" / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("kind", ["out", "hostile_out"])
def test_every_atom_feed_fits_the_grammar_of_rfc_4287_and_feedparser_has_no_complaint(
    kind: str, request: pytest.FixtureRequest
) -> None:
    feedparser = pytest.importorskip("feedparser", reason="needs feedparser, which the dev extra installs")
    grammar = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    feeds = sorted((request.getfixturevalue(kind) / "feeds").glob("*.atom"))

    assert len(feeds) >= 6
    for path in feeds:
        grammar.assertValid(etree.parse(path))
        read = feedparser.parse(path.read_bytes())
        assert (path.name, read.bozo, read.version) == (path.name, False, "atom10")
        assert all(entry.get("link") or entry.get("content") for entry in read.entries)
        assert len({entry.id for entry in read.entries}) == len(read.entries) > 0


@pytest.mark.parametrize("kind", ["out", "hostile_out"])
def test_every_json_feed_fits_its_schema(kind: str, request: pytest.FixtureRequest) -> None:
    schema = json.loads((HERE / "json_feed.schema.json").read_text(encoding="utf-8"))
    feeds = sorted((request.getfixturevalue(kind) / "feeds").glob("*.json"))

    assert len(feeds) >= 6
    for path in feeds:
        jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), schema)


def test_the_grammar_refuses_what_rfc_4287_refuses() -> None:
    grammar = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    entry = "<id>urn:x</id><title>t</title><updated>2026-11-24T04:00:00Z</updated>"
    whole = f'<entry xmlns="{ATOM[1:-1]}">{entry}</entry>'

    assert grammar.validate(etree.fromstring(whole))
    for wrong in ("<id>urn:x</id>", "<title>t</title>"):
        assert not grammar.validate(etree.fromstring(whole.replace(wrong, "")))
    assert not grammar.validate(etree.fromstring(whole.replace("T04:00:00Z", "")))
    assert not grammar.validate(etree.fromstring(whole.replace("</entry>", "<link/></entry>")))


def test_there_is_a_feed_for_the_day_each_country_agency_and_story(out: Path) -> None:
    names = {path.stem for path in (out / "feeds").iterdir()}

    assert names == {
        "day",
        "country-KR",
        "country-PE",
        "agency-ap",
        "agency-reuters",
        "story-s1",
        "story-s-c",
        "story-s-d",
    }
    assert titles(out, "country-KR") == ["पुल पर भीड़", "सियोल में पुल खुला"]
    assert titles(out, "agency-reuters") == ["लीमा में झील", "पुरानी ख़बर"]
    assert titles(out, "story-s1") == ["पुल पर भीड़", "सियोल में पुल खुला"]
    assert titles(out, "day") == ["सियोल में पुल खुला", "लीमा में झील"]  # the stories of two days


def test_both_kinds_of_feed_say_the_same(out: Path) -> None:
    feed = json_of(out, "country-KR")

    assert [item["title"] for item in feed["items"]] == titles(out, "country-KR")
    assert feed["items"][1] == {
        "id": "urn:videsh:article:a",
        "url": "https://khabar.example/world/a",
        "title": "सियोल में पुल खुला",
        "content_text": "नाव चली और किनारे पर भीड़ जमा हो गई।",
        "date_published": "2026-11-24T04:00:00Z",
        "authors": [{"name": "इंडिया टीवी"}],
        "tags": ["दक्षिण कोरिया", "एसोसिएटेड प्रेस"],
    }


def test_the_feed_of_a_long_story_has_its_newest_articles(tmp_path: Path) -> None:
    records = [
        printed(f"a{number}", f"पुल {number}", at=f"2026-11-24T{number // 60:02}:{number % 60:02}:00Z", story="s1")
        for number in range(70)
    ]

    out = built(exports(tmp_path / "exports", *records), tmp_path / "out")

    assert titles(out, "story-s1") == [f"पुल {number}" for number in range(69, 19, -1)]
    (item,) = json_of(out, "day")["items"]
    assert item["date_published"] == "2026-11-24T01:09:00Z"
    assert "और 10 ख़बरें" in (out / "2026-11-24.html").read_text(encoding="utf-8")


def test_feeds_name_their_own_address_if_the_setting_says_where_they_lie(out: Path, hostile_out: Path) -> None:
    root = etree.parse(out / "feeds" / "day.atom").getroot()
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}

    assert links == {
        "self": "https://news.example/world/feeds/day.atom",
        "alternate": "https://news.example/world/index.html",
    }
    assert json_of(out, "day")["feed_url"] == "https://news.example/world/feeds/day.json"
    assert not etree.parse(hostile_out / "feeds" / "day.atom").getroot().findall(f"{ATOM}link")


def test_pages_link_to_feeds_that_exist(out: Path) -> None:
    for page in out.glob("2026-*.html"):
        links = re.findall(r'<a href="(feeds/[^"]+)"', page.read_text(encoding="utf-8"))
        assert len(links) > 4
        assert [link for link in links if not (out / link).is_file()] == []


def test_what_was_withdrawn_leaves_the_feeds(tmp_path: Path) -> None:
    root = exports(tmp_path / "exports", *RECORDS)
    out = built(root, tmp_path / "out")
    publish(root, 9, withdrawn=[withdrawal("c"), withdrawal("d")])
    write_catalog(root)

    built(root, out)

    assert {path.stem for path in (out / "feeds").iterdir()} == {"day", "country-KR", "agency-ap", "story-s1"}
    assert titles(out, "day") == ["सियोल में पुल खुला"]
