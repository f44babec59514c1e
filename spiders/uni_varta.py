"""UNI Varta: the agency itself, so its reports carry no credit."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class UniVartaSpider(OutletSpider):
    name = "uni_varta"
    outlet = Outlet(
        slug="uni_varta",
        name="यूनीवार्ता",
        english="Univarta",
        hosts=("www.univarta.com",),
        group="agency",
        article=r"/news/(?:world|international)/story/(?P<number>\d+)\.html$",
        article_evidence="code",
        signatures=("यूनीवार्ता", "वार्ता", "UNI"),
    )
    listings = (
        Feed(url="https://www.univarta.com/rss", evidence="code"),
        Section(url="https://www.univarta.com/world", evidence="unverified"),
    )
