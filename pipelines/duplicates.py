"""Refuse articles that this run has already read: the same URL, or the same text in the same outlet."""

from crawler.items import Article
from crawler.reasons import Reason, Refusal
from crawler.text.fold import collapsed
from pipelines.article import ArticlePipeline


class DuplicatesPipeline(ArticlePipeline):
    """Refuses the second article of a run with one `id`, and the second of one outlet with the same text.

    The same text in two outlets is not a duplicate but one story: `StoryPipeline` fills `story`.
    """

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._texts: dict[int, str] = {}
        """URL of an article by the hash of its outlet and its text, so that no text stays in memory."""

    def process(self, article: Article) -> Article:
        if article.id in self._ids:
            raise Refusal(Reason.DUPLICATE_ADDRESS, f"{article.url}: already read in this run")
        key = hash((article.outlet, collapsed(" ".join([block.text for block in article.body]))))
        if key in self._texts:
            raise Refusal(Reason.DUPLICATE_TEXT, f"{article.url}: same text as {self._texts[key]}")
        self._ids.add(article.id)
        self._texts[key] = article.url
        return article
