"""An outlet as a value: its hosts, its URLs, and the CSS selectors of its pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lxml.html import HtmlElement

from crawler.items import Article, OutletGroup, Publisher

Evidence = Literal["page", "code", "unverified"]
"""The basis of a fact about an outlet: seen in a saved page, seen in public code, or general knowledge only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The CSS selectors of one design of an outlet's pages, for fields that the generic reader does not find.

    Each field is a CSS selector (parsel dialect), used if the standard markup lacks the field or is wrong; None leaves
    the field to JSON-LD, meta tags and the generic reader.
    """

    evidence: Evidence
    """The basis of these selectors."""

    until: date | None = None
    """Last day on which articles were published in this design; None for the current one."""

    headline: str | None = None
    deck: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    dateline: str | None = None
    """The place if it is printed outside the text, as in a row with the byline: `इस्लामाबाद, 28 नवंबर 2025`."""
    section: str | None = None
    tags: str | None = None
    body: str | None = None
    """The container of the body, or its blocks; matches are read in page order."""
    junk: str | None = None
    """Elements inside the body that are not part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet: its names, its hosts and URLs, and the designs of its pages."""

    slug: str
    """The spider's name: `indiatv`."""

    name: str
    """The outlet's own name in Hindi: `इंडिया टीवी`."""

    english: str | None = None
    """The outlet's own name in Latin letters: `India TV`."""

    hosts: tuple[str, ...]
    """Hosts of the outlet's pages: the canonical one, then mobile and old ones. A path may follow: `a.in/hindi`."""

    group: OutletGroup
    """The kind of newsroom; `scrapy newsroom --group` selects by it."""

    article: str
    """Regular expression that matches the path of an article in the international section, from its beginning.

    Its group `number`, if any, is the article's number, which stays when the slug changes.
    """

    article_evidence: Evidence
    """The basis of the `article` rule."""

    language: str = "hi"
    """BCP 47 tag of the outlet's pages."""

    time_zone: str = "Asia/Kolkata"
    """IANA time zone of times that are printed without one."""

    keep_query: tuple[str, ...] = ()
    """Query parameters that identify an article; all others are removed from URLs."""

    twins: tuple[tuple[str, str], ...] = ()
    """Pairs of a pattern and its replacement (`re.sub`) that turn an AMP or mobile URL into the canonical one.

    Only for forms of this outlet: `/amp/…`, `…/amp`, `….amp` and the hosts `m.` and `amp.` are handled for all outlets.
    """

    amp: tuple[str, str] | None = None
    """A pattern and its replacement that turn an article's URL into that of its AMP form, the inverse of `twins`.

    Used with AMP_OUTLETS, if a page is empty and does not name its AMP form itself.
    """

    designs: tuple[Design, ...] = ()
    """The designs of the outlet's pages, newest first."""

    signatures: tuple[str, ...] = ()
    """Names of the outlet in its own bylines (`आज तक`, `aajtak.in`): they are desks, not agencies."""

    amend: Callable[[Article, HtmlElement], Article] | None = None
    """A function in the outlet's own file that corrects an article if no value above can do it.

    It takes the article and the root element of the page and returns the corrected article; it may raise NotAnArticle.
    It runs once for each page, before the pipelines read dateline and credits from the body.
    """

    @property
    def publisher(self) -> Publisher:
        """Return the publisher, as the outlet's records name it."""
        host = self.hosts[0].split("/")[0]
        return Publisher(name=self.english, name_hi=self.name, host=host, group=self.group)
