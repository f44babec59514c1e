"""Refuse an article without headline or body."""

from crawler.items import Article
from crawler.reasons import Reason, Refusal
from pipelines.article import ArticlePipeline


class ValidatePipeline(ArticlePipeline):
    """Requires a headline and a body with text; the refusal names the missing one."""

    def process(self, article: Article) -> Article:
        if not article.headline.strip():
            raise Refusal(Reason.NO_HEADLINE, f"{article.url}: the page was read, but no headline was found on it")
        if not any(block.text.strip() for block in article.body):
            raise Refusal(Reason.NO_BODY, f"{article.url}: {article.headline!r} has no paragraph of text")
        return article
