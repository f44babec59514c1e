"""Read rows as texts: records of an export, or plain rows with id, headline, body, outlet and times."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from crawler.stories.text import Text, make_text
from crawler.stories.words import printed
from crawler.text.agencies import find_agency
from crawler.text.credit.credits import narrative, read_closing, read_credits
from crawler.text.dateline.opening import read_opening

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)
"""Tolerance for a date without a time, which may have begun already in the outlet's time zone."""


class BadRow(ValueError):
    """A row cannot be read; the text says what is wrong with it."""


def read_story_row(row: Mapping[str, Any]) -> Text:
    """Return the text of a row; raise BadRow if it cannot be read."""
    row_id, outlet = row.get("id"), row.get("outlet")
    if not isinstance(row_id, str) or not row_id:
        raise BadRow('"id" is missing or not text')
    if outlet is not None and not isinstance(outlet, str):
        raise BadRow('"outlet" is not text')
    published = _published(row)
    if _is_record(row):
        return _from_record(row, row_id, outlet, published)
    lines = _lines(row.get("body"))
    opening = read_opening(lines, published=published.date() if published else None)
    places = opening.dateline.places if opening.dateline else ()
    return make_text(
        id=row_id,
        outlet=outlet,
        published=_seconds(published),
        lines=[narrative(lines, opening, read_closing(lines, opening))],
        agencies=[credit.agency for credit in read_credits(lines, opening)],
        places=[place.english or place.name for place in places],
        dated=opening.dateline.date if opening.dateline else None,
        own_agency=own_agency(outlet),
    )


def _from_record(row: Mapping[str, Any], id: str, outlet: str | None, published: datetime | None) -> Text:
    try:
        agencies = [str(credit["agency"]) for credit in row["credits"]]
        dateline = row["dateline"] or {}
        places = [str(place["english"] or place["name"]) for place in dateline.get("places", ())]
        dated = dateline.get("date")
    except (KeyError, TypeError, AttributeError) as error:
        raise BadRow(f'"credits" or "dateline" is not as an export writes it ({error!r})') from error
    return make_text(
        id=id,
        outlet=outlet,
        published=_seconds(published),
        lines=_lines_of_record(row),
        agencies=agencies,
        places=places,
        dated=dated if isinstance(dated, str) else None,
        own_agency=own_agency(outlet),
    )


def printed_words(row: Mapping[str, Any]) -> list[str]:
    """Return the words of a row's text as printed: one for each word that `read_story_row` numbers."""
    if _is_record(row):
        return printed(_lines_of_record(row))
    lines, published = _lines(row.get("body")), _published(row)
    opening = read_opening(lines, published=published.date() if published else None)
    return printed([narrative(lines, opening, read_closing(lines, opening))])


def _published(row: Mapping[str, Any]) -> datetime | None:
    """Return when a row was published: `published_at`, or `published_on` where it holds the day alone."""
    return published_time(row.get("published_at") or row.get("published_on"))


def _is_record(row: Mapping[str, Any]) -> bool:
    return "credits" in row and "dateline" in row


def _lines_of_record(row: Mapping[str, Any]) -> list[str]:
    text = row.get("text")
    return [text] if isinstance(text, str) and text else _lines(row.get("body"))


def _lines(body: object) -> list[str]:
    if not isinstance(body, list):
        raise BadRow('"body" is missing or not a list')
    lines = [block.get("text") if isinstance(block, dict) else block for block in body]
    if not all(isinstance(line, str) for line in lines):
        raise BadRow('"body" holds something that is neither a text nor a block with "text"')
    return [str(line) for line in lines]


def published_time(value: object) -> datetime | None:
    """Return a time as a record or a row holds it; None for none, and for one before 2000 or ahead of now.

    One without an offset, and a day alone, is taken as UTC on every machine. Raise BadRow for what is not a time.
    """
    if value is None or value == "":
        return None
    try:
        time = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise BadRow(f'"published_at" or "published_on" is {value!r}, not a time in ISO 8601') from error
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    return time if _EARLIEST <= time <= datetime.now(UTC) + _AHEAD else None


def _seconds(published: datetime | None) -> int | None:
    return int(published.timestamp()) if published else None


@lru_cache(maxsize=1024)
def own_agency(outlet: str | None) -> str | None:
    """Return the id of the agency that an outlet belongs to, if its slug or a part of it names one; else None."""
    names = [outlet.replace("_", "-"), *outlet.split("_")] if outlet else []
    found = (find_agency(name) for name in names)
    return next((agency.id for agency in found if agency is not None and agency.kind == "agency"), None)
