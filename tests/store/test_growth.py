"""How much an article takes on the disk while its story may go on, and after that: the README says what is measured."""

import random
import re
from contextlib import closing
from pathlib import Path

import pytest

from crawler.clock import utc_of_seconds
from crawler.items import Article, Story
from crawler.shelves import Shelf
from crawler.store import Address, open_store
from crawler.store.store import DatabaseStore
from pipelines.story import text_of_article

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = 86_400
START = 1_790_000_000
A_DAY = 20
"""Articles of a day; one in three is a copy of another outlet's."""
WORDS = [f"{one}{two}{three}" for one in "कगचजतदपबमरलस" for two in "ािीुेो" for three in "कटनमरलसह"]


def invent(number: int, day: int, chance: random.Random, earlier: list[list[str]]) -> Article:
    words = chance.choice(earlier[-10:])[20:] if earlier and chance.random() < 0.33 else chance.choices(WORDS, k=300)
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
        published_at=utc_of_seconds(START + day * DAY + number % A_DAY * 600),
    )


def crawl(store: DatabaseStore, articles: list[Article], now: int) -> None:
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


def used(store: DatabaseStore) -> int:
    """Return the bytes of the file that hold something."""
    pages, free = (
        store.database.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")
    )
    return int(pages - free) * 4096


def test_an_article_takes_as_much_room_as_the_readme_says(tmp_path: Path) -> None:
    chance, earlier, size = random.Random(1), list[list[str]](), dict[int, int]()
    path = tmp_path / "v.db"
    for first, last in ((0, 20), (20, 60)):
        with closing(open_store(f"sqlite:///{path}")) as store:
            for day in range(first, last):
                articles = [invent(day * A_DAY + each, day, chance, earlier) for each in range(A_DAY)]
                crawl(store, articles, START + (day + 1) * DAY)
        size[last] = path.stat().st_size
    with closing(open_store(f"sqlite:///{path}")) as store:
        (texts,) = store.database.connection.execute("SELECT count(*) FROM texts").fetchone()
        before = used(store)
        store.tidy(START + 80 * DAY)
        more = (before - used(store)) / texts

    later = (size[60] - size[20]) / (40 * A_DAY)
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    said = re.search(r"grows by about (\d+) MB for a million articles, and by ([\d.]+) KB more for each", readme)
    assert later <= 1_000
    assert later + more <= 3_150
    assert said is not None
    assert later == pytest.approx(int(said[1]), rel=0.1)
    assert more == pytest.approx(float(said[2]) * 1_000, rel=0.1)
