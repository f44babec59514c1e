"""Read the dateline of an article, and the people and desks printed beside it."""

from datetime import date
from functools import lru_cache

from crawler.items import Article
from crawler.text.credit.byline_text import parse_byline
from crawler.text.dateline.opening import Opening, read_opening
from crawler.text.parts import Dateline
from pipelines.article import ArticlePipeline


class DatelinePipeline(ArticlePipeline):
    """Fills `dateline` unless the page prints it outside the text; adds people and desks beside it to `byline`.

    If there is no dateline, the place in an agency's byline becomes one.
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
        """Make a dateline from the place beside an agency in the byline: `भाषा, वॉशिंगटन`."""
        for credit in article.credits:
            places = parse_byline(credit.raw).places
            if places:
                article.dateline = Dateline(raw=credit.raw, places=places, agency=credit.agency)
                article.provenance["dateline"] = article.provenance["credits"]
                return


def opening_of(article: Article) -> Opening:
    """Return the opening of an article's text; the last result is cached because two pipelines need it."""
    return _read(tuple(block.text for block in article.body), published_on(article))


@lru_cache(maxsize=1)
def _read(lines: tuple[str, ...], published: date | None) -> Opening:
    return read_opening(lines, published=published)


def published_on(article: Article) -> date | None:
    """Return the day of an article's publication in the outlet's time zone, or None."""
    return date.fromisoformat(article.published_on) if article.published_on else None
