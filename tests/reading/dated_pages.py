"""Read the times of pages that were fetched at a fixed time."""

from datetime import UTC, datetime

from crawler.items import Article

FETCHED = datetime(2024, 6, 13, 12, 0, tzinfo=UTC)


def stated(article: Article) -> str | None:
    """Return when an article was published: the instant, or the day where no time of day is printed."""
    return article.published_at or article.published_on
