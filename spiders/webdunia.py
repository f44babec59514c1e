"""Webdunia: plain HTML from its own publishing system."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class WebduniaSpider(OutletSpider):
    name = "webdunia"
    outlet = Outlet(
        slug="webdunia",
        name="वेबदुनिया",
        english="Webdunia",
        hosts=("hindi.webdunia.com",),
        group="digital",
        article=r"/(?:international|world)[^/]*/.+-(?P<number>\d{9,})_1\.html?$",
        article_evidence="code",
        signatures=("वेबदुनिया", "वेबदुनिया न्यूज डेस्क", "WD"),
    )
    listings = (
        Feed(url="https://hindi.webdunia.com/rss/news.rss", evidence="code"),
        NewsSitemap(url="https://hindi.webdunia.com/sitemap-news.xml", evidence="unverified"),
        Section(url="https://hindi.webdunia.com/international-hindi-news", evidence="unverified"),
    )
