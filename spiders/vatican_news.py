"""Vatican News in Hindi: times are in the zone of Rome."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class VaticanNewsSpider(OutletSpider):
    name = "vatican_news"
    outlet = Outlet(
        slug="vatican_news",
        name="वाटिकन न्यूज़",
        english="Vatican News",
        hosts=("www.vaticannews.va/hi",),
        group="public",
        article=r"/hi/(?:world|vatican-city|pope|church)/news/\d{4}-\d\d/[^/]+\.html$",
        article_evidence="page",
        time_zone="Europe/Rome",
        signatures=("वाटिकन न्यूज", "वाटिकन न्यूज़", "Vatican News", "वाटिकन रेडियो"),
    )
    listings = (
        Feed(url="https://www.vaticannews.va/hi.rss.xml", evidence="unverified"),
        Section(url="https://www.vaticannews.va/hi/world.html", evidence="unverified"),
    )
