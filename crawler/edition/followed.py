"""The feeds of an edition: the day's stories, each country, each agency and each top story."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest

from crawler.edition.entry import EditionEntry
from crawler.edition.top_stories import TopStory
from crawler.edition.web_feed import (
    MOST_ITEMS,
    FeedItem,
    WebFeed,
    feed_name,
    item_of_article,
    item_of_story,
    published_moment,
)
from crawler.edition.wording import Wording

_DAYS_OF_STORIES = 2
"""Days whose stories are in the feed of the day: a reader who looks once a day misses none."""


class Followed:
    """Gathers the items of all feeds, day by day, the newest day first; its feeds are in Hindi."""

    def __init__(self) -> None:
        self._wording = Wording("hi")
        self._days = 0
        self._stories: dict[str, FeedItem] = {}
        self._of_story: dict[str, tuple[str, list[FeedItem]]] = {}
        self._of_country: dict[str, list[FeedItem]] = defaultdict(list)
        self._of_agency: dict[str, list[FeedItem]] = defaultdict(list)

    def add_day(self, entries: Sequence[EditionEntry], stories: Sequence[TopStory]) -> None:
        """Add a day: its articles, the newest first, and its top stories."""
        self._days += 1
        for entry in entries:
            for codes, feeds in ((entry.countries, self._of_country), (entry.agencies, self._of_agency)):
                for code in codes:
                    if len(feeds[code]) < MOST_ITEMS:
                        feeds[code].append(item_of_article(entry, self._wording))
        for story in stories:
            if self._days <= _DAYS_OF_STORIES:
                self._stories.setdefault(story.story, item_of_story(story, self._wording))
            if story.story not in self._of_story:
                newest = nlargest(MOST_ITEMS, story.entries, key=published_moment)
                its = [item_of_article(entry, self._wording) for entry in newest]
                self._of_story[story.story] = story.head.headline, its

    def feeds(self) -> Iterator[WebFeed]:
        """Yield the feeds that have an item."""
        w = self._wording
        yield from _feed("day", w["top_stories"], self._stories.values())
        for code, items in sorted(self._of_country.items()):
            yield from _feed(feed_name("country", code), w.country(code), items)
        for agency, items in sorted(self._of_agency.items()):
            yield from _feed(feed_name("agency", agency), w.agency(agency), items)
        for story, (headline, items) in sorted(self._of_story.items()):
            yield from _feed(feed_name("story", story), headline, items)


def _feed(name: str, title: str, items: Iterable[FeedItem]) -> Iterator[WebFeed]:
    if found := list(items):
        yield WebFeed(name=name, title=f"{Wording('hi')['title']}: {title}", items=found).of_newest()
