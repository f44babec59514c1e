"""Write listings of our own, and read them."""

from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.discovery.read_listing import read_listing

URL = "https://example.in/listing"
FEED = Feed(url=URL, evidence="page")
SITEMAP = NewsSitemap(url=URL, evidence="page")
SECTION = Section(url=URL, evidence="page", next_page="https://example.in/world/page-{page}", pages=3)


def read(listing: Listing, body: bytes, page: int = 1) -> tuple[list[Link], list[Further], str | None]:
    links: list[Link] = []
    further: list[Further] = []
    try:
        for found in read_listing(listing, Further(url=URL, page=page), body, URL):
            if isinstance(found, Link):
                links.append(found)
            else:
                further.append(found)
    except ListingError as error:
        return links, further, error.reason
    return links, further, None


def rss(*items: str) -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{body}</channel></rss>'.encode()


def urlset(*entries: str) -> bytes:
    body = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'.encode()
