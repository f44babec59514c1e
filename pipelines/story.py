"""Find the story that an article tells, and put the article into the outbox: all of it in one transaction."""

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from crawler.clock import now
from crawler.items import Article, Story
from crawler.reasons import Reason, Refusal
from crawler.store import Shelf, Store, store_of
from crawler.stories.rows import own_agency, published_time
from crawler.stories.text import Text, make_text
from pipelines.article import ArticlePipeline


class StoryPipeline(ArticlePipeline):
    """Fills `story`; repeats of another outlet's article are delivered as copies, with all their editions."""

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._settings = crawler.settings
        self._store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, store_of(crawler))

    def process(self, article: Article) -> Article:
        at = now(self._settings)
        with self._store.transaction():
            kept = self._store.articles.kept(article.id)
            if kept and kept.revision >= article.revision:
                raise Refusal(Reason.UNCHANGED, f"{article.url}: another crawl has just read it")
            article.story = (
                self._told(article, at) if article.story is None else self._revised(article, article.story, at)
            )
            shelf: Shelf = "articles" if article.story.relation == "original" else "copies"
            shelf = kept.shelf if kept else shelf
            self._store.articles.write(article, at, shelf)
            self._store.addresses.settle(article.id, "written", at)
            self._store.outbox.put(article, shelf)
        return article

    def _told(self, article: Article, at: int) -> Story:
        story, related = self._store.storybook.tell(text_of_article(article), at)
        twin = self._store.storybook.twin(article.id)
        if twin:
            raise Refusal(Reason.DUPLICATE_TEXT, f"{article.url}: same text as {twin}")
        return Story(
            id=story,
            relation=related.relation,
            of=related.of,
            similarity=related.similarity,
            because=related.because,
        )

    def _revised(self, article: Article, story: Story, at: int) -> Story:
        """Return a revision's story, which may have got another id since the first edition was delivered."""
        return replace(story, id=self._store.storybook.revise(text_of_article(article), at) or story.id)


def text_of_article(article: Article) -> Text:
    """Return an article as stories compare it."""
    published = published_time(article.published_at or article.fetched_at)
    places = article.dateline.places if article.dateline else ()
    return make_text(
        id=article.id,
        outlet=article.outlet,
        published=int(published.timestamp()) if published else None,
        lines=[article.text] if article.text else [block.text for block in article.body],
        agencies=[credit.agency for credit in article.credits],
        places=[place.english or place.name for place in places],
        own_agency=own_agency(article.outlet),
    )
