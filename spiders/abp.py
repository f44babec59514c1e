"""ABP News: feeds of sections go stale for weeks; news.abplive.com is English."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class AbpSpider(OutletSpider):
    name = "abp"
    outlet = Outlet(
        slug="abp",
        name="एबीपी न्यूज़",
        english="ABP News",
        hosts=("www.abplive.com",),
        group="television",
        article=r"/news/world/.+-(?P<number>\d{6,})$",
        article_evidence="code",
        designs=(
            Design(
                evidence="code",
                body=".abp-story-article, .article-content",
                junk=".ad-wrapper-leaderboard, .uk-text-meta",
            ),
        ),
        signatures=("एबीपी न्यूज", "एबीपी लाइव", "ABP Live", "ABP News"),
    )
    listings = (
        Feed(url="https://www.abplive.com/news/world/feed", evidence="code"),
        Feed(url="https://www.abplive.com/news/feed", evidence="code"),
        NewsSitemap(url="https://www.abplive.com/google-news-sitemap.xml", evidence="code"),
        NewsSitemap(url="https://www.abplive.com/news-{date:%d-%m-%Y}.xml", evidence="code"),
        Section(
            url="https://www.abplive.com/news/world",
            evidence="code",
            next_page="https://www.abplive.com/news/world/page-{page}",
            pages=2,
        ),
    )
