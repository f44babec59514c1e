"""Lokmat News Hindi: its feed answers 403; `-bNNN` in a URL is a desk, not the article's number."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class LokmatSpider(OutletSpider):
    name = "lokmat"
    outlet = Outlet(
        slug="lokmat",
        name="लोकमत न्यूज़",
        english="Lokmat News",
        hosts=("www.lokmatnews.in",),
        group="newspaper",
        article=r"/world/(?:news/)?[^/]+-b\d+/?$",
        article_evidence="unverified",
        twins=((r"/amp/?$", "/"),),
        amp=(r"/?$", "/amp/"),
        designs=(Design(evidence="code", junk=".inarticleAd"),),
        signatures=("लोकमत न्यूज", "लोकमत न्यूज़ डेस्क", "Lokmat News Desk"),
    )
    listings = (
        Feed(url="https://www.lokmatnews.in/feed", evidence="code"),
        NewsSitemap(url="https://www.lokmatnews.in/news-sitemap.xml", evidence="unverified"),
        Section(url="https://www.lokmatnews.in/world/", evidence="unverified"),
    )
