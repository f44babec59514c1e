"""Punjab Kesari: nothing of it was seen in public code; standard markup only."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class PunjabKesariSpider(OutletSpider):
    name = "punjab_kesari"
    outlet = Outlet(
        slug="punjab_kesari",
        name="पंजाब केसरी",
        hosts=("www.punjabkesari.in",),
        group="newspaper",
        article=r"/(?:international|world-news)/news/.+-(?P<number>\d{5,})$",
        article_evidence="unverified",
        signatures=("पंजाब केसरी", "Punjab Kesari"),
    )
    listings = (
        Feed(url="https://www.punjabkesari.in/rss/world", evidence="unverified"),
        NewsSitemap(url="https://www.punjabkesari.in/sitemap/news.xml", evidence="unverified"),
        Section(url="https://www.punjabkesari.in/world-news", evidence="unverified"),
    )
