"""The crawl frontier: which article URLs and which further addresses of listings a crawl requests."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.discovery.counts import Tally
from crawler.discovery.links import Further, Link, Listing
from crawler.items import Article
from crawler.reading.outlet import Outlet
from crawler.reading.url_parts import path_of
from crawler.reading.urls import article_id, canonical_url, outlet_of, registered_domain
from crawler.reasons import NotAnArticle, Reason

_MOST_ADDRESSES = 500
"""Addresses of listings that one crawl reads; a site that nests sitemaps without end gets no further."""
_DEEPEST = 4
"""How deep an index may nest."""
_LATELY = timedelta(days=2)
"""Without `-a since`, how old a sitemap may be that an index names; outlets name years of them."""


class Announced:
    """The articles of an outlet that a crawl has heard of, by the ids that their canonical addresses give."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._links: dict[str, Link] = {}
        self._asked: set[str] = set()

    def note(self, link: Link) -> None:
        """Keep what a listing says of an article."""
        key = self._id(link)
        earlier = self._links.get(key)
        self._links[key] = earlier.joined(link) if earlier else link

    def ask(self, link: Link) -> bool:
        """Return whether an article is to be asked for: once a crawl, whoever announces it."""
        key = self._id(link)
        is_new = key not in self._asked
        self._asked.add(key)
        return is_new

    def of(self, link: Link) -> Link:
        """Return a link with what all listings announced of its article."""
        return link.joined(self._links.get(self._id(link), link))

    def _id(self, link: Link) -> str:
        return article_id(link.url, self._outlet)


def is_article(url: str, outlet: Outlet) -> bool:
    """Return whether an address is an article of an outlet's international section."""
    return outlet_of(url, [outlet]) is not None and _is_of_section(canonical_url(url, outlet), outlet)


def _is_of_section(address: str, outlet: Outlet) -> bool:
    return re.match(outlet.article, path_of(address)) is not None


class Frontier:
    """The decisions of one crawl."""

    def __init__(
        self,
        outlet: Outlet,
        domains: Collection[str],
        tally: Tally,
        *,
        since: datetime | None,
        now: Callable[[], datetime],
    ) -> None:
        self._outlet = outlet
        self._domains = domains
        self._tally = tally
        self._since = since
        self._now = now
        self.announced = Announced(outlet)
        self._addresses: set[str] = set()
        self._listed: defaultdict[str, set[str]] = defaultdict(set)

    def article(self, listing: Listing, link: Link) -> Link | None:
        """Return a link at its canonical address when it is an article of the section, and not too old; else None."""
        self._tally.of(listing.url).announced += 1
        if outlet_of(link.url, [self._outlet]) is None:
            self._tally.of(listing.url).offsite += 1
            return None
        link = replace(link, url=canonical_url(link.url, self._outlet))
        if not _is_of_section(link.url, self._outlet):
            return None
        self._tally.of(listing.url).articles += 1
        self._listed[listing.url].add(link.url)
        self.announced.note(link)
        if self._is_too_old(link):
            self._tally.of(listing.url).too_old += 1
            return None
        return link

    def wants(self, listing: Listing, article: Link) -> bool:
        """Return whether an article is to be asked for: once, and not for a listing that is there for evidence only."""
        return listing.scope == "international" and self.announced.ask(article)

    def begins(self, further: Further) -> None:
        """Note an address that is read."""
        self._addresses.add(further.url)

    def listed(self, listing: Listing) -> int:
        """Return how many articles a listing has named so far."""
        return len(self._listed[listing.url])

    def goes_on(self, listing: Listing, further: Further, *, listed: int) -> bool:
        """Return whether a further address is wanted; `listed` is how many articles came before the last one."""
        # A section without a further page prints the last one again, or the first: nothing that it has not listed.
        is_over = further.page > 1 and self.listed(listing) == listed
        if further.url in self._addresses or is_over:
            return False
        if registered_domain(further.url) not in self._domains:
            self._tally.of(listing.url).offsite += 1
            return False
        if further.modified and further.modified < (self._since or self._now() - _LATELY):
            self._tally.of(listing.url).not_changed_lately += 1
            return False
        return True

    def is_endless(self, listing: Listing, further: Further, *, depth: int) -> bool:
        """Say whether a listing nests too deep, or names too many addresses, and report it."""
        if depth <= _DEEPEST and len(self._addresses) < _MOST_ADDRESSES:
            return False
        detail = f"not read: {depth} deep, after {len(self._addresses)} addresses"
        self._tally.broken(listing, further.url, Reason.ENDLESS, detail)
        return True

    def _is_too_old(self, link: Link) -> bool:
        last = max((time for time in (link.published, link.modified) if time), default=None)
        return bool(self._since and last and last < self._since)


def add_evidence(article: Article, link: Link) -> None:
    """Give an article the time that the listings announced, when its page prints none."""
    if article.published_at is None and link.published:
        article.published_at = link.published.isoformat()
        article.provenance["published_at"] = "feed"


class TooOld(NotAnArticle):
    """An article that this crawl's `since` leaves out; another crawl may want it."""

    def __init__(self, published: datetime, since: datetime) -> None:
        told = f"published {published.isoformat()}, asked for since {since.isoformat(timespec='minutes')}"
        super().__init__(Reason.BEFORE_SINCE, told)
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
