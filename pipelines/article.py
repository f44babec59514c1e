"""The base class of the pipelines: it processes articles and passes other items on."""

from abc import ABC, abstractmethod
from typing import Any

from crawler.items import Article


class ArticlePipeline(ABC):
    """A pipeline that processes each `Article` and returns any other item unchanged.

    `pipelines/other_items.py` handles items of other classes that have an article's fields.
    """

    def process_item(self, item: Any) -> Any:
        """Return the processed article, or any other item unchanged; Scrapy calls this."""
        return self.process(item) if isinstance(item, Article) else item

    @abstractmethod
    def process(self, article: Article) -> Article:
        """Return the article with more fields filled; raise Refusal to drop it."""
