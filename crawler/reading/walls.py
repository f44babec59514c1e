"""Refuse pages that hold no article: web stories, live television, products, listings, errors, consent walls."""

from typing import NoReturn

from crawler.reading.body import Report
from crawler.reading.consent import asks_for_consent, mentions_consent, names_cookies
from crawler.reading.json_ld import text_of
from crawler.reading.main_content import Mass
from crawler.reading.metadata import Sources, is_same_headline
from crawler.reading.teasers import MANY, count_linked, count_teasers, is_bare_list, is_list_of_teasers
from crawler.reading.tree import Element, has, text_below, text_of_element
from crawler.reading.wall_paths import may_list, may_play, refused_path
from crawler.reading.wall_titles import (
    names_audio,
    names_listing,
    names_live_channel,
    names_outlets_page,
    names_product,
    read_wall,
    says_not_found,
)
from crawler.reasons import NotAnArticle, Reason
from crawler.url_parts import path_of

_PRODUCT_TYPES = frozenset(("Product", "ProductGroup", "Vehicle", "Car", "IndividualProduct", "ProductModel"))
_LISTING_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"))
_LISTING_CLASSES = frozenset(
    ("archive", "category", "tag", "search", "search-results", "home", "author", "date", "blog")
)
_SINGLE_CLASSES = frozenset(("single", "single-post", "page"))
_MICRODATA_PRODUCT = has("//@itemtype[contains(., 'schema.org/Product')]")
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
_LONG = 1500
"""Letters of a body above which it is a report, whatever else the page does."""
_ONE_LINE = 120
_LONG_LINE = 200
"""Letters of a paragraph that is more than a line about a topic."""
_LITTLE = 400
"""Letters below which a page with an error's or a wall's title has no article beside it."""
_SECTION_NAME = 2
"""Words of a section's name: विदेश, दुनिया, World News."""
_SEVERAL = 3
"""Articles in JSON-LD that are those of a list, where none of them is the page's own."""


def refuse_wall(page: Sources) -> None:
    """Raise NotAnArticle for a page that its address, title or tags show to be no article, before it is read."""
    addresses = (page.url, page.meta("og:url"), *page.canonical)
    paths = dict.fromkeys(path_of(address) for address in dict.fromkeys(addresses) if address)
    if page.is_web_story:
        raise NotAnArticle(Reason.WEB_STORY, f"{page.url}: {Reason.WEB_STORY.meaning}")
    for reason in map(refused_path, paths):
        if reason:
            raise NotAnArticle(reason, f"{page.url}: {reason.meaning}")
    if not page.node and page.types & _PRODUCT_TYPES:
        raise NotAnArticle(Reason.PRODUCT, f"{page.url}: the page describes a product")


def refuse_little(page: Sources, mass: Mass, top: Element | None, *, dated: bool) -> None:
    """Raise NotAnArticle for a page whose text, titles and links show a listing, a product, an error or a wall.

    `top` is the element that holds the headline and what the generic reader takes for the body.
    """
    if page.node:
        return
    titles = [title for title in (page.h1_text, page.title) if title]
    little = _LITTLE if dated else 2 * _LITTLE
    if mass.page < little and any(map(names_live_channel, titles)):
        raise NotAnArticle(Reason.LIVE_TV, f"{page.url}: {titles[0]!r} shows a live channel")
    if mass.page < _LITTLE:
        _refuse_titles(page, titles, mass)
    if not dated and any(map(names_outlets_page, titles)):
        raise NotAnArticle(Reason.ABOUT_OUTLET, f"{page.url}: {titles[0]!r} is a page about the outlet, without a date")
    if not dated and (any(map(names_product, titles)) or (mass.page < 3 * _LITTLE and _MICRODATA_PRODUCT(page.root))):
        raise NotAnArticle(Reason.PRODUCT, f"{page.url}: {titles[0]!r} is the page of a product, without a date")
    if any(map(names_listing, titles)) or _is_listing(page, mass, page.root if top is None else top, dated=dated):
        raise NotAnArticle(Reason.LISTING, f"{page.url}: the page lists articles and holds none")


def refuse_empty(page: Sources, headline: str) -> NoReturn:
    """Raise NotAnArticle for a page on which no text of an article was found."""
    if not _says_article(page) and _og_type(page) != "article" and is_bare_list(page.root):
        raise NotAnArticle(Reason.LISTING, f"{page.url}: {headline!r} stands over titles of articles, and has no text")
    raise NotAnArticle(Reason.NO_BODY, f"{page.url}: {headline!r} has no paragraph of text that the reader found")


def refuse_read(page: Sources, headline: str, report: Report, published: str | None) -> None:
    """Raise NotAnArticle if the text read as the body is that of a banner, of teasers, or the line of a programme.

    `published` is the page's time of publication.
    """
    blocks = report.body.blocks
    letters = sum(len(block.text) for block in blocks)
    may_ask = letters < _LONG and names_cookies("\n".join([block.text for block in blocks]))
    if may_ask and 2 * sum(len(block.text) for block in blocks if asks_for_consent(block.text)) > letters:
        raise NotAnArticle(Reason.CONSENT_WALL, f"{page.url}: its text asks for consent to cookies")
    if _says_article(page):
        return
    if len(headline.split()) <= _SECTION_NAME and letters < _LITTLE:
        raise NotAnArticle(
            Reason.LISTING, f"{page.url}: {headline!r} names a section, and the page holds {letters} letters"
        )
    if letters < _LONG and (_plays(page) or names_audio(headline)):
        raise NotAnArticle(Reason.AUDIO, f"{page.url}: {headline!r} is a podcast or a programme")
    if is_list_of_teasers(page.root, page.h1, report.passage.lines, blocks):
        raise NotAnArticle(Reason.LISTING, f"{page.url}: its text is that of teasers, and no article is in JSON-LD")
    if published:
        return
    is_short = letters < _LITTLE and max(len(block.text) for block in blocks) < _LONG_LINE
    if is_short and _teasers_around(page, report) >= MANY:
        raise NotAnArticle(
            Reason.LISTING, f"{page.url}: teasers follow {letters} letters, and no article is in JSON-LD"
        )
    if len(blocks) == 1 and letters < _ONE_LINE and (page.nodes or not _is_titled(page, headline)):
        raise NotAnArticle(Reason.NO_BODY, f"{page.url}: {headline!r} has one line of text, and no article in JSON-LD")


def _is_titled(page: Sources, headline: str) -> bool:
    """Return whether the title of a page repeats the headline; that of an error or of a gate is the outlet's name."""
    title = page.title or ""
    return len(title.split()) > _SECTION_NAME and is_same_headline(title, headline)


def _teasers_around(page: Sources, report: Report) -> int:
    return count_teasers(page.root) if _og_type(page) == "website" else count_linked(report.passage.lines)


def _says_article(page: Sources) -> bool:
    """Return whether a page states that it holds an article: by a time in its meta tags, or by JSON-LD about this page.

    JSON-LD of a listing describes each of the articles that are listed.
    """
    if page.meta("article:published_time", "og:article:published_time"):
        return True
    return bool(page.node) and (len(page.articles) < _SEVERAL or _is_own(page))


def _is_own(page: Sources) -> bool:
    """Return whether the node taken for the page's own has its headline or its address."""
    headline = page.stated_headline or text_of(page.node.get("name")) or ""
    titles = [page.meta("og:title"), page.title, page.h1_text]
    addresses = [page.node.get(key) for key in ("url", "@id", "mainEntityOfPage")]
    return any(title and is_same_headline(headline, title) for title in titles) or any(
        isinstance(address, str) and path_of(address) == path_of(page.url) for address in addresses
    )


def _og_type(page: Sources) -> str:
    return (page.meta("og:type") or "").lower()


def _plays(page: Sources) -> bool:
    return bool(page.types & _AUDIO_TYPES) or may_play(path_of(page.url))


def is_dated(top: Element | None) -> bool:
    """Return whether one or two times stand with headline and body; a listing has one for each of its articles."""
    if top is None or top.tag in ("body", "html"):
        return False
    times = {time.get("datetime") for time in top.iter("time")}
    return 1 <= len(times) <= 2


def _refuse_titles(page: Sources, titles: list[str], mass: Mass) -> None:
    for title in titles:
        if reason := read_wall(title):
            raise NotAnArticle(reason, f"{page.url}: answered 200, but says {title!r}")
    text = text_below(page.root, "p", "div", "button", "span")[:4000] if _is_small(page) else ""
    if mentions_consent(text) and _size_of_others(mass) < _ONE_LINE:
        raise NotAnArticle(Reason.CONSENT_WALL, f"{page.url}: the page asks for consent and gives no article")
    if says_not_found(text[:1500]):
        raise NotAnArticle(Reason.SOFT_404, f"{page.url}: answered 200, but says that there is no such page")


def _size_of_others(mass: Mass) -> float:
    """Return how many letters stand in elements that do not name cookies."""
    return sum(size for element, size in mass.own.items() if not names_cookies(text_of_element(element)))


def _is_small(page: Sources) -> bool:
    """Return whether a page has few elements, as walls and errors have."""
    return sum(1 for _ in page.root.iter("p", "li", "h2", "h3")) < 40


def _is_listing(page: Sources, mass: Mass, top: Element, *, dated: bool) -> bool:
    if page.types & _LISTING_TYPES and not dated:
        return True
    body = next(page.root.iterchildren("body"), None)
    classes = set((body.get("class") or "").split()) if body is not None else set()
    if classes & _LISTING_CLASSES and not classes & _SINGLE_CLASSES:
        return True
    if dated or mass.page >= 3 * _LITTLE:
        return False
    path = path_of(page.url)
    if may_list(path):
        return mass.page < _LITTLE or count_teasers(top) >= MANY
    return False
