"""What the listings announced, where the page itself is silent."""

from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.discovery.listing import Link
from crawler.items import Article
from crawler.reading.refusal import NotAnArticle


def add_evidence(article: Article, link: Link) -> None:
    """Give an article the time that the listings announced, when its page prints none."""
    if article.published_at is None and link.published:
        article.published_at = link.published.isoformat()
        article.provenance["published_at"] = "feed"


class TooOld(NotAnArticle):
    """An article that this crawl's `since` leaves out; another crawl may want it."""

    def __init__(self, published: datetime, since: datetime) -> None:
        told = f"published {published.isoformat()}, asked for since {since.isoformat(timespec='minutes')}"
        super().__init__("before-since", told)
        self.published = published


def refuse_too_old(article: Article, since: datetime | None) -> None:
    """Raise TooOld for an article that was published before the crawl's `since`."""
    if since is None or article.published_at is None:
        return
    published = datetime.fromisoformat(article.published_at)
    if published.tzinfo is None:
        published = published.replace(tzinfo=since.tzinfo or ZoneInfo("Asia/Kolkata"))
    if published < since:
        raise TooOld(published, since)
