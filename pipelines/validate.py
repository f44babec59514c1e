"""Refuse an article that lacks what a reader of the export relies on."""

from crawler.items import Article
from crawler.reasons import Reason, Refusal
from pipelines.article import ArticlePipeline


class ValidatePipeline(ArticlePipeline):
    """Headline and body are required; a refused article is named with what is missing."""

    def process(self, article: Article) -> Article:
        if not article.headline.strip():
            raise Refusal(Reason.NO_HEADLINE, f"{article.url}: the page was read, but no headline was found on it")
        if not any(block.text.strip() for block in article.body):
            raise Refusal(Reason.NO_BODY, f"{article.url}: {article.headline!r} has no paragraph of text")
        return article
