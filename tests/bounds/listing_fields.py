"""The fields of feeds, sitemaps, section pages and robots.txt that are read, found by tracing their readers."""

import html
from collections.abc import Callable, Iterator
from functools import cache, partial

import protego._protego as protego

from crawler.authoring.site import read_sitemaps
from crawler.discovery.links import Further, Listing, ListingError
from crawler.discovery.read_listing import read_listing
from crawler.discovery.sections import Section
from crawler.discovery.xml_listing import Feed, NewsSitemap
from tests.bounds.field import URL, Field, element
from tests.bounds.tracing import traced

LISTING = "https://khabar.example/listing"
FEED = Feed(url=LISTING, evidence="page")
SITEMAP = NewsSitemap(url=LISTING, evidence="page")
SECTION = Section(url=LISTING, evidence="page", links="a")

# By kind of entry: its listing, the document around it, and the element with its URL.
ENTRIES: dict[str, tuple[Listing, str, str]] = {
    "item": (FEED, "<rss version='2.0'><channel>{}</channel></rss>", "<link>https://khabar.example/1</link>"),
    "entry": (FEED, "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", "<link href='https://khabar.example/1'/>"),
    "url": (SITEMAP, "<urlset>{}</urlset>", "<loc>https://khabar.example/1</loc>"),
    "sitemap": (SITEMAP, "<sitemapindex>{}</sitemapindex>", "<loc>https://khabar.example/1</loc>"),
}
FORMS = {
    "attributes": "<link href='{}' rel='{}' type='{}'/>",
    "prefix": "<a:{} b='x'>x</a>",
    "other": "<description>{}</description>",
}
RAW = {
    "markup": "<title>क{}</title>",
    "cdata": "<title><![CDATA[{}]]></title>",
    "tag": "<link {}>x</link>",
    "comment": "<!-- {} -->",
}
"""Places in an entry where characters are not escaped."""
LINKS = {
    "href": "<a href='{}'>x</a>",
    "text": "<a href='/1'>{}</a>",
    "title": "<a href='/1' title='{}'></a>",
    "base": "<base href='{}'><a href='/1'>x</a>",
    "around": "<p>{}</p><a href='/1'>x</a>",
}
LINES = {
    "user-agent": "User-agent: {}\nDisallow: /\n",
    "path": "User-agent: *\nDisallow: /{}\n",
    "comment": "User-agent: *\nDisallow: / # {}\n",
    "directive": "User-agent: *\n{}: /\n",
    "line": "{}\n",
}


def read_links(listing: Listing, body: bytes) -> list[object]:
    """Read a listing as a spider does."""
    found: list[object] = []
    try:
        found.extend(read_listing(listing, Further(url=LISTING), body, LISTING))
    except ListingError as error:
        found.append(error)
    return found


def read_robots(body: bytes) -> object:
    """Read a robots.txt as a crawl does, and as `scrapy discover` does."""
    text = body.decode("utf-8", "replace")
    rules = protego.Protego.parse(text)
    addresses = (URL, f"{URL}?page=2", f"https://khabar.example/{'a' * 2000}")
    return [rules.can_fetch(address, "Videsh") for address in addresses], read_sitemaps(body, URL)


def entries(name: str, inner: str) -> bytes:
    """Return a listing of two entries, the first with more content."""
    _, around, link = ENTRIES[name]
    return around.format(f"<{name}>{inner}{link}</{name}><{name}>{link}</{name}>").encode("utf-8", "surrogatepass")


@cache
def asked() -> dict[str, list[str]]:
    """Return the names of the elements that are looked up in each kind of entry."""
    with traced() as seen:
        for name, (listing, _, _) in ENTRIES.items():
            read_links(listing, entries(name, ""))
    return {name: [field for kind, field in seen if kind == name] for name in ENTRIES}


def _in_entry(name: str, form: str, text: str) -> bytes:
    return entries(name, form.replace("{}", html.escape(text)))


def _with_about(name: str, text: str) -> bytes:
    return entries(name, "").replace(
        f"<{name}>".encode(), element(name, {"about": text}).encode().split(b">")[0] + b">", 1
    )


def _raw_in_entry(name: str, form: str, text: str) -> bytes:
    return entries(name, form.replace("{}", text))


def _around_entries(name: str, form: str, text: str) -> bytes:
    _, around, link = ENTRIES[name]
    whole = around.format(form.replace("ENTRY", f"<{name}>{link}</{name}>").replace("TEXT", text))
    return whole.encode("utf-8", "surrogatepass")


def _formatted(form: str, text: str) -> bytes:
    return form.replace("{}", text).encode("utf-8", "surrogatepass")


def _escaped(form: str, text: str) -> bytes:
    return _formatted(form, html.escape(text))


def listing_fields() -> Iterator[Field]:
    """Yield every field of a feed, a sitemap, an index, a text sitemap and a section page."""
    for name, (listing, _, _) in ENTRIES.items():
        reader: Callable[[bytes], object] = partial(read_links, listing)
        forms = {field: f"<{field}>{{}}</{field}>" for field in asked()[name] if field != "about"} | FORMS
        for field, form in forms.items():
            yield Field((name, field), partial(_in_entry, name, form), reader)
        for field, form in RAW.items():
            yield Field((name, field), partial(_raw_in_entry, name, form), reader)
        yield Field((name, "about"), partial(_with_about, name), reader)
        for field, form in {"before": "TEXTENTRY", "behind": "ENTRYTEXT"}.items():
            yield Field((name, field), partial(_around_entries, name, form), reader)
    for field, form in LINKS.items():
        yield Field(("section", field), partial(_escaped, form), partial(read_links, SECTION))
    lines = "https://khabar.example/1\n{}\n"
    yield Field(("text sitemap", "line"), partial(_formatted, lines), partial(read_links, SITEMAP))
    yield Field(("answer", "anything"), partial(_formatted, "{}"), partial(read_links, SITEMAP))


def robots_fields() -> Iterator[Field]:
    """Yield every directive that the parser of robots.txt knows, and the other places of a robots.txt."""
    directives = {name: f"User-agent: *\n{name}: {{}}\n" for name in sorted(protego._ALL_DIRECTIVES)}
    for name, form in (directives | LINES).items():
        yield Field(("robots.txt", name), partial(_formatted, form), read_robots)
