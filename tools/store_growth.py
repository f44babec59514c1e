"""How much an article takes in the store, on disk: while its story may go on, and after that."""

import random
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.clock import utc_of_seconds
from crawler.items import Article, Story
from crawler.shelves import Shelf
from crawler.store import Address, open_store
from crawler.store.store import DatabaseStore
from pipelines.story import text_of_article

_DAY = 86_400
_START = 1_790_000_000
_A_DAY = 20
"""Articles of a day; one in three is a copy of another outlet's."""
_WORDS = [f"{one}{two}{three}" for one in "कगचजतदपबमरलस" for two in "ािीुेो" for three in "कटनमरलसह"]


def _invent(number: int, day: int, chance: random.Random, earlier: list[list[str]]) -> Article:
    words = chance.choice(earlier[-10:])[20:] if earlier and chance.random() < 0.33 else chance.choices(_WORDS, k=300)
    earlier.append(words)
    url = (
        f"https://www.samachar-{number % 35}.example/world/asia/pul-khula-aur-gaon-ke-log-bazaar-pahunche-{number}.html"
    )
    return Article(
        id=f"{number:016x}",
        outlet=f"outlet_{number % 35}",
        url=url,
        headline=" ".join(words[:10]),
        text=" ".join(words),
        published_at=utc_of_seconds(_START + day * _DAY + number % _A_DAY * 600),
    )


def _crawl(store: DatabaseStore, articles: list[Article], now: int) -> None:
    """Store the articles of a run as a crawl does, deliver them, and end the run."""
    for article in articles:
        listed = Address(
            id=article.id,
            outlet=str(article.outlet),
            url=article.url,
            listing="https://x.example/feed",
            title=article.headline,
            first_seen=now,
            announced=now,
        )
        store.addresses.announce([listed])
        with store.alone():
            story, related = store.storybook.add(text_of_article(article), now)
            article.story = Story(id=story, relation=related.relation, of=related.of)
            store.articles.write(article, now, Shelf.ARTICLES)
            store.addresses.record_outcome(article.id, "written", now)
            store.outbox.put(article, Shelf.ARTICLES)
    store.outbox.assign("part", [each.number for each in store.outbox.waiting()])
    store.outbox.delivered("part")
    store.tidy(now)


def _used(store: DatabaseStore) -> int:
    """Return the bytes of the file that hold something."""
    pages, free = (
        store.database.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")
    )
    return int(pages - free) * 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Bytes on disk of one article."""

    later: float
    """How much the file grows, in the long run."""
    more: float
    """How much more an article takes as long as its text is compared with new ones."""


def measure_growth(folder: Path) -> Growth:
    """Crawl sixty days of invented articles into a new store, a run a day, each delivered; return how it grows."""
    chance, earlier, size = random.Random(1), list[list[str]](), dict[int, int]()
    path = folder / "v.db"
    for first, last in ((0, 20), (20, 60)):
        with closing(open_store(f"sqlite:///{path}")) as store:
            for day in range(first, last):
                articles = [_invent(day * _A_DAY + each, day, chance, earlier) for each in range(_A_DAY)]
                _crawl(store, articles, _START + (day + 1) * _DAY)
        size[last] = path.stat().st_size
    with closing(open_store(f"sqlite:///{path}")) as store:
        (texts,) = store.database.connection.execute("SELECT count(*) FROM texts").fetchone()
        before = _used(store)
        store.tidy(_START + 80 * _DAY)
        more = (before - _used(store)) / texts
    return Growth(later=(size[60] - size[20]) / (40 * _A_DAY), more=more)
