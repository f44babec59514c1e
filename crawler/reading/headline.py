"""The headline of a page: which of its titles is the article's own."""

from crawler.items import Source
from crawler.reading.designs import texts
from crawler.reading.json_ld import text_of
from crawler.reading.junk import folded
from crawler.reading.lines import text_in
from crawler.reading.metadata import Sources
from crawler.reading.outlet import Design
from crawler.reading.refusal import NotAnArticle
from crawler.reading.titles import is_same_headline, without_site_name


def read_headline(page: Sources, design: Design | None) -> tuple[str, Source]:
    """Return the headline as printed, and where it was read; raise NotAnArticle for a page that has none.

    What the page prints wins: JSON-LD cuts long headlines and puts the outlet's name before them. It is named as the
    source where it says the same, and it is taken where no printed title is the page's own.
    """
    told = text_of(page.node.get("headline"))
    selected = texts(page.root, design.headline if design else None)
    printed = text_in(page.h1) if page.h1 is not None else None
    if printed and told and not is_same_headline(printed, told) and not _is_titled(page, printed):
        printed = None
    offers: list[tuple[str | None, Source]] = [
        (selected[0] if selected else None, "selector"),
        (printed, "generic"),
        (told, "json-ld"),
        (page.meta("og:title", "twitter:title"), "meta"),
        (page.title, "meta"),
        (page.announced, "feed"),
    ]
    for text, source in offers:
        if text and told and folded(text) == folded(told):
            return text, "json-ld"
        if text:
            return (without_site_name(text) if source == "meta" else text), source
    raise NotAnArticle("no-headline", f"{page.url}: no headline in JSON-LD, h1 or meta tags")


def _is_titled(page: Sources, text: str) -> bool:
    titles = (page.title, page.meta("og:title"))
    return any(title and is_same_headline(text, title) for title in titles)
