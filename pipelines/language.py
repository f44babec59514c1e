"""Judge the language of an article from its text, and refuse what is not Hindi."""

from typing import Self

from scrapy.crawler import Crawler

from crawler.items import Article
from crawler.reasons import LanguageReason, Refusal
from crawler.text.languages import ENOUGH_WORDS, read_language
from pipelines.article import ArticlePipeline


class LanguagePipeline(ArticlePipeline):
    """Fills `language`; refuses articles in a language that the setting LANGUAGES does not list."""

    def __init__(self, languages: list[str]) -> None:
        self.languages = languages

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getlist("LANGUAGES"))

    def process(self, article: Article) -> Article:
        text = "\n".join([article.headline, *(block.text for block in article.body)])
        article.language = read_language(text)
        if article.language is None or article.language in self.languages or len(text.split()) < ENOUGH_WORDS:
            return article
        raise Refusal(
            LanguageReason(article.language), f"{article.url}: the text is not in {' or '.join(self.languages)}"
        )
