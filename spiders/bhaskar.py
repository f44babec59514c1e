"""Dainik Bhaskar: class names are hashed and change with each release, so only standard markup is read."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class BhaskarSpider(OutletSpider):
    name = "bhaskar"
    outlet = Outlet(
        slug="bhaskar",
        name="दैनिक भास्कर",
        english="Dainik Bhaskar",
        hosts=("www.bhaskar.com", "bhaskar.com", "m.bhaskar.com"),
        group="newspaper",
        article=r"/international/news/.+-(?P<number>\d{6,12})\.html$",
        article_evidence="page",
        signatures=("दैनिक भास्कर", "भास्कर न्यूज", "Dainik Bhaskar", "भास्कर संवाददाता"),
    )
    listings = (
        Feed(url="https://www.bhaskar.com/rss-v1--category-1125.xml", evidence="code"),
        NewsSitemap(url="https://www.bhaskar.com/sitemaps-v1--sitemap-google-news-index.xml", evidence="code"),
        Section(url="https://www.bhaskar.com/international/", evidence="code"),
    )
