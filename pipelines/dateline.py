"""Read the dateline of an article, and who else stands in its slot."""

from datetime import date

from crawler.items import Article
from crawler.text.dateline import read_opening


class DatelinePipeline:
    """Fills `dateline` unless the page printed it outside the text; a person or desk in its slot joins the byline."""

    def process_item(self, article: Article) -> Article:
        opening = read_opening([block.text for block in article.body], published=published_on(article))
        if article.dateline is None and opening.dateline is not None:
            article.dateline = opening.dateline
            article.provenance["dateline"] = "text"
        if opening.byline:
            article.byline = list(dict.fromkeys([*article.byline, *opening.byline]))
            article.provenance.setdefault("byline", "text")
        return article


def published_on(article: Article) -> date | None:
    """Return the day on which an article was published, in its own zone."""
    return date.fromisoformat(article.published_at[:10]) if article.published_at else None
