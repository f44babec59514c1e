"""Patrika: feeds by section from its CMS; articles are read from JSON-LD."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class PatrikaSpider(OutletSpider):
    name = "patrika"
    outlet = Outlet(
        slug="patrika",
        name="पत्रिका",
        english="Patrika",
        hosts=("www.patrika.com",),
        group="newspaper",
        article=r"/world-news/.+-(?P<number>\d+)$",
        article_evidence="page",
        signatures=("पत्रिका", "पत्रिका डेस्क", "Patrika Desk"),
    )
    listings = (
        Feed(url="https://cms.patrika.com/googlefeed/blog/category/world-news", evidence="code"),
        NewsSitemap(url="https://www.patrika.com/google-news-sitemap-v1.xml", evidence="code"),
        Section(url="https://www.patrika.com/world-news", evidence="unverified"),
    )
