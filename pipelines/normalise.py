"""Normalise every text of an article."""

from dataclasses import replace

from crawler.items import Article, Block, Image, Related
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
        article.body = [block for block in map(_block, article.body) if block.text]
        article.images = [_image(image) for image in article.images]
        article.related = [related for related in map(_related, article.related) if related.title]
        return article


def _block(block: Block) -> Block:
    text = normalise(block.text)
    return block if text == block.text else replace(block, text=text)


def _related(related: Related) -> Related:
    title = normalise(related.title)
    return related if title == related.title else replace(related, title=title)


def _optional(text: str | None) -> str | None:
    return normalise(text) or None if text is not None else None


def _unique(texts: list[str]) -> list[str]:
    return [text for text in dict.fromkeys(map(normalise, texts)) if text]


def _image(image: Image) -> Image:
    caption, credit = _optional(image.caption), _optional(image.credit)
    is_normal = caption == image.caption and credit == image.credit
    return image if is_normal else replace(image, caption=caption, credit=credit)
