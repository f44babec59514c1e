"""What the edition shows of one article."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Self, get_args
from zoneinfo import ZoneInfo

from crawler.edition.shown_text import linked, shown_headline, shown_lead, shown_name
from crawler.items import ArticleKind
from crawler.text.search_key import search_key

_COPIES = ("exact", "wire-copy")
_KINDS = frozenset(get_args(ArticleKind))


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPlace:
    """A place of a dateline."""

    name: str
    """As printed: `सियोल`."""
    english: str
    """Its English name, or the printed one if none is known."""
    country: str | None
    latitude: float | None
    longitude: float | None

    @property
    def key(self) -> str:
        """Return its identifier in addresses and in the data: `Seoul,KR`."""
        return f"{self.english},{self.country or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionEntry:
    """What the edition shows of one article: its last edition."""

    id: str
    day: str
    """The day on whose page it stands: `2026-11-24`."""
    at: int | None
    """When it was published, in seconds since 1970; None where the day alone is known."""
    hour: int | None
    """Hour of its publication on the edition's clock, 0 to 23."""
    outlet: str
    """Slug of the outlet, or the host of an unknown one."""
    outlet_hi: str
    outlet_en: str
    headline: str
    """Its address, where no sign of the headline can be shown."""
    lead: str
    """The first 40 words of its text."""
    url: str | None
    """Address of the article, http or https; None if it has another one."""
    places: tuple[EditionPlace, ...]
    agencies: tuple[str, ...]
    """Identifiers of the agencies that it is credited to, or that its dateline names."""
    kind: str
    is_copy: bool
    """Whether it repeats another outlet's article."""
    story: str
    revision: int
    words: str
    """The words by which it is found, folded, each once."""

    @property
    def is_wire(self) -> bool:
        """Return whether it is an agency's copy, and not the newsroom's own."""
        return self.is_copy or bool(self.agencies)

    @property
    def countries(self) -> tuple[str, ...]:
        """Return the codes of the countries of its dateline, each once."""
        return tuple(dict.fromkeys(place.country for place in self.places if place.country))

    def text(self) -> str:
        """Return it as one line of JSON."""
        values = {name: getattr(self, name) for name in _NAMES}
        return json.dumps(values | {"places": [asdict(place) for place in self.places]}, ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Return the entry of a line that `text` has made."""
        values = json.loads(text)
        places = tuple(EditionPlace(**place) for place in values["places"])
        return cls(**values | {"places": places, "agencies": tuple(values["agencies"])})


_NAMES = tuple(each.name for each in fields(EditionEntry))


def entry_of(record: dict[str, Any], zone: ZoneInfo) -> EditionEntry:
    """Return what the edition shows of a record: its last edition, with the story that it belongs to by now."""
    at = _moment(record["published_at"])
    local = _local(at, zone)
    publisher, story = record["publisher"] or {}, record["story"] or {}
    outlet = shown_name(record["outlet"] or publisher.get("host") or "")
    headline = shown_headline(record["headline"]) or shown_headline(record["url"])
    lead = shown_lead(record["text"] or record["deck"])
    places = tuple(map(_place, (record["dateline"] or {}).get("places", ())))
    names = [publisher.get("name_hi") or publisher.get("name"), publisher.get("name") or publisher.get("name_hi")]
    hindi, english = (shown_name(name or publisher.get("host") or outlet) for name in names)
    return EditionEntry(
        id=record["id"],
        day=_day(record, zone),
        at=int(at.timestamp()) if at and local else None,
        hour=local.hour if local else None,
        outlet=outlet,
        outlet_hi=hindi,
        outlet_en=english,
        headline=headline,
        lead=lead,
        url=linked(record["url"]),
        places=places,
        agencies=tuple(sorted(map(shown_name, _agencies(record)))),
        kind=record["kind"] if record["kind"] in _KINDS else "report",
        is_copy=story.get("relation") in _COPIES,
        story=shown_name(story.get("id") or record["id"]),
        revision=record["revision"],
        words=_words(headline, lead, hindi, english, *record["byline"][:5], *_names(places)),
    )


def _day(record: dict[str, Any], zone: ZoneInfo) -> str:
    """Return the day of publication; of an article that prints none, the day on which it was first seen."""
    with suppress(TypeError, ValueError):
        return date.fromisoformat(record["published_on"]).isoformat()
    seen = _moment(record["first_seen_at"] or record["fetched_at"])
    local = _local(seen, zone)
    return local.date().isoformat() if local else date.min.isoformat()


def _moment(time: str | None) -> datetime | None:
    return datetime.fromisoformat(time).astimezone(UTC) if time else None


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Return a moment on the clock of a zone; None if that lies beyond the years 1 to 9999."""
    with suppress(OverflowError):
        return moment.astimezone(zone) if moment else None
    return None


def _agencies(record: dict[str, Any]) -> set[str]:
    named = {credit["agency"] for credit in record["credits"]}
    return named | ({record["dateline"]["agency"]} - {None} if record["dateline"] else set())


def _place(place: dict[str, Any]) -> EditionPlace:
    return EditionPlace(
        name=shown_name(place["name"]),
        english=shown_name(place["english"] or place["name"]),
        country=shown_name(place["country"]) if place["country"] else None,
        latitude=place["latitude"],
        longitude=place["longitude"],
    )


def _names(places: Iterable[EditionPlace]) -> Iterable[str]:
    return (name for place in places for name in (place.name, place.english))


def _words(*texts: str) -> str:
    return " ".join(dict.fromkeys(search_key(" ".join(text[:_LONGEST] for text in texts)).split()))


_LONGEST = 400
"""Characters of a field of which the words are found."""
