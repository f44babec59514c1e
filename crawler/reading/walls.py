"""Pages that hold no article: web stories, live television, products, listings, errors, consent walls."""

import re
from itertools import islice

from crawler.items import Block
from crawler.reading.json_ld import types
from crawler.reading.main_content import Mass
from crawler.reading.metadata import Sources
from crawler.reading.tree import Element, has, text_below, text_of_element
from crawler.reading.url_parts import path_of
from crawler.reasons import NotAnArticle, Reason

_WEB_STORY_PATH = re.compile(r"/(?:visual-?stor(?:y|ies)|web-?stor(?:y|ies))(?:/|$)", re.IGNORECASE)
_LIVE_TV_PATH = re.compile(r"/(?:live-?_?tv|tv-?live|livestream)(?:[/.]|$)", re.IGNORECASE)
_LIVE_TV_TITLE = re.compile(r"\blive\s*tv\b|लाइव\s*टीवी", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"\b404\b|page\s+(?:is\s+)?not\s+found|page\s+(?:does\s*n.t|no\s+longer)\s+exist|पेज\s+(?:नहीं\s+मिला|उपलब्ध\s+नहीं)"
    r"|पृष्ठ\s+(?:नहीं\s+मिला|उपलब्ध\s+नहीं)|यह\s+(?:पेज|पृष्ठ|खबर)\s+(?:मौजूद|उपलब्ध)\s+नहीं|something went wrong|कुछ गलत हो गया",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we value your privacy|cookie\s+(?:consent|settings|preferences)|manage\s+consent"
    r"|accept\s+(?:all\s+)?cookies"
    r"|कुकीज?\s+(?:की सहमति|सेटिंग|नीति)|आपकी निजता|आपकी गोपनीयता|कुकीज? का (?:इस्तेमाल|उपयोग)",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"^(?:access denied|just a moment|attention required|are you a robot|request blocked|403 forbidden"
    r"|verify you are human|security check|pardon our interruption)(?![a-z])",
    re.IGNORECASE,
)
_PRODUCT_TITLE = re.compile(
    r"प्राइस इन इंडिया|price in india|फुल स्पेसिफिकेशन|full specifications?|buy .{0,60} online|ऑनलाइन खरीदें", re.IGNORECASE
)
_PRODUCT_TYPES = frozenset(("Product", "ProductGroup", "Vehicle", "Car", "IndividualProduct", "ProductModel"))
_LISTING_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"))
_LISTING_CLASSES = frozenset(
    ("archive", "category", "tag", "search", "search-results", "home", "author", "date", "blog")
)
_SINGLE_CLASSES = frozenset(("single", "single-post", "page"))
_LISTING_PATH = re.compile(r"^/(?:tags?|topics?|search|authors?|category|archives?|page)/|^/?$", re.IGNORECASE)
_HEADINGS = frozenset(("h2", "h3", "h4"))
_NEAR = 4
"""How far above a link its heading stands at most."""
_MICRODATA_PRODUCT = has("//*[contains(@itemtype, 'schema.org/Product')]")
_COOKIES = re.compile(r"cookies?(?![a-z])|कुकीज़?|कुकीज|consent|गोपनीयता|निजता", re.IGNORECASE)
_AGREE = re.compile(
    r"accept|agree|consent|continu|preferences|settings|we use|our use"
    r"|सहमत|स्वीकार|अनुमति|सेटिंग|(?:इस्तेमाल|उपयोग|प्रयोग) कर(?:ते|ती|ता)",
    re.IGNORECASE,
)
_AUDIO_TYPES = frozenset(
    (
        "AudioObject",
        "PodcastEpisode",
        "PodcastSeries",
        "PodcastSeason",
        "RadioEpisode",
        "RadioSeries",
        "TVEpisode",
        "TVSeries",
    )
)
_AUDIO_PATH = re.compile(r"/(?:podcasts?|programmes?|radio|audio|listen|tv_?shows?|shows?)/", re.IGNORECASE)
_LONG = 1500
"""Letters of a body above which it is a report, whatever else the page does."""
_ONE_LINE = 120
_LITTLE = 400
"""Letters below which a page with an error's or a wall's title has no article beside it."""
_SECTION_NAME = 2
"""Words of a section's name: विदेश, दुनिया, World News."""
_MANY_LINKS = 8
_SOME_LINKS = 3
"""Linked headings around a headline that make a listing where they are as many as its paragraphs."""
_LISTING_TITLE = re.compile(
    r"^(?:tags?|category|archives?|topics?|search results?|author|टैग|विषय|श्रेणी)\s*[:：]", re.IGNORECASE
)


def refuse_wall(page: Sources) -> None:
    """Raise NotAnArticle for a page that its address, title or tags show to be no article, before it is read."""
    addresses = (page.url, page.meta("og:url"), *page.canonical)
    paths = [path_of(address) for address in addresses if address]
    if page.is_web_story or any(_WEB_STORY_PATH.search(path) for path in paths):
        raise NotAnArticle(Reason.WEB_STORY, f"{page.url}: the page is a web story of pictures")
    if any(_LIVE_TV_PATH.search(path) for path in paths):
        raise NotAnArticle(Reason.LIVE_TV, f"{page.url}: the page shows a live channel")
    all_types = {name for node in page.nodes for name in types(node)}
    if not page.node and all_types & _PRODUCT_TYPES:
        raise NotAnArticle(Reason.PRODUCT, f"{page.url}: the page describes a product")


def refuse_little(page: Sources, mass: Mass, top: Element | None, *, dated: bool) -> None:
    """Raise NotAnArticle for a page whose text, titles and links show a listing, a product, an error or a wall.

    `top` is the element that holds the headline and what the generic reader takes for the body.
    """
    if page.node:
        return
    h1 = text_of_element(page.h1) if page.h1 is not None else ""
    titles = [title for title in (h1, page.title) if title]
    little = _LITTLE if dated else 2 * _LITTLE
    if mass.page < little and any(_LIVE_TV_TITLE.search(title) for title in titles):
        raise NotAnArticle(Reason.LIVE_TV, f"{page.url}: {titles[0]!r} shows a live channel")
    if mass.page < _LITTLE:
        _refuse_titles(page, titles)
    if not dated and (
        any(_PRODUCT_TITLE.search(title) for title in titles)
        or (mass.page < 3 * _LITTLE and _MICRODATA_PRODUCT(page.root))
    ):
        raise NotAnArticle(Reason.PRODUCT, f"{page.url}: {titles[0]!r} is the page of a product, without a date")
    if any(_LISTING_TITLE.search(title) for title in titles) or _is_listing(
        page, mass, page.root if top is None else top, dated=dated
    ):
        raise NotAnArticle(Reason.LISTING, f"{page.url}: the page lists articles and holds none")


def read_wall(title: str) -> Reason | None:
    """Return what a title says instead of an article's headline: `Just a moment…` is blocked; None for any other."""
    walls = ((_NOT_FOUND, Reason.SOFT_404), (_BLOCKED, Reason.BLOCKED), (_CONSENT, Reason.CONSENT_WALL))
    return next((reason for wall, reason in walls if wall.search(title)), None)


def refuse_read(page: Sources, headline: str, blocks: list[Block], published: str | None) -> None:
    """Raise NotAnArticle where what was taken for the body is none: a banner, a section's teasers, a programme's line.

    `published` is the time that the page states for the whole of it.
    """
    letters = sum(len(block.text) for block in blocks)
    asked = sum(len(block.text) for block in blocks if _COOKIES.search(block.text) and _AGREE.search(block.text))
    if letters < _LONG and 2 * asked > letters:
        raise NotAnArticle(Reason.CONSENT_WALL, f"{page.url}: its text asks for consent to cookies")
    if page.node:
        return
    dated = page.meta("article:published_time", "og:article:published_time")
    if not dated and len(headline.split()) <= _SECTION_NAME and letters < _LITTLE:
        raise NotAnArticle(
            Reason.LISTING, f"{page.url}: {headline!r} names a section, and the page holds {letters} letters"
        )
    if not dated and letters < _LONG and _plays(page):
        raise NotAnArticle(Reason.AUDIO, f"{page.url}: {headline!r} is a podcast or a programme")
    if dated or not page.nodes:
        return
    if (page.meta("og:type") or "").lower() == "website" and _is_list_of_teasers(page, blocks, published):
        raise NotAnArticle(Reason.LISTING, f"{page.url}: a website by og:type, with teasers, and no article in JSON-LD")
    if published:
        return
    if len(blocks) == 1 and letters < _ONE_LINE:
        raise NotAnArticle(Reason.NO_BODY, f"{page.url}: {headline!r} has one line of text, and no article in JSON-LD")


def _is_list_of_teasers(page: Sources, blocks: list[Block], published: str | None) -> bool:
    """Say whether a page is short texts and linked headings, without a date or with many."""
    if max((len(block.text) for block in blocks), default=0) >= 0.5 * _LITTLE:
        return False
    times = sum(1 for _ in islice(page.root.iter("time"), _MANY_LINKS)) if published else _MANY_LINKS
    return times >= _MANY_LINKS and _heading_links(page.root) >= _MANY_LINKS


def _plays(page: Sources) -> bool:
    all_types = {name for node in page.nodes for name in types(node)}
    return bool(all_types & _AUDIO_TYPES) or _AUDIO_PATH.search(path_of(page.url)) is not None


def is_dated(top: Element | None) -> bool:
    """Say whether one time stands with the headline and the body; a listing has one for each of its articles."""
    if top is None or top.tag in ("body", "html"):
        return False
    times = {time.get("datetime") for time in top.iter("time")}
    return 1 <= len(times) <= 2


def _refuse_titles(page: Sources, titles: list[str]) -> None:
    for title in titles:
        if reason := read_wall(title):
            raise NotAnArticle(reason, f"{page.url}: answered 200, but says {title!r}")
    text = text_below(page.root, "p", "div", "button", "span")[:4000] if mass_is_small(page) else ""
    if _CONSENT.search(text):
        raise NotAnArticle(Reason.CONSENT_WALL, f"{page.url}: the page asks for consent and gives no article")
    if _NOT_FOUND.search(text[:1500]):
        raise NotAnArticle(Reason.SOFT_404, f"{page.url}: answered 200, but says that there is no such page")


def mass_is_small(page: Sources) -> bool:
    """Say whether a page has few elements, as walls and errors have."""
    return sum(1 for _ in page.root.iter("p", "li", "h2", "h3")) < 40


def _heading_links(top: Element) -> int:
    """Count the links that are headings, or stand in one, as far as it matters how many they are."""
    links = (link for link in top.iter("a") if link.get("href") and _is_heading(link))
    return sum(1 for _ in islice(links, _MANY_LINKS))


def _is_heading(link: Element) -> bool:
    around = islice(link.iterancestors(), _NEAR)
    return any(element.tag in _HEADINGS for element in around) or any(child.tag in _HEADINGS for child in link)


def _is_listing(page: Sources, mass: Mass, top: Element, *, dated: bool) -> bool:
    all_types = {name for node in page.nodes for name in types(node)}
    if all_types & _LISTING_TYPES and not dated:
        return True
    body = page.root.find("body")
    classes = set((body.get("class") or "").split()) if body is not None else set()
    if classes & _LISTING_CLASSES and not classes & _SINGLE_CLASSES:
        return True
    if dated or mass.page >= 3 * _LITTLE:
        return False
    path = path_of(page.url)
    if path in ("", "/") or _LISTING_PATH.search(path):
        return mass.page < _LITTLE or _heading_links(top) >= _MANY_LINKS
    longest = max(mass.own.values(), default=0)
    links = _heading_links(top) if longest < 0.5 * _LITTLE else 0
    return links >= _MANY_LINKS or (links >= _SOME_LINKS and links >= len(mass.own))
