"""What stands in for an article's page: the text in its feed if it is refused, its AMP twin if it is empty."""

from datetime import datetime

from scrapy import Request, Spider
from scrapy.http import Response

from crawler.discovery.ask import ArticleAsk
from crawler.discovery.full_texts import article_in_feed
from crawler.items import Article
from crawler.notes import notes_of
from crawler.reading.amp import amp_twin
from crawler.reading.article_ids import is_same_article
from crawler.reading.outlet import Outlet
from crawler.reasons import RESTING, AnyReason, Cause, NotAnArticle, Reason
from crawler.rendered import why_not_rendered

_EMPTY = frozenset({Reason.EMPTY, Reason.NO_BODY, Reason.NO_HEADLINE, Reason.LISTING})
"""Reasons of a page whose text is missing, as one that scripts build."""


class StandIns:
    """The stand-ins for the pages of one crawl, none unless FEED_TEXT_OUTLETS or AMP_OUTLETS names its outlet."""

    def __init__(self, spider: Spider, outlet: Outlet) -> None:
        self._outlet, self._logger, self._stats = outlet, spider.logger, spider.crawler.stats
        self._reads_feeds = spider.name in spider.settings.getlist("FEED_TEXT_OUTLETS")
        self._asks_twins = spider.name in spider.settings.getlist("AMP_OUTLETS")

    def from_feed(self, of: Request | Response, ask: ArticleAsk, reason: AnyReason, *, now: datetime) -> Article | None:
        """Return the article that the feed prints in full for a page that is refused for a reason, or None.

        None for a known article too: its text in the feed may differ from the page's, and would look like an edit.
        """
        if ask.pages or not _is_refused(reason) or notes_of(of).is_recheck or not self._reads_feeds:
            return None
        url = ask.link.url
        article = article_in_feed(ask.link, self._outlet, notes_of(of).fetched_at or now)
        if article is None:
            self._logger.info("%s: refused (%s), and its feed gives no full text", url, reason)
            return None
        self._stats.inc_value("article/from_feed")
        self._logger.info("%s: refused (%s): read from the full text in its feed", url, reason)
        return article

    def twin_of(
        self, response: Response, ask: ArticleAsk, refusal: NotAnArticle, *, encoding: str | None
    ) -> str | None:
        """Return the URL of the AMP twin of a page that was refused as empty; None if it was not, or if it has none.

        A page that was redirected to another one, such as the section, has none either.
        """
        is_first = not ask.follows and refusal.reason in _EMPTY
        if not self._asks_twins or not is_first or not is_same_article(response.url, ask.link.url, self._outlet):
            return None
        twin = amp_twin(response.body, response.url, self._outlet, encoding=encoding)
        if twin:
            self._logger.info("%s: empty (%s): its AMP twin %s is asked for", response.url, refusal.reason, twin)
        return twin


def _is_refused(reason: AnyReason) -> bool:
    """Return whether the outlet turned the crawler away from a page, and not only for a while."""
    return reason.cause is Cause.BLOCKED and reason not in RESTING


def with_attempts(refusal: NotAnArticle, response: Response, ask: ArticleAsk) -> NotAnArticle:
    """Return the refusal of a page with what failed before: the page whose AMP twin it is, or a browser."""
    if ask.empty is not None:
        return NotAnArticle(ask.empty.reason, f"{ask.empty.detail}; its AMP twin {response.url}: {refusal}")
    why = why_not_rendered(response)
    if why is None or refusal.reason.cause is not Cause.UNREADABLE:
        return refusal
    return NotAnArticle(Reason.NOT_RENDERED, f"{response.url}: {why}; as sent: {refusal}")
