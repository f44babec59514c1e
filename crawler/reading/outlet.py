"""An outlet as a value: what must be known of a site to read its pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lxml.html import HtmlElement

from crawler.items import Article

Evidence = Literal["page", "code", "unverified"]
"""How sure a fact of an outlet is: seen in a saved page, seen in public code, or general knowledge only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Where one design of an outlet's pages prints what JSON-LD and semantic markup do not say.

    Each field is a CSS selector (parsel dialect), tried when the standard markup is silent or wrong; None leaves the
    field to JSON-LD, meta tags and the generic reader.
    """

    evidence: Evidence
    """How sure these selectors are."""

    until: date | None = None
    """Last day of the design; None for the current one. Designs are tried newest first."""

    headline: str | None = None
    deck: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    dateline: str | None = None
    """Where the place is printed outside the text, as in a byline list: `इस्लामाबाद, 28 नवंबर 2025`."""
    section: str | None = None
    tags: str | None = None
    body: str | None = None
    """The container of the body, or its blocks; matches are read in page order."""
    junk: str | None = None
    """What stands inside the body and is not body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet: its names, its addresses, and the designs of its pages."""

    slug: str
    """The spider's name: `indiatv`."""

    name: str
    """The outlet's own name in Hindi: `इंडिया टीवी`."""

    hosts: tuple[str, ...]
    """Hosts of the outlet's pages, canonical host first; mobile and old hosts after it."""

    group: Literal["newspaper", "television", "digital", "agency", "public"]
    """What kind of newsroom it is; `scrapy newsroom --group` takes it."""

    article: str
    """Regular expression that the path of an article of the international section matches from its start.

    Its group `number`, where the outlet prints one, is what stays when the slug changes.
    """

    article_evidence: Evidence
    """How sure the `article` rule is."""

    language: str = "hi"
    """BCP 47 tag of the outlet's pages."""

    time_zone: str = "Asia/Kolkata"
    """IANA zone of times that are printed without one."""

    keep_query: tuple[str, ...] = ()
    """Query parameters that tell articles apart; all others are stripped."""

    twins: tuple[tuple[str, str], ...] = ()
    """Pairs of a pattern and its replacement (`re.sub`) that turn an AMP or mobile address into the canonical one.

    Only what is the outlet's own: `/amp/…`, `…/amp`, `….amp` and the hosts `m.` and `amp.` lead home for every one.
    """

    designs: tuple[Design, ...] = ()
    """The designs of the outlet's pages, newest first."""

    signatures: tuple[str, ...] = ()
    """Names that the outlet signs itself with in a byline (`आज तक`, `aajtak.in`): desks, never agencies."""

    amend: Callable[[Article, HtmlElement], Article] | None = None
    """The one override, for what no value above can say: a function in the outlet's own file.

    It takes the article as it was read and the root of the page, and returns the article as it should be; it may raise
    NotAnArticle. It is called once a page, before the pipelines read dateline and credits from the body.
    """
