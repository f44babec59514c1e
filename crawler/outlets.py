"""Find the outlets of the project through Scrapy's spider loader."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from crawler.items import Publisher
from crawler.url_parts import host_of


def load_outlets(settings: BaseSettings) -> dict[str, Any]:
    """Return the spider class of each outlet by slug, sorted by slug; each has `outlet` and `listings`."""
    loader = get_spider_loader(settings)
    spiders = {name: loader.load(name) for name in sorted(loader.list())}
    return {name: spider for name, spider in spiders.items() if hasattr(spider, "outlet")}


def named_outlets(settings: BaseSettings, names: Collection[str]) -> dict[str, Any]:
    """Return the spider classes of the named outlets by slug, in that order, or of all if none is named.

    Raise UsageError for an unknown name, and for a project that has no outlet.
    """
    known = load_outlets(settings)
    for name in names:
        if name not in known:
            raise unknown_outlet(name, known)
    if not known:
        modules = ", ".join(settings.getlist("SPIDER_MODULES")) or "empty"
        raise UsageError(f"SPIDER_MODULES is {modules}: no outlet is there; name a package with some", print_help=False)
    return {name: known[name] for name in dict.fromkeys(names)} or known


def publishers_of(settings: BaseSettings) -> dict[str, Publisher]:
    """Return the publisher of each outlet by slug."""
    return {slug: spider.outlet.publisher for slug, spider in load_outlets(settings).items()}


def hosts_asked(spider: Any) -> list[str]:
    """Return the hosts that the crawl of an outlet asks, as far as its spider names them."""
    pages = (host.partition("/")[0] for host in spider.outlet.hosts)
    listings = (host_of(listing.url) for listing in spider.listings)
    return sorted({*pages, *listings} - {""})


def unknown_outlet(name: str, known: Collection[str]) -> UsageError:
    """Return the error for a name that is not an outlet, with the closest known name as a suggestion.

    >>> unknown_outlet("navbharat-times", ["jagran", "navbharat_times"])
    UsageError('"navbharat-times" is not an outlet; did you mean "navbharat_times"? ("scrapy outlets" lists all)')
    """
    close = get_close_matches(name.lower().replace("-", "_"), known, n=1, cutoff=0.5)
    meant = f'; did you mean "{close[0]}"?' if close else "."
    return UsageError(f'"{name}" is not an outlet{meant} ("scrapy outlets" lists all)', print_help=False)
