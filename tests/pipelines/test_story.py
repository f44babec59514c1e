"""The store adds to an article its revision, its story, and the shelf to which it is delivered."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler

from crawler.items import Article, Block, Story
from crawler.reasons import Refusal
from crawler.store import open_store
from crawler.store.store import DatabaseStore
from crawler.text.parts import Credit
from pipelines.seen import SeenPipeline
from pipelines.story import StoryPipeline, text_of_article
from tests.stories.forms import reports
from tests.stories.invented import sentence

FETCHED = "2026-11-24T06:00:00Z"


def report(seed: int) -> list[Block]:
    chance = random.Random(seed)
    return [Block(kind="paragraph", text=sentence(chance, "लीमा")) for _ in range(9)]


def article(id: str, outlet: str, body: list[Block], **parts: object) -> Article:
    made = Article(id=id, outlet=outlet, url=f"https://{outlet}.example/{id}", headline="नदी पर पुल खुला", body=body)
    return replace(made, published_at="2026-11-24T09:00:00+05:30", **parts)  # type: ignore[arg-type]


@pytest.fixture
def store() -> Iterator[DatabaseStore]:
    store = open_store("")
    yield store
    store.close()


@pytest.fixture
def crawler() -> Crawler:
    crawler = get_crawler(settings_dict={"CRAWL_TIME": "2026-11-24T10:00:00+05:30"})
    crawler._apply_settings()
    return crawler


def deliver(crawler: Crawler, store: DatabaseStore, each: Article) -> Story:
    """Run an article through both pipelines, and return its story."""
    seen, story = SeenPipeline(crawler, store), StoryPipeline(crawler, store)
    filled = story.process(seen.process(each)).story
    assert filled is not None
    return filled


def shelves(store: DatabaseStore) -> list[tuple[str, str, int]]:
    return [(each.shelf, each.article, each.revision) for each in store.outbox.waiting()]


WIRE = [Credit(agency="ap", name="AP", where="dateline", raw="एपी")]


def test_originals_and_revisions_are_articles_and_other_outlets_wire_copies_are_copies(
    crawler: Crawler, store: DatabaseStore
) -> None:
    first = deliver(crawler, store, article("a", "indiatv", report(1)))
    copy = deliver(crawler, store, article("b", "jagran", report(1)[:6], credits=WIRE))
    revision = deliver(crawler, store, article("a", "indiatv", report(1)[:8]))

    assert (first.relation, copy.relation, revision.relation) == ("original", "wire-copy", "revision")
    assert (first.of, copy.of, revision.of) == (None, "a", "a")
    assert first.id == copy.id == revision.id
    assert "shared shingles" in (copy.because or "")
    assert "hours apart" in (copy.because or "")
    assert revision.because == "changed: body"
    assert shelves(store) == [("articles", "a", 1), ("copies", "b", 1), ("articles", "a", 2)]


def test_what_is_near_to_an_article_stays_with_the_articles_and_says_what_it_is_near_to(
    crawler: Crawler, store: DatabaseStore
) -> None:
    deliver(crawler, store, article("a", "indiatv", report(1)))
    near = deliver(crawler, store, article("b", "jagran", report(1)[:6]))

    assert (near.relation, near.of, near.id) == ("near", "a", "story-a")
    assert shelves(store) == [("articles", "a", 1), ("articles", "b", 1)]


def test_what_one_outlet_prints_twice_stays_with_the_articles(crawler: Crawler, store: DatabaseStore) -> None:
    deliver(crawler, store, article("a", "indiatv", report(1), credits=WIRE))
    again = deliver(crawler, store, article("b", "indiatv", report(1)[:8], credits=WIRE))

    assert (again.relation, again.of) == ("wire-copy", "a")
    assert shelves(store) == [("articles", "a", 1), ("articles", "b", 1)]


def test_events_that_one_outlet_reports_in_one_form_are_articles_each(crawler: Crawler, store: DatabaseStore) -> None:
    quakes = [each.row["body"] for each in reports("both") if each.form == "quake" and each.edit == "original"]
    bodies = [[Block(kind="paragraph", text=text) for text in body] for body in quakes]

    stories = [deliver(crawler, store, article(f"q{at}", "indiatv", body)) for at, body in enumerate(bodies)]

    assert [(story.relation, story.of) for story in stories] == [("original", None)] * 3
    assert {shelf for shelf, _, _ in shelves(store)} == {"articles"}


def test_an_exact_copy_of_what_is_only_near_to_the_original_is_a_copy_of_that(
    crawler: Crawler, store: DatabaseStore
) -> None:
    deliver(crawler, store, article("a", "indiatv", report(1)))
    deliver(crawler, store, article("b", "jagran", report(1)[:6]))
    copy = deliver(crawler, store, article("c", "zee", report(1)[:6]))

    assert (copy.relation, copy.of) == ("exact", "b")
    assert shelves(store) == [("articles", "a", 1), ("articles", "b", 1), ("copies", "c", 1)]


def test_the_editions_of_a_copy_are_copies(crawler: Crawler, store: DatabaseStore) -> None:
    deliver(crawler, store, article("a", "indiatv", report(1)))
    deliver(crawler, store, article("b", "jagran", report(1)))
    revision = deliver(crawler, store, article("b", "jagran", report(1)[:7]))

    assert (revision.relation, revision.of) == ("revision", "b")
    assert shelves(store) == [("articles", "a", 1), ("copies", "b", 1), ("copies", "b", 2)]


@pytest.mark.parametrize(("day", "of"), [("2026-11-24", "a"), ("2026-10-24", None)])
def test_an_article_with_a_day_alone_is_compared_with_those_of_its_days(
    crawler: Crawler, store: DatabaseStore, day: str, of: str | None
) -> None:
    dated = replace(article("b", "jagran", report(1)), published_at=None, published_on=day, fetched_at=FETCHED)
    deliver(crawler, store, article("a", "indiatv", report(1)))

    story = deliver(crawler, store, dated)

    assert text_of_article(dated).published == datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    assert story.of == of


def test_a_revision_tells_the_story_by_the_id_that_it_has_now(crawler: Crawler, store: DatabaseStore) -> None:
    first = deliver(crawler, store, article("a", "indiatv", report(1)))
    earlier = replace(article("b", "jagran", report(1)[:8]), published_at="2026-11-24T08:00:00+05:30")
    copy = deliver(crawler, store, earlier)
    revision = deliver(crawler, store, article("a", "indiatv", [*report(1), *report(2)[:1]]))

    assert (first.id, copy.id, revision.id) == ("story-a", "story-b", "story-b")


def test_the_same_text_of_one_outlet_is_no_copy_but_a_duplicate_in_whatever_run(
    crawler: Crawler, store: DatabaseStore
) -> None:
    deliver(crawler, store, article("a", "jagran", report(1)))
    deliver(crawler, store, article("b", "indiatv", report(1)))

    with pytest.raises(Refusal, match=r"duplicate-text: https://indiatv\.example/c: same text as b"):
        deliver(crawler, store, article("c", "indiatv", report(1)))
    assert shelves(store) == [("articles", "a", 1), ("copies", "b", 1)]
    assert store.storybook.add(text_of_article(article("d", "zee", report(1))), 1)[1].of == "a"


def test_a_copy_s_text_is_read_once_though_its_original_now_says_something_else(
    crawler: Crawler, store: DatabaseStore
) -> None:
    deliver(crawler, store, article("a", "indiatv", report(1)))
    deliver(crawler, store, article("b", "jagran", report(1)))
    deliver(crawler, store, article("a", "indiatv", report(2)))

    with pytest.raises(Refusal, match=r"duplicate-text: .* same text as b"):
        deliver(crawler, store, article("b2", "jagran", report(1)))


def test_an_edition_that_another_crawl_has_just_written_is_not_delivered_twice(
    crawler: Crawler, store: DatabaseStore
) -> None:
    mine = SeenPipeline(crawler, store).process_item(article("a", "indiatv", report(1)))
    deliver(crawler, store, article("a", "indiatv", report(1)))

    with pytest.raises(Refusal, match=r"unchanged: .* another crawl has just read it"):
        StoryPipeline(crawler, store).process_item(mine)
    assert shelves(store) == [("articles", "a", 1)]


def test_copies_are_found_by_the_last_edition_of_an_article(crawler: Crawler, store: DatabaseStore) -> None:
    deliver(crawler, store, article("a", "indiatv", report(1)))
    deliver(crawler, store, article("a", "indiatv", report(2)))

    assert deliver(crawler, store, article("b", "jagran", report(2))).of == "a"
    assert deliver(crawler, store, article("c", "zee", report(1))).relation == "original"


def test_each_part_that_changed_is_named_and_counted(crawler: Crawler, store: DatabaseStore) -> None:
    first = article("a", "indiatv", report(1))
    deliver(crawler, store, replace(first))
    changed = replace(first, headline="नदी पर पुल बंद", deck="मरम्मत होगी", body=report(2))
    revision = deliver(crawler, store, changed)

    assert revision.because == "changed: headline, deck, body"
    assert {name: crawler.stats.get_value(f"revision/{name}") for name in ("headline", "deck", "body", "credit")} == {
        "headline": 1,
        "deck": 1,
        "body": 1,
        "credit": None,
    }


def test_what_is_as_it_was_is_refused_and_not_delivered_again(crawler: Crawler, store: DatabaseStore) -> None:
    deliver(crawler, store, article("a", "indiatv", report(1)))
    spaced = [replace(block, text=f"  {block.text} ") for block in report(1)]

    with pytest.raises(Refusal, match=r"unchanged: https://indiatv\.example/a: as it was read before"):
        deliver(crawler, store, article("a", "indiatv", spaced, tags=["नया"], modified_at="2026-11-24T10:00:00+05:30"))
    assert shelves(store) == [("articles", "a", 1)]


def test_nothing_of_an_article_is_kept_when_it_could_not_be_delivered(
    crawler: Crawler, store: DatabaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(store.outbox, "put", full)
    with pytest.raises(OSError, match="no room"):
        deliver(crawler, store, article("a", "indiatv", report(1)))
    monkeypatch.undo()

    assert store.articles.kept("a") is None
    assert deliver(crawler, store, article("b", "jagran", report(1))).relation == "original"


def test_each_edition_says_when_the_article_was_first_exported(store: DatabaseStore) -> None:
    crawler = get_crawler(settings_dict={"STORE": "sqlite:///kept.db"})
    crawler._apply_settings()
    first, later = article("a", "indiatv", report(1)), article("a", "indiatv", report(1)[:8])
    deliver(crawler, store, first)
    kept = store.articles.kept("a")
    assert kept is not None
    deliver(crawler, store, later)

    assert first.first_seen_at is not None
    assert datetime.fromisoformat(first.first_seen_at) == datetime.fromtimestamp(kept.first_seen, UTC)
    assert later.first_seen_at == first.first_seen_at


def test_without_a_store_nothing_says_when_it_was(crawler: Crawler, store: DatabaseStore) -> None:
    only = article("a", "indiatv", report(1))

    deliver(crawler, store, only)

    assert only.first_seen_at is None
