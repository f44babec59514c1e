"""Punjab Kesari: it has no feed; standard markup only."""

from crawler.discovery.listing import NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class PunjabKesariSpider(OutletSpider):
    name = "punjab_kesari"
    outlet = Outlet(
        slug="punjab_kesari",
        name="पंजाब केसरी",
        english="Punjab Kesari",
        hosts=("www.punjabkesari.in",),
        group="newspaper",
        article=r"/international/news/.+-(?P<number>\d{5,})$",
        article_evidence="code",
        signatures=("पंजाब केसरी", "Punjab Kesari"),
    )
    listings = (
        NewsSitemap(url="https://www.punjabkesari.in/sitemap/news.xml", evidence="unverified"),
        Section(url="https://www.punjabkesari.in/international", evidence="unverified"),
    )
