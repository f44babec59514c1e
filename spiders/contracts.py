"""The contracts of `scrapy check`: an outlet's first listing announces articles, and the newest that is one is read.

They ask the outlet, or an archive with `-s ARCHIVE_REPLAY=…`.
"""

from collections.abc import Callable
from typing import Any

from itemadapter import ItemAdapter
from scrapy import Request
from scrapy.contracts import Contract
from scrapy.exceptions import ContractFail
from scrapy.http import Response

from crawler.discovery.ask import article_of
from crawler.items import Article
from crawler.reasons import NotAnArticle

_MOST_TRIED = 5
"""Maximum number of articles, and of a listing's further addresses, that are tried: some may be gone."""


class ListingContract(Contract):
    """Request the outlet's first listing (`@listing`)."""

    name = "listing"

    def __init__(self, method: Callable[..., Any], *args: Any) -> None:
        super().__init__(method, *args)
        self._spider: Any = method.__self__  # type: ignore[attr-defined]  # Scrapy gives bound methods alone

    def adjust_request_args(self, args: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of the listing's request."""
        first: Request = next(self._spider.listing_requests())
        return {**args, "url": first.url, "meta": dict(first.meta)}


class AnnouncedContract(ListingContract):
    """Call the method with the page of an article that the outlet's first listing announces (`@announced`)."""

    name = "announced"

    def adjust_request_args(self, args: dict[str, Any]) -> dict[str, Any]:
        """Return the arguments of the listing's request, with a callback that goes on to an article."""
        return {**super().adjust_request_args(args), "callback": self._read_announced}

    async def _read_announced(self, response: Response) -> list[Any]:
        spider = type(self._spider).from_crawler(self._spider.crawler)  # of its own: a spider requests a URL once
        found = await _announced(spider, response)
        if not found:
            raise ContractFail(f"{response.url} announces no article")
        refusals = []
        for request in found[:_MOST_TRIED]:
            try:
                return [await _article(spider, request)]
            except NotAnArticle as refusal:
                refusals.append(str(refusal))
        raise ContractFail(f"{len(refusals)} articles were tried, none was read: {'; '.join(refusals)}")


async def _announced(spider: Any, response: Response) -> list[Request]:
    """Return the requests of the articles that a listing announces, or the first of its further addresses that does."""
    requests = [*spider.read_listing(response)]
    for request in requests[:_MOST_TRIED] if not any(map(article_of, requests)) else ():
        found = await _announced(spider, await spider.crawler.engine.download_async(request))
        if found:
            return found
    return [request for request in requests if article_of(request)]


async def _article(spider: Any, request: Request) -> Article:
    """Return the article of a request, with all its pages."""
    result: Article | Request = request
    while isinstance(result, Request):
        response = await spider.crawler.engine.download_async(result)
        (result,) = spider.read_article(response)
    return result


class ReadsContract(Contract):
    """Check that all items of a callback have a value in the named fields (`@reads headline text`)."""

    name = "reads"

    def post_process(self, output: list[Any]) -> None:
        """Raise ContractFail if a field of an item is empty."""
        for item in output:
            empty = [name for name in self.args if not ItemAdapter(item).get(name)]
            if empty:
                raise ContractFail(f"{ItemAdapter(item).get('url')}: nothing was read for {', '.join(empty)}")
