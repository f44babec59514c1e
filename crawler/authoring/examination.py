"""Examine an outlet live: fetch its listings, check that they name articles, and read one article."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from scrapy.http import Response

from crawler.authoring.fetching import Fetched
from crawler.discovery.days import addresses
from crawler.discovery.frontier import is_article
from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.read_listing import read_listing
from crawler.notes import asked_address
from crawler.reading.markup import declared_charset
from crawler.reading.outlet import Outlet
from crawler.reading.page import read_page
from crawler.reading.urls import canonical_url
from crawler.reasons import Cause, NotAnArticle, Reason


class Examination:
    """Examines the responses of an outlet's listings, and the first article that they name.

    The caller fetches `urls` with a FetchSpider, which calls `follow` with each response; `results` then says what was
    found. `now` is the time of the crawl, for daily listings.
    """

    def __init__(self, outlet: Outlet, listings: Sequence[Listing], now: datetime) -> None:
        self.fetched = Fetched()
        self._outlet = outlet
        self._listings = {next(addresses(listing.url, None, now)): listing for listing in listings}
        self._seen: dict[str, tuple[bool, str]] = {}
        self._article: str | None = None
        self._walls: set[str] = set()
        """URLs that were answered with a wall against crawlers."""

    @property
    def urls(self) -> list[str]:
        """Return the URLs to fetch first: one of each listing."""
        return list(self._listings)

    def follow(self, response: Response) -> Iterator[str]:
        """Yield the URL of the first article that the listings name, once."""
        asked = asked_address(response)
        listing = self._listings.get(asked)
        if listing is None:
            return
        articles = self._articles(listing, asked, response)
        if articles and self._article is None:
            self._article = articles[0]
            yield articles[0]

    def results(self) -> Iterator[tuple[bool, str]]:
        """Yield for each listing, and for the article, whether it is well and a line that says what was found."""
        for url in self._listings:
            is_well, state = self._seen.get(url) or (False, self.fetched.failures.get(url, "no response"))
            yield is_well, f"{url}: {state}"
        yield self._reading()

    @property
    def page(self) -> str | None:
        """The URL of the article that was read, or None if no listing names one."""
        return self._article

    def state(self) -> str:
        """Return the outlet's state: `proxy`, `blocked`, `dead`, `feed-dead`, `failing`, `redesigned` or `well`.

        Blocked: half or more of what was asked for turned the crawler away. Dead: nothing answers. Proxy: nothing
        answers, and the outlet's own proxy is why. Feed-dead: no listing names an article. Redesigned: an article is
        listed and cannot be read, or by the generic reader alone.
        """
        is_read, _ = self._reading()
        asked = [*self._listings, *([self._article] if self._article else [])]
        away = [url for url in asked if url in self._walls or self._is_turned_away(url)]
        if len(away) * 2 >= len(asked):
            return "blocked"
        if not self.fetched.responses:
            return "proxy" if Reason.PROXY in self.fetched.reasons.values() else "dead"
        if self._article is None:
            return "feed-dead"
        if self._article not in self.fetched.responses:
            return "blocked" if self._article in away else "failing"
        return "well" if is_read else "redesigned"

    def _is_turned_away(self, url: str) -> bool:
        reason = self.fetched.reasons.get(url)
        return reason is not None and reason.cause is Cause.BLOCKED

    def _articles(self, listing: Listing, asked: str, response: Response) -> list[str]:
        found: list[str] = []
        names_further, damage = False, ""
        try:
            charset = declared_charset(response.headers.get("Content-Type"))
            for each in read_listing(listing, Further(url=asked), response.body, response.url, encoding=charset):
                names_further = names_further or isinstance(each, Further)
                if isinstance(each, Link) and is_article(each.url, self._outlet):
                    found.append(canonical_url(each.url, self._outlet))
        except ListingError as error:
            damage = f"; {error}"
            if error.reason.cause is Cause.BLOCKED:
                self._walls.add(asked)
        further = ", and further addresses" if names_further else ""
        is_well = bool(found or names_further) and not damage
        self._seen[asked] = is_well, f"{len(found)} addresses of articles{further}{damage}"
        return found

    def _reading(self) -> tuple[bool, str]:
        if self._article is None:
            return False, "no article to read: no listing names one"
        response = self.fetched.responses.get(self._article)
        if response is None:
            return False, f"{self._article}: {self.fetched.failures.get(self._article, 'no response')}"
        try:
            charset = declared_charset(response.headers.get("Content-Type"))
            article = read_page(response.body, response.url, self._outlet, encoding=charset)
        except NotAnArticle as refusal:
            if refusal.reason.cause is Cause.BLOCKED:
                self._walls.add(self._article)
            return False, f"{self._article}: no article could be read: {refusal}"
        where = article.provenance.get("body")
        line = f"{self._article}: {len(article.body)} paragraphs, read by {where}: {article.headline}"
        return where != "generic" or not self._outlet.designs, line
