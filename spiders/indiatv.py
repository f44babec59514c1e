"""India TV Hindi: server-rendered HTML with JSON-LD."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class IndiatvSpider(OutletSpider):
    name = "indiatv"
    outlet = Outlet(
        slug="indiatv",
        name="इंडिया टीवी",
        english="India TV",
        hosts=("www.indiatv.in", "indiatv.in", "m.indiatv.in"),
        group="television",
        article=r"/world/(?:[\w-]+/)?[^/]+-\d{4}-\d\d-\d\d-(?P<number>\d+)/?$",
        article_evidence="code",
        signatures=("इंडिया टीवी", "India TV", "India TV Hindi Desk", "India TV News Desk"),
    )
    listings = (
        Feed(url="https://www.indiatv.in/rssnews/topstory-world.xml", evidence="code"),
        NewsSitemap(url="https://www.indiatv.in/xmlsitemap/news-sitemap-index.xml", evidence="unverified"),
        NewsSitemap(
            url="https://www.indiatv.in/xmlsitemap/sitemap/generic-articles-{date:%Y-%m-%d}.xml", evidence="code"
        ),
        Section(
            url="https://www.indiatv.in/world",
            evidence="unverified",
            next_page="https://www.indiatv.in/world?page={page}",
            pages=2,
        ),
    )
