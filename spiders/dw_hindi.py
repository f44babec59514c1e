"""DW Hindi: no feed; server-rendered React with JSON-LD, plain HTML before 2023. All of it is foreign news."""

from crawler.discovery.listing import NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class DwHindiSpider(OutletSpider):
    name = "dw_hindi"
    outlet = Outlet(
        slug="dw_hindi",
        name="डॉयचे वेले हिन्दी",
        english="DW Hindi",
        hosts=("www.dw.com/hi", "amp.dw.com/hi", "m.dw.com/hi"),
        group="public",
        article=r"/hi/[^/]+/a-(?P<number>\d+)$",
        article_evidence="page",
        signatures=("डॉयचे वेले", "डीडब्ल्यू", "DW", "Deutsche Welle"),
    )
    listings = (
        NewsSitemap(url="https://www.dw.com/hi/news-sitemap.xml", evidence="unverified"),
        Section(
            url="https://www.dw.com/hi/%E0%A4%A6%E0%A5%81%E0%A4%A8%E0%A4%BF%E0%A4%AF%E0%A4%BE/s-11921",
            evidence="unverified",
            links="main a, #bodyContent a",
            next_page="https://www.dw.com/hi/%E0%A4%A6%E0%A5%81%E0%A4%A8%E0%A4%BF%E0%A4%AF%E0%A4%BE/s-11921/page-{page}",
            pages=2,
        ),
    )
