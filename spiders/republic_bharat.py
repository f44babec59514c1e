"""Republic Bharat: a news sitemap a day."""

from crawler.discovery.listing import NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class RepublicBharatSpider(OutletSpider):
    name = "republic_bharat"
    outlet = Outlet(
        slug="republic_bharat",
        name="रिपब्लिक भारत",
        hosts=("www.republicbharat.com", "bharat.republicworld.com"),
        group="television",
        article=r"/world/[^/-]+(?:-+[^/-]+){2,}/?$",
        article_evidence="unverified",
        signatures=("रिपब्लिक भारत", "Republic Bharat", "Digital Desk"),
    )
    listings = (
        NewsSitemap(url="https://www.republicbharat.com/sitemap/news-sitemap-{date:%Y%m%d}.xml", evidence="code"),
        Section(url="https://www.republicbharat.com/world", evidence="unverified"),
    )
