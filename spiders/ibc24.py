"""IBC24: its feed of all sections has full texts and rejects some clients; it prints many reports of भाषा."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class Ibc24Spider(OutletSpider):
    name = "ibc24"
    outlet = Outlet(
        slug="ibc24",
        name="आईबीसी24",
        english="IBC24",
        hosts=("www.ibc24.in",),
        group="television",
        article=r"/world/.+-(?P<number>\d{5,})\.html$",
        article_evidence="unverified",
        signatures=("आईबीसी24", "IBC24", "IBC24 News Desk"),
    )
    listings = (
        Feed(url="https://www.ibc24.in/world/feed", evidence="unverified"),
        Feed(url="https://www.ibc24.in/feed", evidence="code"),
        NewsSitemap(url="https://www.ibc24.in/news-sitemap.xml", evidence="unverified"),
        Section(url="https://www.ibc24.in/world", evidence="unverified"),
    )
