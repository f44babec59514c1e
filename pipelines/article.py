"""A step of the pipeline: what it takes, and what it lets pass."""

from abc import ABC, abstractmethod
from typing import Any

from crawler.items import Article


class ArticlePipeline(ABC):
    """Takes articles, one by one; every other item passes as it is.

    Items of other shapes that have an article's fields are read by `pipelines/other_items.py`.
    """

    def process_item(self, item: Any) -> Any:
        """Return what becomes of an article, or any other item untouched; Scrapy calls this."""
        return self.process(item) if isinstance(item, Article) else item

    @abstractmethod
    def process(self, article: Article) -> Article:
        """Return the article, improved; raise Refusal to drop it."""
