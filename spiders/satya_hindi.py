"""Satya Hindi: a small newsroom with one feed of all sections."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class SatyaHindiSpider(OutletSpider):
    name = "satya_hindi"
    outlet = Outlet(
        slug="satya_hindi",
        name="सत्य हिन्दी",
        english="Satya Hindi",
        hosts=("www.satyahindi.com", "satyahindi.com"),
        group="digital",
        article=r"/(?:duniya|world-news|world)/(?:.+-(?P<number>\d{5,})(?:\.html)?|[^/-]+(?:-+[^/-]+){2,})/?$",
        article_evidence="unverified",
        signatures=("सत्य ब्यूरो", "सत्य हिन्दी", "Satya Hindi"),
    )
    listings = (
        Feed(url="https://www.satyahindi.com/rss", evidence="code"),
        Section(url="https://www.satyahindi.com/duniya", evidence="unverified"),
    )
