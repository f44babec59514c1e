"""Records as ninjs are valid for IPTC's schemas, and hold what newsroom systems ask for."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from crawler.exports.ninjs import VERSIONS, to_ninjs
from tests.exports.pages import page_records
from tests.exports.test_formats import export, record

RECORDS = page_records()
NAMES = {
    "2.1": "uri type representationtype version firstcreated contentcreated versioncreated pubstatus language "
    "headlines descriptions bodies by people located places subjects genres infosources associations altids standard "
    "renditions organisations wordcount copyrightholder width height name role rel value literal contenttype href "
    "schema",
    "3.1": "uri type representationType version firstCreated contentCreated versionCreated pubStatus language "
    "headlines descriptions bodies by people located places subjects genres infoSources associations altIds standard "
    "renditions organisations wordCount copyrightHolder width height name role rel value literal contentType href "
    "schema",
}
"""Property names of IPTC's schemas that are used; both versions forbid any other."""
WITHDRAWN_AT = "2026-11-25T04:30:00Z"
ROLES = {"headlines", "descriptions", "bodies", "infosources", "infoSources", "altids", "altIds"}
"""Properties whose parts have a `role`; those of the others have a `rel`."""
URI = re.compile(r"[a-z]+:[A-Za-z0-9%/:?#\[\]@!$&'()*+,;=~._-]+")


def objects(value: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object in a ninjs object, with the name of the property that holds it."""
    if isinstance(value, dict):
        yield name, value
        for key, inner in value.items():
            yield from objects(inner, key)
    if isinstance(value, list):
        for inner in value:
            yield from objects(inner, name)


@pytest.mark.shared
@pytest.mark.parametrize("version", VERSIONS)
def test_every_page_is_valid_for_the_schema_of_iptc(version: str, evidence: Path) -> None:
    schema = json.loads((evidence / "fresh" / "ninjs" / f"ninjs-schema_{version}.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())

    for each in [*RECORDS, RECORDS[0] | {"withdrawn_at": WITHDRAWN_AT}]:
        assert [error.message for error in validator.iter_errors(to_ninjs(each, version))] == [], each["url"]
    assert not validator.is_valid(to_ninjs(RECORDS[0], version) | {"surprise": 1})


@pytest.mark.parametrize("version", VERSIONS)
def test_only_property_names_of_the_version_are_used_and_none_is_empty(version: str) -> None:
    met: set[str] = set()
    for each in RECORDS:
        for name, found in objects(to_ninjs(each, version)):
            met |= found.keys()
            assert ("role" in found) <= (name in ROLES), name
            assert ("rel" in found) <= (name not in ROLES), name
            assert all(value not in (None, [], "") for key, value in found.items() if key != "value"), found
            for key in {"uri", "href"} & found.keys():
                assert URI.fullmatch(found[key]), found[key]

    assert met == set(NAMES[version].split())


def test_it_holds_the_place_the_agency_the_authors_and_the_keywords() -> None:
    news = to_ninjs(record(section="दुनिया", tags=["नाव", "द्वीप"]))

    assert news["located"] == "Seoul"
    assert news["by"] == "मीरा जोशी, डिजिटल डेस्क"
    assert news["people"][0] == {"name": "मीरा जोशी", "rel": "author"}
    assert news["infosources"] == [{"name": "एसोसिएटेड प्रेस", "role": "origin", "literal": "ap"}]
    assert news["places"] == [{"name": "सियोल", "rel": "dateline", "uri": "https://sws.geonames.org/1835848/"}]
    assert [(each["rel"], each["name"]) for each in news["subjects"]] == [
        ("section", "दुनिया"),
        ("keyword", "नाव"),
        ("keyword", "द्वीप"),
    ]
    assert (news["firstcreated"], news["versioncreated"]) == ("2024-06-13T04:00:00Z", "2024-06-13T04:00:00Z")
    assert news["pubstatus"] == "usable"


def test_images_stories_and_related_articles_are_associations() -> None:
    given = record()
    printed = {"url": "https://khabar.example/नाव 1.jpg", "caption": "नाव", "credit": "एपी"}
    given["images"] = [given["images"][0] | printed]
    given["story"] = {**given["story"], "relation": "wire-copy", "of": "b7"}
    given["related"] = [{"title": "बंदरगाह", "url": "https://khabar.example/2"}, {"title": "बिना पते के", "url": None}]

    image, story, copied, related = to_ninjs(given)["associations"]

    assert (image["name"], image["type"]) == ("image-1", "picture")
    assert image["uri"] == "https://khabar.example/%E0%A4%A8%E0%A4%BE%E0%A4%B5%201.jpg"
    assert image["descriptions"][0]["value"] == "नाव"
    assert image["infosources"] == [{"name": "एपी", "role": "origin"}]
    assert (story["uri"], story["type"]) == ("urn:videsh:s1", "composite")
    assert (copied["name"], copied["uri"]) == ("wire-copy", "urn:videsh:b7")
    assert (related["uri"], related["headlines"][0]["value"]) == ("https://khabar.example/2", "बंदरगाह")


def test_a_withdrawn_article_is_canceled_and_its_text_is_no_longer_given() -> None:
    news = to_ninjs(record(revision=2) | {"withdrawn_at": WITHDRAWN_AT})
    newest = to_ninjs(record(revision=2) | {"withdrawn_at": WITHDRAWN_AT}, "3.1")

    assert (news["pubstatus"], newest["pubStatus"]) == ("canceled", "canceled")
    assert (news["uri"], news["version"], news["versioncreated"]) == ("urn:videsh:a1", "2", WITHDRAWN_AT)
    assert news["headlines"] == to_ninjs(record())["headlines"]
    assert not {"bodies", "descriptions", "associations"} & news.keys()


@pytest.mark.parametrize(
    ("revision", "published", "modified", "first", "version"),
    [
        (1, "2024-06-13T04:00:00Z", "2024-06-13T06:00:00Z", "2024-06-13T04:00:00Z", "2024-06-13T06:00:00Z"),
        (1, "2024-06-13T04:00:00Z", "2024-06-13T03:00:00Z", "2024-06-13T04:00:00Z", "2024-06-13T04:00:00Z"),
        (1, "2024-06-13T04:00:00Z", None, "2024-06-13T04:00:00Z", "2024-06-13T04:00:00Z"),
        (1, None, "2024-06-13T06:00:00Z", "2024-06-13T06:00:00Z", "2024-06-13T06:00:00Z"),
        (1, None, "2024-06-13T08:30:00Z", "2024-06-13T08:00:00Z", "2024-06-13T08:30:00Z"),
        (1, None, None, "2024-06-13T08:00:00Z", "2024-06-13T09:00:00Z"),
        (2, "2024-06-13T04:00:00Z", None, "2024-06-13T04:00:00Z", "2024-06-13T09:00:00Z"),
        (2, "2024-06-13T04:00:00Z", "2024-06-13T06:00:00Z", "2024-06-13T04:00:00Z", "2024-06-13T06:00:00Z"),
    ],
)
def test_an_edition_is_never_older_than_its_article_and_an_edit_has_a_time_of_its_own(
    revision: int, published: str | None, modified: str | None, first: str, version: str
) -> None:
    seen = {"first_seen_at": "2024-06-13T08:00:00Z", "fetched_at": "2024-06-13T09:00:00Z"}

    news = to_ninjs(record(revision=revision, published_at=published, modified_at=modified) | seen)

    assert (news["firstcreated"], news["versioncreated"]) == (first, version)
    assert news.get("contentcreated") == published


def test_properties_without_a_value_are_left_out() -> None:
    news = to_ninjs(record(byline=[], dateline=None, credits=[], deck=None, published_at=None, images=[], story=None))

    absent = {"by", "people", "located", "infosources", "places", "descriptions", "firstcreated", "contentcreated"}
    assert not absent & news.keys()


def test_the_command_writes_either_version(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_text(json.dumps(record()) + "\n", encoding="utf-8")

    for version, arguments in (("2.1", []), ("3.1", ["--ninjs", "3.1"])):
        out = tmp_path / f"{version}.jsonl"
        assert export(str(tmp_path), "--to", "ninjs", *arguments, str(out)) == 0
        assert json.loads(out.read_text(encoding="utf-8")) == to_ninjs(record(), version)
    assert export(str(tmp_path), "--to", "csv", "--ninjs", "3.1", str(tmp_path / "out.csv")) == 2
