"""What stands in for an article's page: the text in its feed if it is refused, its AMP twin if it is empty."""

from scrapy.http import Response

from crawler.discovery.ask import ArticleAsk
from crawler.reading.amp import amp_twin
from crawler.reading.outlet import Outlet
from crawler.reading.urls import is_same_article
from crawler.reasons import RESTING, AnyReason, Cause, NotAnArticle, Reason
from crawler.rendered import why_not_rendered

_EMPTY = frozenset({Reason.EMPTY, Reason.NO_BODY, Reason.NO_HEADLINE, Reason.LISTING})
"""Reasons of a page whose text is missing, as one that scripts build."""


def is_refused(reason: AnyReason) -> bool:
    """Return whether the outlet turned the crawler away from a page, and not only for a while."""
    return reason.cause is Cause.BLOCKED and reason not in RESTING


def twin_of_empty(
    response: Response, ask: ArticleAsk, refusal: NotAnArticle, outlet: Outlet, *, encoding: str | None
) -> str | None:
    """Return the URL of the AMP twin of a page that was refused as empty; None if it was not, or if it has none.

    A page that was redirected to another one, such as the section, has none either.
    """
    is_first = not ask.follows and refusal.reason in _EMPTY
    if not is_first or not is_same_article(response.url, ask.link.url, outlet):
        return None
    return amp_twin(response.body, response.url, outlet, encoding=encoding)


def with_attempts(refusal: NotAnArticle, response: Response, ask: ArticleAsk) -> NotAnArticle:
    """Return the refusal of a page with what failed before: the page whose AMP twin it is, or a browser."""
    if ask.empty is not None:
        return NotAnArticle(ask.empty.reason, f"{ask.empty.detail}; its AMP twin {response.url}: {refusal}")
    why = why_not_rendered(response)
    if why is None or refusal.reason.cause is not Cause.UNREADABLE:
        return refusal
    return NotAnArticle(Reason.NOT_RENDERED, f"{response.url}: {why}; as sent: {refusal}")
