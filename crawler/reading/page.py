"""Read one page: bytes in, an article out."""

from datetime import datetime

from crawler.items import Article
from crawler.reading.outlet import Outlet


class NotAnArticle(Exception):
    """A page that holds no article, with the reason why.

    `reason` is one of a small closed set of words that reports count: `empty`, `not-html`, `listing`, `product`,
    `live-tv`, `web-story`, `soft-404`, `consent-wall`, `no-headline`, `no-body`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def read_page(
    page: bytes,
    url: str,
    outlet: Outlet | None = None,
    *,
    encoding: str | None = None,
    fetched_at: datetime | None = None,
) -> Article:
    """Return the article that a page holds.

    Raise NotAnArticle when it holds none. `encoding` is the charset of the HTTP header, which yields to the page's
    own declaration and to its bytes.
    """
    raise NotAnArticle("empty", url)
