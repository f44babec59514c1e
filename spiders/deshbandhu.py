"""Deshbandhu: nothing of it was seen in public code; standard markup only."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class DeshbandhuSpider(OutletSpider):
    name = "deshbandhu"
    outlet = Outlet(
        slug="deshbandhu",
        name="देशबन्धु",
        hosts=("www.deshbandhu.co.in",),
        group="newspaper",
        article=r"/international/.+-(?P<number>\d{4,})-1$|/international/[^/-]+(?:-+[^/-]+){2,}/?$",
        article_evidence="unverified",
        signatures=("देशबन्धु", "देशबंधु", "Deshbandhu"),
    )
    listings = (
        Feed(url="https://www.deshbandhu.co.in/rss/international.xml", evidence="unverified"),
        Section(url="https://www.deshbandhu.co.in/international", evidence="unverified"),
    )
