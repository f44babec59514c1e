"""Write listings of three entries, of which the second may be bad, and read them."""

from crawler.discovery.links import Further, Link, Listing, ListingError
from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.discovery.read_listing import read_listing

BASE = "https://khabar.example"
URL = f"{BASE}/listing"
FEED, SITEMAP, SECTION = (kind(url=URL, evidence="page") for kind in (Feed, NewsSitemap, Section))
FIRST, SECOND, THIRD = f"{BASE}/विदेश/आंधी-401", f"{BASE}/world/flood-402", f"{BASE}/विदेश/पुल-403"
Read = tuple[list[Link], str | None, list[str]]


def read(listing: Listing, body: bytes | str, encoding: str | None = None) -> Read:
    """Return the links of a listing, the reason of its ListingError or None, and the skipped entries."""
    links: list[Link] = []
    skipped: list[str] = []
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    try:
        for found in read_listing(listing, Further(url=URL), raw, URL, encoding=encoding, skipped=skipped):
            assert isinstance(found, Link)
            links.append(found)
    except ListingError as error:
        return links, str(error.reason), skipped
    return links, None, skipped


def urls(links: list[Link]) -> list[str]:
    return [link.url for link in links]


def rss(middle: str) -> str:
    """Return a feed of three entries, the second with the given content."""
    first = f"<item><title>वरुणपुर में आंधी</title><link>{FIRST}</link></item>"
    third = f"<item><title>पुल खुला</title><link>{THIRD}</link></item>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>खबर</title>'
        f"<link>{BASE}</link>{first}<item>{middle}</item>{third}</channel></rss>"
    )


def atom(middle: str) -> str:
    entries = [f'<title>क</title><link href="{FIRST}"/>', middle, f'<title>ग</title><link href="{THIRD}"/>']
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="{BASE}"/>{body}</feed>'


def urlset(middle: str) -> str:
    entries = [f"<loc>{FIRST}</loc>", middle, f"<loc>{THIRD}</loc>"]
    body = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'


def section(middle: str) -> str:
    return f'<html><body><a href="{FIRST}">आंधी</a>{middle}<a href="{THIRD}">पुल</a></body></html>'
