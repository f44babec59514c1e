"""Republic Bharat: one news sitemap per day; its feeds are a month old. Its older host has another section name."""

from datetime import date

from crawler.discovery.listing import NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class RepublicBharatSpider(OutletSpider):
    name = "republic_bharat"
    outlet = Outlet(
        slug="republic_bharat",
        name="रिपब्लिक भारत",
        english="Republic Bharat",
        hosts=("www.republicbharat.com", "bharat.republicworld.com"),
        group="television",
        article=r"/(?:world|world-news/[\w-]+)/[^/-]+(?:-+[^/-]+){2,}/?$",
        article_evidence="unverified",
        designs=(
            Design(
                evidence="page",
                until=date(2023, 12, 31),
                headline="h1.story-title",
                deck="h2.story-description",
                byline='.author a[href*="/author/"]',
                body=".storytext",
            ),
        ),
        signatures=("रिपब्लिक भारत", "Republic Bharat", "Digital Desk"),
    )
    listings = (
        NewsSitemap(url="https://www.republicbharat.com/sitemap/news-sitemap-{date:%Y%m%d}.xml", evidence="code"),
        Section(url="https://www.republicbharat.com/world", evidence="unverified"),
    )
