"""Sputnik Hindi: all sections share one form of URL; without `hindi.` the host is the English edition."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class SputnikSpider(OutletSpider):
    name = "sputnik"
    outlet = Outlet(
        slug="sputnik",
        name="स्पूतनिक",
        english="Sputnik",
        hosts=("hindi.sputniknews.in",),
        group="public",
        article=r"/\d{8}/.+-(?P<number>\d{5,})\.html$",
        article_evidence="page",
        signatures=("स्पूतनिक", "Sputnik भारत", "Sputnik", "स्पूतनिक भारत"),
    )
    listings = (
        Feed(url="https://hindi.sputniknews.in/export/rss2/archive/index.xml", evidence="unverified"),
        NewsSitemap(url="https://hindi.sputniknews.in/sitemap_news.xml", evidence="unverified"),
        Section(url="https://hindi.sputniknews.in/world/", evidence="unverified"),
    )
