"""Global Voices in Hindi: WordPress; all of it is foreign news."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class GlobalVoicesSpider(OutletSpider):
    name = "global_voices"
    outlet = Outlet(
        slug="global_voices",
        name="ग्लोबल वॉयसेज़",
        english="Global Voices",
        hosts=("hi.globalvoices.org",),
        group="digital",
        article=r"/\d{4}/\d\d/(?:\d\d/)?(?P<number>\d+)/?$",
        article_evidence="unverified",
        time_zone="UTC",
        signatures=("ग्लोबल वॉयसेज़", "Global Voices", "ग्लोबल वॉयसेज हिन्दी"),
    )
    listings = (
        Feed(url="https://hi.globalvoices.org/feed/", evidence="code"),
        Section(
            url="https://hi.globalvoices.org/",
            evidence="unverified",
            links="main a, article a, .post-excerpt-container a",
            next_page="https://hi.globalvoices.org/page/{page}/",
            pages=2,
        ),
    )
