"""How much an article takes in the store, on disk: while its story may go on, and after that."""

import random
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.clock import utc_of_seconds
from crawler.items import Article, Story
from crawler.shelves import Shelf
from crawler.store import Address, open_store
from crawler.store.store import DatabaseStore
from pipelines.story import text_of_article

if TYPE_CHECKING:
    from tests.store.server import Server

_DAY = 86_400
_START = 1_790_000_000
_A_DAY = 20
"""Articles of a day; one in three is a copy of another outlet's."""
_FIRST, _LAST = 20, 60
"""Days after which the store is measured; from the first one on, as many texts are forgotten as come in."""
_LATER = _START + 80 * _DAY
"""When all texts are forgotten."""
_WORDS = [f"{one}{two}{three}" for one in "कगचजतदपबमरलस" for two in "ािीुेो" for three in "कटनमरलसह"]


@dataclass(slots=True)
class _Newsroom:
    """Invented articles of many days."""

    chance: random.Random = field(default_factory=lambda: random.Random(1))
    earlier: list[list[str]] = field(default_factory=list)

    def crawl(self, address: str, first: int, last: int) -> None:
        """Crawl the articles of some days into a store, a run a day, each delivered."""
        with closing(open_store(address)) as store:
            for day in range(first, last):
                numbers = range(day * _A_DAY, (day + 1) * _A_DAY)
                articles = [_invent(number, day, self.chance, self.earlier) for number in numbers]
                _crawl(store, articles, _START + (day + 1) * _DAY)


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
    """Crawl sixty days of invented articles into a new file in a folder; return how it grows."""
    newsroom, path, size = _Newsroom(), folder / "v.db", dict[int, int]()
    for first, last in ((0, _FIRST), (_FIRST, _LAST)):
        newsroom.crawl(f"sqlite:///{path}", first, last)
        size[last] = path.stat().st_size
    with closing(open_store(f"sqlite:///{path}")) as store:
        (texts,) = store.database.connection.execute("SELECT count(*) FROM texts").fetchone()
        before = _used(store)
        store.tidy(_LATER)
        more = (before - _used(store)) / texts
    return Growth(later=(size[_LAST] - size[_FIRST]) / ((_LAST - _FIRST) * _A_DAY), more=more)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerGrowth:
    """Bytes on the disk of a PostgreSQL server, with indexes, without what a vacuum frees."""

    address: float
    """Of an address that was seen."""
    article: float
    """Of an article and its story."""
    text: float
    """Of an article more, as long as its text is compared with new ones."""


def measure_server_growth(server: "Server") -> ServerGrowth:
    """Crawl the same articles into a store on a server; return how its tables grow."""
    newsroom, address = _Newsroom(), server.fresh()
    newsroom.crawl(address, 0, _FIRST)
    first = _sizes(server, address)
    newsroom.crawl(address, _FIRST, _LAST)
    last = _sizes(server, address)
    with closing(open_store(address)) as store:
        (texts,) = store.database.connection.execute("SELECT count(*) FROM texts").fetchone()
        store.tidy(_LATER)
    left = sum(last.values()) - sum(_sizes(server, address).values())
    grown = {table: (last[table] - first[table]) / ((_LAST - _FIRST) * _A_DAY) for table in last}
    of_address = grown.pop("addresses")
    return ServerGrowth(address=of_address, article=sum(grown.values()), text=left / texts)


def _sizes(server: "Server", address: str) -> dict[str, int]:
    """Return the bytes of the tables of a store, each with its indexes."""
    schema = address.rpartition("%3D")[2]
    server.run("VACUUM FULL")
    query = f"FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r'"
    return {
        str(name): int(str(size)) for name, size in server.run(f"SELECT relname, pg_total_relation_size(oid) {query}")
    }
