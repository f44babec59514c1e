"""Zee News Hindi: its feed of foreign news has no dates, includes other sections, and rejects crawlers."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class ZeeSpider(OutletSpider):
    name = "zee"
    outlet = Outlet(
        slug="zee",
        name="ज़ी न्यूज़ हिंदी",
        english="Zee News Hindi",
        hosts=("zeenews.india.com/hindi",),
        group="television",
        article=r"/hindi/world/.+/(?P<number>\d{5,})/?$",
        article_evidence="page",
        twins=((r"/hindi/amp/", "/hindi/"),),
        amp=(r"/hindi/", "/hindi/amp/"),
        designs=(Design(evidence="code", body=".content .article", junk=".article-image-block"),),
        signatures=("ज़ी न्यूज़ डेस्क", "Zee News Desk", "ज़ी हिंदुस्तान"),
    )
    listings = (
        Feed(url="https://zeenews.india.com/hindi/world.xml", evidence="code"),
        NewsSitemap(url="https://zeenews.india.com/hindi/sitemaps/news-sitemap.xml", evidence="code"),
        Section(url="https://zeenews.india.com/hindi/world", evidence="code"),
    )
