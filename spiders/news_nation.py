"""News Nation: feeds by category."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class NewsNationSpider(OutletSpider):
    name = "news_nation"
    outlet = Outlet(
        slug="news_nation",
        name="न्यूज़ नेशन",
        english="News Nation",
        hosts=("www.newsnationtv.com", "newsnationtv.com"),
        group="television",
        article=r"/world/.+-(?P<number>\d{5,})(?:\.html)?$",
        article_evidence="unverified",
        signatures=("न्यूज नेशन", "News Nation Bureau", "न्यूज नेशन ब्यूरो"),
    )
    listings = (
        Feed(url="https://www.newsnationtv.com/rss/categories/world", evidence="code"),
        NewsSitemap(url="https://www.newsnationtv.com/news-sitemap.xml", evidence="unverified"),
        Section(url="https://www.newsnationtv.com/world", evidence="unverified"),
    )
