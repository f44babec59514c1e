"""Normalise every text of an article."""

from dataclasses import replace

from crawler.items import Article, Image
from crawler.text.fold import normalise
from pipelines.article import ArticlePipeline


class NormalisePipeline(ArticlePipeline):
    """Applies NFC, collapses white space and drops invisible characters; an empty text becomes None or is removed."""

    def process(self, article: Article) -> Article:
        article.headline = normalise(article.headline)
        article.deck = _optional(article.deck)
        article.section = _optional(article.section)
        article.published_raw = _optional(article.published_raw)
        article.modified_raw = _optional(article.modified_raw)
        article.byline = _unique(article.byline)
        article.tags = _unique(article.tags)
        blocks = (replace(block, text=normalise(block.text)) for block in article.body)
        article.body = [block for block in blocks if block.text]
        article.images = [_image(image) for image in article.images]
        titles = (replace(related, title=normalise(related.title)) for related in article.related)
        article.related = [related for related in titles if related.title]
        return article


def _optional(text: str | None) -> str | None:
    return normalise(text) or None if text is not None else None


def _unique(texts: list[str]) -> list[str]:
    return [text for text in dict.fromkeys(map(normalise, texts)) if text]


def _image(image: Image) -> Image:
    return replace(image, caption=_optional(image.caption), credit=_optional(image.credit))
