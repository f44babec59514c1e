"""Find the story of an article, and put the article into the outbox: all in one transaction."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

from scrapy.crawler import Crawler

from crawler.clock import now
from crawler.items import Article, Story
from crawler.reasons import Reason, Refusal
from crawler.shelves import Shelf
from crawler.store import Store, store_of
from crawler.stories.relation import RelationToOriginal
from crawler.stories.rows import own_agency, published_time
from crawler.stories.text import Text, make_text
from crawler.text.instants import utc
from pipelines.article import ArticlePipeline


class StoryPipeline(ArticlePipeline):
    """Sets `story`; exact and wire copies of another outlet's article go to `copies`, with all their editions."""

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._settings = crawler.settings
        self._store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, store_of(crawler))

    def process(self, article: Article) -> Article:
        at = now(self._settings)
        with self._store.alone():
            kept = self._store.articles.kept(article.id) if article.story else None  # a first edition has no story yet
            if article.story is None:
                related = self._place(article, at)
                shelf = Shelf.COPIES if related.is_copy else Shelf.ARTICLES
            else:
                self._place_edition(article, article.story, at)
                shelf = kept.shelf if kept else Shelf.ARTICLES
            if self._settings.get("STORE"):  # a temporary store knows no earlier run
                article.first_seen_at = utc(datetime.fromtimestamp(kept.first_seen if kept else at, UTC))
            if not self._store.articles.write(article, at, shelf):
                raise Refusal(Reason.UNCHANGED, f"{article.url}: another crawl has just read it")
            self._store.addresses.record_outcome(article.id, "written", at)
            self._store.withdrawals.came_back(article.id)
            self._store.outbox.put(article, shelf)
        return article

    def _place(self, article: Article, at: int) -> RelationToOriginal:
        """Add a first edition to the storybook, set its `story`, and return its relation to the text that it repeats.

        Raise Refusal if its outlet has published the same text at another URL.
        """
        story, related = self._store.storybook.add(text_of_article(article), at)
        twin = self._store.storybook.twin(article.id)
        if twin:
            raise Refusal(Reason.DUPLICATE_TEXT, f"{article.url}: same text as {twin}")
        article.story = Story(
            id=story,
            relation=related.relation,
            of=related.of,
            similarity=related.similarity,
            because=related.because,
        )
        return related

    def _place_edition(self, article: Article, story: Story, at: int) -> None:
        """Replace the text of an article in the storybook with its later edition, and set the id of its `story`.

        The id may differ from that of the first edition, because stories are joined and split.
        """
        article.story = replace(story, id=self._store.storybook.revise(text_of_article(article), at) or story.id)


def text_of_article(article: Article) -> Text:
    """Return an article as stories compare it."""
    published = published_time(article.published_at or article.published_on or article.fetched_at)
    places = article.dateline.places if article.dateline else ()
    return make_text(
        id=article.id,
        outlet=article.outlet,
        published=int(published.timestamp()) if published else None,
        lines=[article.text] if article.text else [block.text for block in article.body],
        agencies=[credit.agency for credit in article.credits],
        places=[place.english or place.name for place in places],
        dated=article.dateline.date if article.dateline else None,
        own_agency=own_agency(article.outlet),
    )
