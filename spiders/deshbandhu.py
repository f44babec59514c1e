"""Deshbandhu: one feed of all sections; some foreign news is under /featured-news/, among domestic news."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class DeshbandhuSpider(OutletSpider):
    name = "deshbandhu"
    outlet = Outlet(
        slug="deshbandhu",
        name="देशबन्धु",
        english="Deshbandhu",
        hosts=("www.deshbandhu.co.in",),
        group="newspaper",
        article=r"/international/.+-(?P<number>\d{5,})/?$",
        article_evidence="unverified",
        signatures=("देशबन्धु", "देशबंधु", "Deshbandhu"),
    )
    listings = (
        Feed(url="https://www.deshbandhu.co.in/feed", evidence="code"),
        Section(url="https://www.deshbandhu.co.in/international", evidence="unverified"),
    )
