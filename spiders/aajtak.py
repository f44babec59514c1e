"""Aaj Tak: the place of a report is in a list beside the byline, not in its text."""

from datetime import date

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class AajtakSpider(OutletSpider):
    name = "aajtak"
    outlet = Outlet(
        slug="aajtak",
        name="आज तक",
        english="Aaj Tak",
        hosts=("www.aajtak.in", "m.aajtak.in", "aajtak.intoday.in"),
        group="television",
        article=r"/world/(?:news/)?story/.+-(?P<number>\d{6,8})-\d{4}-\d\d-\d\d/?$|/story/.+-1-\d{5,8}\.html$",
        article_evidence="page",
        designs=(
            Design(
                evidence="page",
                body="main article",
                byline='h4 > a[href*="/author/"]',
                dateline="h4 + ul > li:first-child",
            ),
            Design(
                evidence="page",
                until=date(2020, 12, 31),
                headline="h1.secArticleTitle",
                deck="div.detailTxtContainer > h2",
                byline="[itemprop=author] [itemprop=name]",
                dateline=".editorRightPart > p",
                body="div[itemprop=articleBody]",
            ),
        ),
        signatures=("आज तक", "आजतक", "aajtak.in", "aajtak"),
    )
    listings = (
        Feed(url="https://www.aajtak.in/rssfeeds/?id=home", evidence="code"),
        NewsSitemap(url="https://www.aajtak.in/rssfeeds/news-sitemap.xml", evidence="code"),
        Section(
            url="https://www.aajtak.in/world",
            evidence="page",
            next_page="https://www.aajtak.in/world/page-{page}",
            pages=2,
        ),
    )
