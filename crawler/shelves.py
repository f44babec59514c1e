"""The shelves of an export: the kinds of rows that a run delivers, each in files of its own. All are named here."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Self

from crawler.schema import INSTANT, published_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A key of the rows on a shelf that holds no records."""

    name: str
    meaning: str
    """What the key holds, for users."""
    type: Literal["string", "integer"] = "string"
    """Type in JSON."""
    is_required: bool = True
    """Whether each row has the key, with a value; otherwise it may be null or absent."""
    pattern: str | None = None
    """Pattern that a text matches: INSTANT for a time in UTC."""

    @property
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of its value."""
        rule: dict[str, Any] = {
            "description": self.meaning,
            "type": self.type if self.is_required else [self.type, "null"],
        }
        return rule | ({"pattern": self.pattern} if self.pattern else {})


_REFUSED = (
    Column(name="outcome", meaning="`refused` or `failed`; `filtered` if it may not be requested", is_required=False),
    Column(name="outlet", meaning="slug of the outlet", is_required=False),
    Column(name="url", meaning="the address that was asked for"),
    Column(name="reason", meaning="why it gave no article, as one word"),
    Column(name="where", meaning="where in the crawl it ended; `listing` for the address of a listing"),
    Column(name="detail", meaning="a sentence for people", is_required=False),
    Column(name="listing", meaning="the listing that announced it", is_required=False),
)


_SEQUENCE = Column(
    name="sequence",
    meaning="number of the row among all of the exports, in the order of publication, as in records",
    type="integer",
    is_required=False,
)
_WITHDRAWN = (
    Column(name="id", meaning="`id` of the article, as in its records"),
    Column(name="outlet", meaning="slug of the outlet"),
    Column(name="url", meaning="address of the article, as in its last record"),
    Column(
        name="revision", meaning="last revision that was exported; when it comes back, the next one is", type="integer"
    ),
    Column(name="withdrawn_at", meaning="when a run took it for withdrawn: `2026-11-24T04:30:00Z`", pattern=INSTANT),
    Column(name="gone_since", meaning="when a run first found it gone, in UTC", pattern=INSTANT),
    Column(name="reason", meaning="why, as one word: `http-410`, `http-404`, `soft-404`, `listing` (led to a listing)"),
    Column(name="run_id", meaning="identifier of the run", is_required=False),
    _SEQUENCE,
)
_STORY_MOVES = (
    Column(name="article", meaning="`id` of the article, as in its records"),
    Column(name="from", meaning="identifier of the story (`story.id`) that it had"),
    Column(name="to", meaning="identifier of the story that it has from now on"),
    Column(name="moved_at", meaning="when, in UTC: `2026-11-24T04:30:00Z`", pattern=INSTANT),
    Column(name="because", meaning="which article caused it, in words"),
    Column(name="run_id", meaning="identifier of the run that exports the row", is_required=False),
    _SEQUENCE,
)


class Shelf(StrEnum):
    """A kind of rows; its value begins the names of its files: `articles.jsonl`, `articles-0001.jsonl`."""

    holds: str
    """What its rows are, for users."""
    columns: tuple[Column, ...]
    """The keys of its rows; none for records of articles, whose keys the schema of the record lists."""

    def __new__(cls, name: str, holds: str = "", columns: tuple[Column, ...] = ()) -> Self:
        shelf = str.__new__(cls, name)
        shelf._value_ = name
        shelf.holds, shelf.columns = holds, columns
        return shelf

    ARTICLES = "articles", "the articles"
    COPIES = "copies", "records of the same shape that repeat another outlet's article: exact and wire copies"
    WITHDRAWN = "withdrawn", "exported articles that the outlet has taken down", _WITHDRAWN
    STORY_MOVES = "story-moves", "exported articles whose story got another identifier", _STORY_MOVES
    REFUSED = "refused", "addresses that gave no article or listing, and why", _REFUSED

    @property
    def has_records(self) -> bool:
        """Return whether its rows are records of articles."""
        return not self.columns

    @property
    def row_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a row; later versions may add keys."""
        if self.has_records:
            return published_schema()
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": str(self),
            "description": self.holds,
            "type": "object",
            "properties": {each.name: each.schema for each in self.columns},
            "required": [each.name for each in self.columns if each.is_required],
        }


_FILE = re.compile(r"(?P<shelf>[a-z]+(?:-[a-z]+)*)(?:-(?P<number>[0-9]{1,15})(?:-[0-9]{1,15})?)?\.jsonl")


def shelf_of_file(name: str) -> Shelf | None:
    """Return the shelf of an export's file by its name, or None for another file.

    >>> shelf_of_file("articles-0002.jsonl.gz")
    <Shelf.ARTICLES: 'articles'>
    """
    found = _FILE.match(name)
    return next((shelf for shelf in Shelf if found and shelf == found["shelf"]), None)


def number_of_file(name: str) -> int:
    """Return the first number in the name of an export's file; 0 for one without a number."""
    found = _FILE.match(name)
    return int(found["number"] or 0) if found else 0
