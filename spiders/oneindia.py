"""OneIndia Hindi: Hindi pages contain an English summary."""

from datetime import date

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class OneindiaSpider(OutletSpider):
    name = "oneindia"
    outlet = Outlet(
        slug="oneindia",
        name="वनइंडिया हिंदी",
        english="Oneindia Hindi",
        hosts=("hindi.oneindia.com",),
        group="digital",
        article=r"/news/international/.+-(?P<number>\d{5,})\.html$",
        article_evidence="page",
        designs=(
            Design(
                evidence="code",
                headline="h1.heading",
                byline=".author-detail a",
                body=".oi-article-lt",
                junk=".english_summary_content, .ecom-ad-content, .oiad",
            ),
            Design(
                evidence="page",
                until=date(2022, 12, 31),
                headline="h1.oneindia-article-heading",
                byline="h3[itemprop=author]",
                body="div.io-article-body",
                junk=".english_summary_content",
            ),
        ),
        signatures=("वनइंडिया", "वनइंडिया हिंदी", "Oneindia", "Oneindia Hindi"),
    )
    listings = (
        Feed(url="https://hindi.oneindia.com/rss/feeds/hindi-international-fb.xml", evidence="code"),
        NewsSitemap(url="https://hindi.oneindia.com/sitemap-news.xml", evidence="unverified"),
        Section(url="https://hindi.oneindia.com/news/international/", evidence="code"),
    )
