"""The Wire Hindi: WordPress; foreign news is the category दुनिया."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class TheWireSpider(OutletSpider):
    name = "the_wire"
    outlet = Outlet(
        slug="the_wire",
        name="द वायर हिन्दी",
        english="The Wire Hindi",
        hosts=("thewirehindi.com",),
        group="digital",
        article=r"/(?P<number>\d+)/[^/]+/?$",
        article_evidence="unverified",
        twins=((r"/amp/?$", "/"),),
        amp=(r"/?$", "/amp/"),
        signatures=("द वायर", "द वायर स्टाफ", "The Wire Staff"),
    )
    listings = (
        Feed(url="https://thewirehindi.com/category/duniya/feed/", evidence="unverified"),
        Feed(url="https://thewirehindi.com/feed/", evidence="code", scope="all"),
        Section(
            url="https://thewirehindi.com/category/duniya/",
            evidence="code",
            next_page="https://thewirehindi.com/category/duniya/page/{page}/",
            pages=2,
        ),
    )
