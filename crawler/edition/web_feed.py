"""A feed of the edition: articles or stories that readers follow; `atom.py` and `json_feed.py` write it."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self
from urllib.parse import quote

from crawler.edition.entry import EditionEntry
from crawler.edition.top_stories import TopStory
from crawler.edition.wording import Wording

MOST_ITEMS = 50
_FILE_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An article, or a story."""

    id: str
    """A URN, the same whenever and wherever the edition is built."""
    title: str
    text: str
    url: str | None
    at: datetime
    """When it was published, in UTC; a story: its last article up to the end of the day."""
    author: str
    """The newsroom."""
    tags: tuple[str, ...]
    """Names of countries and agencies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebFeed:
    """A feed; its items have the newest one first."""

    name: str
    """Name of its files without ending: `country-KR`."""
    title: str
    items: Sequence[FeedItem]

    @property
    def updated(self) -> datetime:
        """Return when its newest item was published."""
        return max(item.at for item in self.items)

    def of_newest(self) -> Self:
        """Return the feed with its newest items alone, in order; ties are free of the order of the items."""
        ordered = sorted(sorted(self.items, key=lambda item: item.id), key=lambda item: item.at, reverse=True)
        return replace(self, items=ordered[:MOST_ITEMS])


def feed_name(kind: str, key: str) -> str:
    """Return the name of the files of a feed; a key that would be no file name is hashed."""
    plain = key if _FILE_NAME.fullmatch(key) else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16]
    return f"{kind}-{plain}"


def item_of_article(entry: EditionEntry, wording: Wording) -> FeedItem:
    """Return the item of an article."""
    return FeedItem(
        id=f"urn:videsh:article:{quote(entry.id, safe='')}",
        title=entry.headline,
        text=entry.lead or entry.headline,
        url=entry.url,
        at=published_moment(entry),
        author=wording.outlet(entry),
        tags=tuple(map(wording.country, entry.countries)) + tuple(map(wording.agency, entry.agencies)),
    )


def item_of_story(story: TopStory, wording: Wording) -> FeedItem:
    """Return the item of a story: the article that stands for it, and how many newsrooms had it."""
    article = item_of_article(story.head, wording)
    counts = {"wrote": story.wrote, "reprinted": story.reprinted}
    counted = [wording.filled(name, n=count) for name, count in counts.items() if count]
    return replace(
        article,
        id=f"urn:videsh:story:{quote(story.story, safe='')}",
        text=f"{article.text}\n\n{' · '.join(counted)}",
        at=max(map(published_moment, story.entries)),
    )


def published_moment(entry: EditionEntry) -> datetime:
    """Return when an article was published; the beginning of its day in UTC if it prints no time of day."""
    if entry.at is not None:
        return datetime.fromtimestamp(entry.at, UTC)
    return datetime.fromisoformat(f"{entry.day}T00:00:00+00:00")
