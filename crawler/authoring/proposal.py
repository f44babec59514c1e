"""Propose the module of a spider from the pages and feeds of a site."""

import json
import keyword
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from crawler.authoring.article_rule import rule_among, rule_below
from crawler.authoring.foreign_news import is_foreign, path_parts
from crawler.authoring.site import Home
from crawler.reading.urls import registered_domain
from crawler.url_parts import host_of

_SITEMAP_WORDS = ("sitemap", "site-map")
_LONGEST_NAME = 60
"""Maximum length of an outlet's name in characters; a longer title is cut."""
NO_RULE = "(?!)"
"""A pattern that matches no path; it is proposed if no link shows the form of an article's URL."""


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
            yield f"{section.url}: section {section.name or 'without a name'}, {state}"
        for url, reason in self.failures.items():
            yield f"{url}: {reason}"
        if not self.home.sections:
            yield f"{self.url}: no link to a section of foreign news; look for it by eye"
        if _rule(self) == NO_RULE:
            yield f"{self.url}: no link looks like an article of that section; write the rule after ten links of it"
        yield f"save the lines as spiders/{slug_of(self.url)}.py"


def slug_of(url: str) -> str:
    """Return the name of a site's spider, file and folder: a Python identifier in ASCII, from the registered domain.

    >>> [slug_of(f"https://{host}/") for host in ("www.naya-samachar.in", "24x7khabar.com", "class.co.in")]
    ['naya_samachar', 'news_24x7khabar', 'class_news']
    """
    words = re.findall("[a-z0-9]+", registered_domain(url).split(".")[0].lower())
    slug = "_".join(words) or "news"
    if slug[0].isdigit():
        return f"news_{slug}"
    return f"{slug}_news" if keyword.iskeyword(slug) or keyword.issoftkeyword(slug) else slug


def spider_lines(found: Found) -> str:
    """Return the source of a spider for a site; confirmed facts are marked `page`, guesses `unverified`."""
    slug = slug_of(found.url)
    name = _name(found)
    rule = _rule(found)
    listings = list(_listings(found))
    lines = [
        f'"""{slug}: the lines that scrapy discover proposes; say here what kind of site it is."""',
        "",
        *_import(listings),
        "from crawler.reading.outlet import Outlet",
        "from spiders.base import OutletSpider",
        "",
        "",
        f"class {''.join(word.capitalize() for word in slug.split('_'))}Spider(OutletSpider):",
        f'    name = "{slug}"',
        "    outlet = Outlet(",
        f'        slug="{slug}",',
        f"        name={_quoted(name)},",
        f"        hosts=({_quoted(host_of(found.url))},),",
        '        group="digital",',
        *(
            ["        # No link showed what the URL of an article looks like: this matches none."]
            if rule == NO_RULE
            else []
        ),
        f'        article=r"{rule}",',
        '        article_evidence="unverified",',
        f"        signatures=({_quoted(name)},),",
        "    )",
        "    listings = (",
        *(f"        {listing}," for listing in listings),
        "    )",
    ]
    return "\n".join(lines) + "\n"


def _name(found: Found) -> str:
    """Return the outlet's name: the first part of the home page's title."""
    title = found.home.title or slug_of(found.url)
    return re.split(r"\||(?<= )[-–—] ", title)[0].strip()[:_LONGEST_NAME] or slug_of(found.url)


def _rule(found: Found) -> str:
    """Return the pattern of an article's path, from the links of the section's page, else of the home page."""
    if not found.home.sections:
        return NO_RULE
    world = found.home.sections[0].url
    page = found.pages.get(world, Home())
    below = (rule_below(world, links) for links in (page.headlined, page.links, found.home.headlined, found.home.links))
    return next(filter(None, below), None) or rule_among(page.headlined) or NO_RULE


def _listings(found: Found) -> Iterator[str]:
    """Yield the source of each listing; feeds and sitemaps that are not of the world section get the scope `all`."""
    feeds = dict.fromkeys([*found.home.feeds, *(feed for page in found.pages.values() for feed in page.feeds)])
    known = dict.fromkeys([*feeds, *found.counted])
    for url in (url for url in known if url not in found.forbidden):
        kind = "NewsSitemap" if _is_sitemap(url) else "Feed"
        evidence = "page" if url in found.counted else "unverified"
        scope = "" if _is_world(url, found) else ', scope="all"'
        yield f'{kind}(url={_quoted(url)}, evidence="{evidence}"{scope})'
    for section in (section for section in found.home.sections if section.url not in found.forbidden):
        evidence = "page" if section.url in found.pages else "unverified"
        yield f'Section(url={_quoted(section.url)}, evidence="{evidence}")'


def _import(listings: Collection[str]) -> Iterator[str]:
    """Yield the import of the proposed kinds of listings."""
    kinds = sorted({listing.partition("(")[0] for listing in listings})
    if kinds:
        yield f"from crawler.discovery.listing import {', '.join(kinds)}"


def _is_sitemap(url: str) -> bool:
    return any(word in url.lower() for word in _SITEMAP_WORDS)


def _is_world(url: str, found: Found) -> bool:
    """Return whether a feed or sitemap is the section's: its path names it, or holds the last part of its path."""
    parts = path_parts(url)
    ends = {path_parts(section.url)[-1] for section in found.home.sections}
    return any(part in ends or is_foreign(word) for part in parts for word in (part, *re.split("[-_]", part)))


def _quoted(text: str) -> str:
    """Return a text as a Python literal, with braces escaped as in a URL: a listing's URL is a template."""
    return json.dumps(text, ensure_ascii=False).replace("{", "%7B").replace("}", "%7D")
