"""What a listing announces, whatever its kind."""

from collections.abc import Iterator

from crawler.discovery.feeds import read_feed
from crawler.discovery.listing import Feed, Further, Link, Listing, NewsSitemap, Section
from crawler.discovery.sections import read_section
from crawler.discovery.sitemaps import read_sitemap


def find(listing: Listing, further: Further, body: bytes, url: str) -> Iterator[Link | Further]:
    """Yield the links of one address of a listing, and its further addresses.

    Raise ListingError when it cannot be read to its end, after what could be read has been yielded.
    """
    match listing:
        case Feed():
            yield from read_feed(body, url, listing.url)
        case NewsSitemap():
            yield from read_sitemap(body, url, listing.url)
        case Section():
            yield from read_section(body, url, listing, further.page)
        case _:
            raise TypeError(f"{listing.url}: a listing is a Feed, a NewsSitemap or a Section, not {type(listing)}")
