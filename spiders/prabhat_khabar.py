"""Prabhat Khabar: WordPress; its datelines have a space before the colon."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class PrabhatKhabarSpider(OutletSpider):
    name = "prabhat_khabar"
    outlet = Outlet(
        slug="prabhat_khabar",
        name="प्रभात खबर",
        english="Prabhat Khabar",
        hosts=("www.prabhatkhabar.com",),
        group="newspaper",
        article=r"/world/[^/-]+(?:-+[^/-]+){2,}/?$",
        article_evidence="unverified",
        signatures=("प्रभात खबर", "Prabhat Khabar", "Prabhat Khabar Digital Desk"),
    )
    listings = (
        Feed(url="https://www.prabhatkhabar.com/world/feed", evidence="code"),
        Feed(url="https://www.prabhatkhabar.com/feed", evidence="code"),
        NewsSitemap(url="https://www.prabhatkhabar.com/news-sitemap.xml", evidence="unverified"),
        Section(url="https://www.prabhatkhabar.com/world", evidence="unverified"),
    )
