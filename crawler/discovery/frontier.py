"""The crawl frontier: which article URLs and further listing pages to request."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from crawler.discovery.counts import Tally
from crawler.discovery.links import Further, Link, Listing
from crawler.items import Article
from crawler.reading.article_ids import article_id
from crawler.reading.outlet import Outlet
from crawler.reading.urls import canonical_url, is_of, registered_domain
from crawler.reasons import NotAnArticle, Reason
from crawler.text.instants import announced
from crawler.url_parts import path_of

_MOST_ADDRESSES = 500
"""Maximum number of listing URLs that one crawl reads, in case a site nests sitemaps endlessly."""
_DEEPEST = 4
"""Maximum depth of nested sitemap indexes."""
_LATELY = timedelta(days=2)
"""Without `-a since`, the maximum age of a sitemap that an index names; indexes name those of many years."""


class Announced:
    """The articles that listings announced in one crawl, by the ids of their canonical URLs."""

    def __init__(self, outlet: Outlet) -> None:
        self._outlet = outlet
        self._links: dict[str, Link] = {}
        self._asked: set[str] = set()

    def note(self, link: Link) -> None:
        """Record an announcement, joined with earlier ones of the same article."""
        key = self._id(link)
        earlier = self._links.get(key)
        self._links[key] = earlier.joined(link) if earlier else link

    def ask(self, link: Link) -> bool:
        """Return True the first time an article is seen in this crawl."""
        key = self._id(link)
        is_new = key not in self._asked
        self._asked.add(key)
        return is_new

    def of(self, link: Link) -> Link:
        """Return the link, completed with the titles and times that other listings announced for its article."""
        return link.joined(self._links.get(self._id(link), link))

    def _id(self, link: Link) -> str:
        return article_id(link.url, self._outlet)


def is_article(url: str, outlet: Outlet) -> bool:
    """Return whether a URL is an article of an outlet's international section."""
    return is_of(url, outlet) and _is_of_section(canonical_url(url, outlet), outlet)


def _is_of_section(address: str, outlet: Outlet) -> bool:
    return re.match(outlet.article, path_of(address)) is not None


class Frontier:
    """Decides for one crawl which links of its listings to request.

    `domains` are the registered domains of the outlet's hosts; `since` is the start of the wanted period, if any; `now`
    returns the time of the crawl.
    """

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
        """Return the link with its canonical URL if it is an article of the section and not too old, else None.

        Count it in the tally of its listing, and record the announcement.
        """
        self._tally.of(listing.url).announced += 1
        if not is_of(link.url, self._outlet):
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
        """Return whether to request an article: the first time it is seen, and if its listing's scope allows it.

        A listing with scope `all` only adds titles and times to articles that other listings announce.
        """
        return listing.scope == "international" and self.announced.ask(article)

    def begins(self, further: Further) -> None:
        """Record that a listing URL is read in this crawl."""
        self._addresses.add(further.url)

    def listed(self, listing: Listing) -> int:
        """Return the number of different articles that a listing has named so far."""
        return len(self._listed[listing.url])

    def goes_on(self, listing: Listing, further: Further, *, listed: int) -> bool:
        """Return whether to request a further URL of a listing.

        `listed` is the number of articles that the listing had named before its last page was read.
        """
        # After its last page a section repeats the last one or the first one, which adds no article.
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
        """Return whether a listing nests too deep or the crawl has read too many URLs of listings; if so, report it."""
        if depth <= _DEEPEST and len(self._addresses) < _MOST_ADDRESSES:
            return False
        detail = f"not read: {depth} deep, after {len(self._addresses)} addresses"
        self._tally.broken(listing, further.url, Reason.ENDLESS, detail)
        return True

    def _is_too_old(self, link: Link) -> bool:
        last = max((time for time in (link.published, link.modified) if time), default=None)
        return bool(self._since and last and last < self._since)


def add_announced_time(article: Article, link: Link, zone: str) -> None:
    """Set an article's publication time to the announced one if its page prints none; its provenance is `feed`.

    `zone` is the outlet's IANA zone. An announced time does not replace a day that the page prints.
    """
    if article.published_on is None and link.published:
        for name, value in announced(link.published, zone).items():
            setattr(article, name, value)
        found = ("published_at", "published_on") if article.published_at else ("published_on",)
        article.provenance |= dict.fromkeys(found, "feed")


class TooOld(NotAnArticle):
    """An article is older than this crawl's `since`; another crawl may want it."""

    def __init__(self, published: datetime, since: datetime) -> None:
        detail = f"published {published.isoformat()}, asked for since {since.isoformat(timespec='minutes')}"
        super().__init__(Reason.BEFORE_SINCE, detail)
        self.published = published


def refuse_too_old(article: Article, since: datetime | None) -> None:
    """Raise TooOld if an article was published before `since`, given in the outlet's zone; a day counts to its end."""
    if since is None or article.published_on is None:
        return
    published = datetime.fromisoformat(article.published_at or f"{article.published_on}T23:59:59")
    published = published.astimezone(since.tzinfo) if published.tzinfo else published.replace(tzinfo=since.tzinfo)
    if published < since:
        raise TooOld(published, since)
