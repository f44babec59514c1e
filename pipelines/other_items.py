"""Add dateline, credits and language to items that are no `Article`: dicts, attrs, pydantic, dataclasses."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler

from crawler.items import Article, Block, record
from crawler.text.parts import Credit
from pipelines.credit import CreditPipeline
from pipelines.dateline import DatelinePipeline
from pipelines.duplicates import DuplicatesPipeline
from pipelines.language import LanguagePipeline
from pipelines.normalise import NormalisePipeline
from pipelines.validate import ValidatePipeline

_NEEDED = ("url", "headline", "body")
_FILLED = ("dateline", "byline", "credits", "cited_media", "text", "language")
"""The fields that are added to an item; `byline` also gets the people who sign the text."""
_PARAGRAPHS = re.compile(r"\n+")


class OtherItemsPipeline:
    """Adds fields, in place, to any item with `url`, `headline` and `body`; other items pass unchanged.

    `body` is a text, or a list of texts or of blocks with `text`; `published_on` or `published_at` (ISO 8601, a date
    or a datetime) gives a dateline its year. Fields that the item has already filled stay; fields that its class does
    not declare are left out. Items are refused for the same reasons as articles: their language, no headline or text,
    duplicates.
    """

    def __init__(self, languages: LanguagePipeline) -> None:
        reading = (NormalisePipeline(), DatelinePipeline(), CreditPipeline(), languages)
        self._steps = (*reading, ValidatePipeline(), DuplicatesPipeline())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(LanguagePipeline.from_crawler(crawler))

    def process_item(self, item: Any) -> Any:
        """Return the item with the added fields; Scrapy calls this."""
        if isinstance(item, Article) or not ItemAdapter.is_item(item):
            return item
        adapter = ItemAdapter(item)
        article = _article(adapter)
        if article is None:
            return item
        for step in self._steps:
            article = step.process(article)
        _fill(adapter, article)
        return item


def _article(adapter: ItemAdapter) -> Article | None:
    """Return an article made from an item, or None if `url`, `headline` or `body` is missing or of a wrong type."""
    url, headline, body = (adapter.get(name) for name in _NEEDED)
    blocks = _blocks(body)
    if not (isinstance(url, str) and isinstance(headline, str)) or blocks is None:
        return None
    known, outlet = adapter.get("id"), adapter.get("outlet")
    return Article(
        id=known if isinstance(known, str) else url,
        outlet=outlet if isinstance(outlet, str) else None,
        url=url,
        headline=headline,
        body=blocks,
        byline=_texts(adapter.get("byline")),
        credits=[credit for credit in _list(adapter.get("credits")) if isinstance(credit, Credit)],
        published_on=_day(adapter.get("published_on") or adapter.get("published_at")),
    )


def _fill(adapter: ItemAdapter, article: Article) -> None:
    """Copy the fields in `_FILLED` from an article to an item as plain values, if its class has them."""
    read = record(article)
    is_open = isinstance(adapter.item, dict)
    for name in _FILLED:
        if is_open or name in adapter.field_names():
            is_absent = adapter.get(name) in (None, "", [], ())
            if is_absent or (name == "byline" and isinstance(adapter[name], list)):
                adapter[name] = read[name]


def _blocks(body: Any) -> list[Block] | None:
    if isinstance(body, str):
        return [Block(kind="paragraph", text=text) for text in _PARAGRAPHS.split(body)]
    if not isinstance(body, list | tuple):
        return None
    texts = [_text(block) for block in body]
    return None if None in texts else [Block(kind="paragraph", text=text) for text in texts if text is not None]


def _text(block: Any) -> str | None:
    """Return the text of a block, which is a string, or an object or mapping with `text`; else None."""
    if isinstance(block, str):
        return block
    text = block.get("text") if isinstance(block, Mapping) else getattr(block, "text", None)
    return text if isinstance(text, str) else None


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [each for each in _list(value) if isinstance(each, str)]


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _day(value: Any) -> str | None:
    """Return the day of a time as ISO 8601, or None if the value is not a time."""
    text = value.isoformat() if isinstance(value, date) else str(value)  # a datetime is a date too
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None
