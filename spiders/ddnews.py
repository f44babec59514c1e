"""DD News in Hindi: Drupal without JSON-LD; the body is in a list item. Only one page, of 2023, was seen."""

from crawler.discovery.listing import Feed, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class DdnewsSpider(OutletSpider):
    name = "ddnews"
    outlet = Outlet(
        slug="ddnews",
        name="डीडी न्यूज़",
        english="DD News",
        hosts=("ddnews.gov.in/hi",),
        group="public",
        article=r"/hi/international/[^/-]+(?:-+[^/-]+){2,}/?$",
        article_evidence="page",
        designs=(
            Design(
                evidence="page",
                headline="h1.news_heading",
                published="div.detail_share p.date",
                section="div.easy-breadcrumb a:last-of-type",
                body="div.news_content",
            ),
        ),
        signatures=("डीडी न्यूज़", "डीडी न्यूज", "DD News", "दूरदर्शन समाचार"),
    )
    listings = (
        Feed(url="https://ddnews.gov.in/hi/rss.xml", evidence="unverified"),
        Section(url="https://ddnews.gov.in/hi/international", evidence="unverified"),
    )
