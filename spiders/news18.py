"""News18 Hindi: dates in its older feed are not in the format of RFC 822."""

from datetime import date

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class News18Spider(OutletSpider):
    name = "news18"
    outlet = Outlet(
        slug="news18",
        name="न्यूज़18 हिंदी",
        english="News18 Hindi",
        hosts=("hindi.news18.com", "m.hindi.news18.com"),
        group="television",
        article=r"/news/world/.+-(?P<number>\d{6,})\.html$",
        article_evidence="page",
        designs=(
            Design(
                evidence="code",
                headline=".article_section h1",
                junk='.outsreamAd, div[class*="Had300x250"], .inner-ad',
            ),
            Design(
                evidence="code",
                until=date(2021, 12, 31),
                body="#article .storypara",
                junk=".outsreamAd",
            ),
        ),
        signatures=("न्यूज18", "न्यूज़18 हिंदी", "News18 Hindi", "News18Hindi"),
    )
    listings = (
        Feed(url="https://hindi.news18.com/commonfeeds/v1/hin/rss/world.xml", evidence="code"),
        NewsSitemap(url="https://hindi.news18.com/allstory-sitemap-data.xml", evidence="code"),
        Section(
            url="https://hindi.news18.com/news/world/",
            evidence="code",
            links=".hotTopic a, main a",
            next_page="https://hindi.news18.com/news/world/page-{page}/",
            pages=2,
        ),
    )
