"""UN News in Hindi: all of it is international; times are in the zone of New York."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class UnNewsSpider(OutletSpider):
    name = "un_news"
    outlet = Outlet(
        slug="un_news",
        name="यूएन समाचार",
        english="UN News",
        hosts=("news.un.org/hi",),
        group="public",
        article=r"/hi/(?:story|interview)/\d{4}/\d\d/(?P<number>\d+)$",
        article_evidence="unverified",
        time_zone="America/New_York",
        signatures=("यूएन समाचार", "संयुक्त राष्ट्र समाचार", "UN News"),
    )
    listings = (
        Feed(url="https://news.un.org/feed/subscribe/hi/news/all/rss.xml", evidence="code"),
        Section(
            url="https://news.un.org/hi/news",
            evidence="unverified",
            next_page="https://news.un.org/hi/news?page={page}",
            pages=2,
        ),
    )
