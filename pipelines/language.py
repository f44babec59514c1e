"""Detect the language of an article, and refuse articles that are not in Hindi."""

import re
from typing import Self

from scrapy.crawler import Crawler

from crawler.items import Article
from crawler.reasons import LanguageReason, Reason, Refusal
from crawler.text.languages import ENOUGH_WORDS, is_devanagari, read_language
from crawler.text.legacy_fonts import is_mojibake, read_legacy_font
from pipelines.article import ArticlePipeline

_ROMANISED = "hi-Latn"
_DEVANAGARI = re.compile("[\u0900-\u097f]+")


class LanguagePipeline(ArticlePipeline):
    """Fills `language`; refuses articles in a language that the setting LANGUAGES does not list."""

    def __init__(self, languages: list[str]) -> None:
        self.languages = languages

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getlist("LANGUAGES"))

    def process(self, article: Article) -> Article:
        body = "\n".join(block.text for block in article.body)
        text = f"{article.headline}\n{body}"
        article.language = read_language(text)
        if is_devanagari(body) or not body:
            if article.language not in self.languages:
                self._refuse_other(article, article.language, len(text.split()))
        else:
            self._refuse_other_letters(article, body)
        return article

    def _refuse_other(self, article: Article, language: str | None, words: int) -> None:
        if language is None or language in self.languages or words < ENOUGH_WORDS:
            return
        raise Refusal(LanguageReason(language), f"{article.url}: the text is not in {' or '.join(self.languages)}")

    def _refuse_other_letters(self, article: Article, body: str) -> None:
        """Refuse a body with less than a third of Devanagari letters, with the most precise reason.

        It is judged without these letters: a headline or a line in Hindi does not make it Hindi.
        """
        letters = _DEVANAGARI.sub(" ", body)
        language = read_language(letters)
        if language in self.languages:
            article.language = language
            return
        if is_mojibake(letters):
            raise Refusal(Reason.MOJIBAKE, f"{article.url}: the text is UTF-8 that was read in another charset")
        font = read_legacy_font(letters)
        if font:
            raise Refusal(Reason.LEGACY_FONT, f"{article.url}: the text was typed for a legacy font ({font})")
        if language == _ROMANISED:
            raise Refusal(Reason.ROMANISED, f"{article.url}: the text is Hindi in Latin letters ({language})")
        article.language = language or article.language
        self._refuse_other(article, language, len(letters.split()))
