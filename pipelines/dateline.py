"""Read the dateline of an article, and who else stands in its slot."""

from datetime import date
from functools import lru_cache

from crawler.items import Article
from crawler.text.credit.byline_text import read_byline
from crawler.text.dateline.opening import Dateline, Opening, read_opening
from pipelines.article import ArticlePipeline


class DatelinePipeline(ArticlePipeline):
    """Fills `dateline` unless the page printed it outside the text; a person or desk in its slot joins the byline.

    Where neither prints one, it is read from an agency's byline.
    """

    def process(self, article: Article) -> Article:
        opening = opening_of(article)
        if article.dateline is None and opening.dateline is not None:
            article.dateline = opening.dateline
            article.provenance["dateline"] = "text"
        if article.dateline is None:
            self._read_byline(article)
        if opening.byline:
            article.byline = list(dict.fromkeys([*article.byline, *opening.byline]))
            article.provenance.setdefault("byline", "text")
        return article

    def _read_byline(self, article: Article) -> None:
        """Take the place beside an agency in the byline: `भाषा, वॉशिंगटन`."""
        for credit in article.credits:
            places = read_byline(credit.raw).places
            if places:
                article.dateline = Dateline(raw=credit.raw, places=places, agency=credit.agency)
                article.provenance["dateline"] = article.provenance["credits"]
                return


def opening_of(article: Article) -> Opening:
    """Return how the text of an article opens; read once where two pipelines ask in turn."""
    return _read(tuple(block.text for block in article.body), published_on(article))


@lru_cache(maxsize=1)
def _read(lines: tuple[str, ...], published: date | None) -> Opening:
    return read_opening(lines, published=published)


def published_on(article: Article) -> date | None:
    """Return the day on which an article was published, in its own zone."""
    return date.fromisoformat(article.published_at[:10]) if article.published_at else None
