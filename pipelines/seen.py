"""Compare an article with its last edition in the store: refuse an unchanged one, number a changed one."""

from typing import Self

from scrapy.crawler import Crawler

from crawler.items import Article, Story
from crawler.reasons import Reason, Refusal
from crawler.store import Store, store_of
from crawler.store.values import edition_of
from pipelines.article import ArticlePipeline


class SeenPipeline(ArticlePipeline):
    """Refuses an article that has not changed since its last edition; else sets `revision` and `story`.

    One that was withdrawn and came back is a new edition, changed or not. `story.because` says
    what changed; the stat `revision/<part>` counts each part.
    """

    def __init__(self, crawler: Crawler, store: Store) -> None:
        self._stats = crawler.stats
        self._store = store

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, store_of(crawler))

    def process(self, article: Article) -> Article:
        kept = self._store.articles.kept(article.id)
        if kept is None:
            return article
        changed = edition_of(article).changed_since(kept.edition)
        is_back = self._store.withdrawals.is_withdrawn(article.id)
        if not changed and not is_back:
            raise Refusal(Reason.UNCHANGED, f"{article.url}: as it was read before")
        for part in changed:
            self._stats.inc_value(f"revision/{part}")
        article.revision = kept.revision + 1
        because = ["came back after it was withdrawn"] if is_back else []
        because += [f"changed: {', '.join(changed)}"] if changed else []
        article.story = Story(id=kept.story, relation="revision", of=article.id, because="; ".join(because))
        return article
