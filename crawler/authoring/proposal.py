"""Propose the module of a spider from the pages and feeds of a site."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from crawler.authoring.site import Home, article_rule
from crawler.reading.url_parts import path_of, split_url
from crawler.reading.urls import registered_domain

_SITEMAP_WORDS = ("sitemap", "site-map")
_TYPICAL = "/world"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What `scrapy discover` found on a site."""

    url: str
    home: Home
    counted: Mapping[str, int] = field(default_factory=dict)
    """Number of URLs in each feed and sitemap that was read, by its URL."""
    pages: Mapping[str, Home] = field(default_factory=dict)
    """Section pages that were read, by URL."""
    failures: Mapping[str, str] = field(default_factory=dict)
    """Why a request failed, by URL."""
    forbidden: Collection[str] = ()
    """URLs that must not be requested, and are not proposed."""

    def summary(self) -> Iterator[str]:
        """Yield lines for a person that say what was found."""
        for url, count in self.counted.items():
            yield f"{url}: {'a sitemap' if _is_sitemap(url) else 'a feed'}, {count} addresses"
        for section in self.home.sections:
            state = f"{len(self.pages[section.url].links)} links" if section.url in self.pages else "not read"
            yield f"{section.url}: section {section.name}, {state}"
        for url, reason in self.failures.items():
            yield f"{url}: {reason}"
        if not self.home.sections:
            yield f"{self.url}: no link to a section of foreign news; look for it by eye"


def spider_lines(found: Found) -> str:
    """Return the source of a spider for a site; confirmed facts are marked `page`, guesses `unverified`."""
    slug = registered_domain(found.url).split(".")[0].replace("-", "_")
    name = (found.home.title or slug).split("|")[0].split(" - ")[0].strip()
    world = found.home.sections[0].url if found.home.sections else None
    links = found.pages[world].links if world and world in found.pages else found.home.links
    rule = article_rule(world or _TYPICAL, links)
    lines = [
        f'"""{slug}: the lines that scrapy discover proposes; say here what kind of site it is."""',
        "",
        "from crawler.discovery.listing import Feed, NewsSitemap, Section",
        "from crawler.reading.outlet import Outlet",
        "from spiders.base import OutletSpider",
        "",
        "",
        f"class {slug.title().replace('_', '')}Spider(OutletSpider):",
        f'    name = "{slug}"',
        "    outlet = Outlet(",
        f'        slug="{slug}",',
        f"        name={json.dumps(name, ensure_ascii=False)},",
        f'        hosts=("{_netloc(found.url)}",),',
        '        group="digital",',
        f'        article=r"{rule}",',
        '        article_evidence="unverified",',
        "    )",
        "    listings = (",
        *(f"        {listing}," for listing in _listings(found)),
        "    )",
    ]
    return "\n".join(lines) + "\n"


def _listings(found: Found) -> Iterator[str]:
    """Yield the source of each listing; feeds and sitemaps that are not of the world section get the scope `all`."""
    feeds = dict.fromkeys([*found.home.feeds, *(feed for page in found.pages.values() for feed in page.feeds)])
    known = dict.fromkeys([*feeds, *found.counted])
    for url in (url for url in known if url not in found.forbidden):
        kind = "NewsSitemap" if _is_sitemap(url) else "Feed"
        evidence = "page" if url in found.counted else "unverified"
        scope = "" if _is_world(url, found) else ', scope="all"'
        yield f'{kind}(url="{url}", evidence="{evidence}"{scope})'
    for section in (section for section in found.home.sections if section.url not in found.forbidden):
        yield f'Section(url="{section.url}", evidence="{"page" if section.url in found.pages else "unverified"}")'


def _is_sitemap(url: str) -> bool:
    return any(word in url.lower() for word in _SITEMAP_WORDS)


def _is_world(url: str, found: Found) -> bool:
    words = [path_of(section.url).strip("/").split("/")[-1].split(".")[0] for section in found.home.sections]
    return any(word and word in url for word in words)


def _netloc(url: str) -> str:
    parts = split_url(url)
    return parts.netloc if parts else ""
