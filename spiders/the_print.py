"""ThePrint Hindi: WordPress; it prints many reports of भाषा."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class ThePrintSpider(OutletSpider):
    name = "the_print"
    outlet = Outlet(
        slug="the_print",
        name="दिप्रिंट हिंदी",
        english="ThePrint Hindi",
        hosts=("hindi.theprint.in",),
        group="digital",
        article=r"/world/.+/(?P<number>\d+)/?$",
        article_evidence="unverified",
        signatures=("दिप्रिंट", "दिप्रिंट टीम", "ThePrint Team", "ThePrint"),
    )
    listings = (
        Feed(url="https://hindi.theprint.in/category/world/feed/", evidence="code"),
        Feed(url="https://hindi.theprint.in/feed/", evidence="code"),
        Section(
            url="https://hindi.theprint.in/category/world/",
            evidence="unverified",
            next_page="https://hindi.theprint.in/category/world/page/{page}/",
            pages=2,
        ),
    )
