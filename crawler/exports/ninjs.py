"""Records as IPTC ninjs (News in JSON) 2.1 or 3.1, one object per line, for newsroom systems."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crawler.exports.jsonl import write_jsonl

VERSIONS = ("2.1", "3.1")
"""The versions of ninjs that can be written; 3.1 names the same properties in camelCase."""
_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_{}.json#"
_GEONAMES = "https://sws.geonames.org/{}/"
_IN_3_1 = {
    "representationtype": "representationType",
    "firstcreated": "firstCreated",
    "versioncreated": "versionCreated",
    "contentcreated": "contentCreated",
    "pubstatus": "pubStatus",
    "copyrightholder": "copyrightHolder",
    "infosources": "infoSources",
    "altids": "altIds",
    "contenttype": "contentType",
    "wordcount": "wordCount",
}
_URI_SAFE = "%/:?#[]@!$&'()*+,;=~"
"""What stays in a URI: its delimiters, and what is percent-encoded already."""


def to_ninjs(record: dict[str, Any], version: str = "2.1") -> dict[str, Any]:
    """Return a record as a ninjs object; properties without a value are left out, as ninjs requires.

    A record with a `withdrawn_at` becomes an object that cancels the article, without its text and pictures.
    Version 3.1 has other names for some properties, such as `pubStatus` for `pubstatus`.
    """
    found = _news(record) | (_canceled(record["withdrawn_at"]) if record["withdrawn_at"] else {})
    news: dict[str, Any] = _full(
        found | {"standard": {"name": "ninjs", "version": version, "schema": _SCHEMA.format(version)}}
    )
    if version == "2.1":
        return news
    renamed: dict[str, Any] = _renamed(news)
    return renamed


def write_ninjs(records: Iterable[dict[str, Any]], out: Path, *, version: str = "2.1") -> int:
    """Write records as ninjs, one object per line; return their number."""
    return write_jsonl((to_ninjs(record, version) for record in records), out)


def _news(record: dict[str, Any]) -> dict[str, Any]:
    places = (record["dateline"] or {}).get("places") or []
    words = record["word_count"]
    published = record["published_at"]
    created, version_created = _created(record)
    text = {"role": "main", "contenttype": "text/plain", "wordcount": words, "value": record["text"] or ""}
    publisher = record["publisher"] or {}
    name = publisher.get("name") or publisher.get("name_hi")
    return {
        "uri": _urn(record["id"]),
        "type": "text",
        "representationtype": "full" if record["access"] == "full" else "partial",
        "version": str(record["revision"]),
        "firstcreated": created,
        "contentcreated": published,
        "versioncreated": version_created,
        "pubstatus": "usable",
        "language": record["language"],
        "headlines": [{"role": "main", "value": record["headline"]}],
        "descriptions": [{"role": "deck", "value": record["deck"]}] if record["deck"] else None,
        "bodies": [text],
        "by": ", ".join(record["byline"]),
        "people": [{"name": name, "rel": "author"} for name in record["byline"]],
        "organisations": [{"name": name, "rel": "publisher"}] if name else None,
        "copyrightholder": name,
        "located": ", ".join(place["english"] or place["name"] for place in places),
        "places": [_place(place) for place in places],
        "subjects": _subjects(record),
        "genres": [{"name": record["kind"]}],
        "infosources": [_source(credit["name"], credit["agency"]) for credit in record["credits"]],
        "associations": [*_images(record), *_articles(record)],
        "altids": [{"role": "url", "value": record["url"]}],
    }


def _created(record: dict[str, Any]) -> tuple[str | None, str]:
    """Return when the article and when its edition were made; an edition is never older than its article.

    An edit without a printed time has the time at which it was fetched.
    """
    published, fetched = record["published_at"], record["fetched_at"]
    modified = record["modified_at"] or (fetched if record["revision"] > 1 else None)
    version = max((time for time in (published, modified) if time), default=fetched)
    seen = record["first_seen_at"]
    return published or (seen and min(seen, version)), version


def _canceled(withdrawn_at: str) -> dict[str, Any]:
    """Return the properties that differ when an article is withdrawn: the text is no longer to be distributed."""
    gone = dict.fromkeys(("descriptions", "bodies", "associations"))
    return {"pubstatus": "canceled", "versioncreated": withdrawn_at, **gone}


def _place(place: dict[str, Any]) -> dict[str, Any]:
    number = place["geonames_id"]
    return {"name": place["name"], "rel": "dateline", "uri": _GEONAMES.format(number) if number else None}


def _source(name: str, literal: str | None = None) -> dict[str, Any]:
    return {"name": name, "role": "origin", "literal": literal}


def _subjects(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return section and tags; ninjs has no property for keywords, so `rel` tells which is which."""
    section = [{"name": record["section"], "rel": "section"}] if record["section"] else []
    return [*section, *({"name": tag, "rel": "keyword"} for tag in record["tags"])]


def _images(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": "main-image" if image["main"] else f"image-{number}",
            "uri": _uri(image["url"]),
            "type": "picture",
            "descriptions": [{"role": "caption", "value": image["caption"]}] if image["caption"] else None,
            "infosources": [_source(image["credit"])] if image["credit"] else None,
            "renditions": [_rendition(image)],
        }
        for number, image in enumerate(record["images"], start=1)
    ]


def _rendition(image: dict[str, Any]) -> dict[str, Any]:
    return {"name": "original", "href": _uri(image["url"]), "width": image["width"], "height": image["height"]}


def _articles(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the story of a record, the article that it repeats, and those that its page points to."""
    story = record["story"] or {}
    found: list[dict[str, Any]] = [{"name": "story", "uri": _urn(story["id"]), "type": "composite"}] if story else []
    if story.get("of") and story["of"] != record["id"]:
        found.append({"name": story["relation"], "uri": _urn(story["of"]), "type": "text"})
    linked = [related for related in record["related"] if related["url"]]
    for number, related in enumerate(linked, start=1):
        headlines = [{"role": "main", "value": related["title"]}]
        found.append({"name": f"related-{number}", "uri": _uri(related["url"]), "type": "text", "headlines": headlines})
    return found


def _urn(id: str) -> str:
    return f"urn:videsh:{quote(id)}"


def _uri(url: str) -> str:
    return quote(url, safe=_URI_SAFE)


def _full(value: Any) -> Any:
    """Return a value without the properties that are None, empty texts or empty lists, at any depth.

    The value of a text stays where it is empty, because ninjs requires it.
    """
    if isinstance(value, list):
        return [_full(each) for each in value]
    if isinstance(value, dict):
        return {name: _full(each) for name, each in value.items() if name == "value" or each not in (None, "", [])}
    return value


def _renamed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renamed(each) for each in value]
    if isinstance(value, dict):
        return {_IN_3_1.get(name, name): _renamed(each) for name, each in value.items()}
    return value
