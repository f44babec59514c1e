"""Navjivan: Quintype; each page contains its data as JSON."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class NavjivanSpider(OutletSpider):
    name = "navjivan"
    outlet = Outlet(
        slug="navjivan",
        name="नवजीवन",
        english="Navjivan",
        hosts=("www.navjivanindia.com", "m.navjivanindia.com"),
        group="newspaper",
        article=r"/international/[^/-]+(?:-+[^/-]+){2,}/?$",
        article_evidence="unverified",
        twins=((r"^https://www\.navjivanindia\.com/amp/story/", "https://www.navjivanindia.com/"),),
        amp=(r"^https://www\.navjivanindia\.com/", "https://www.navjivanindia.com/amp/story/"),
        designs=(Design(evidence="code", junk='div[class*="m__ad"], div[class*="m__dfp"]'),),
        signatures=("नवजीवन डेस्क", "नवजीवन", "Navjivan Desk"),
    )
    listings = (
        Feed(url="https://www.navjivanindia.com/stories.rss?section=international", evidence="code"),
        NewsSitemap(url="https://www.navjivanindia.com/news_sitemap/today.xml", evidence="unverified"),
        Section(url="https://www.navjivanindia.com/international", evidence="unverified"),
    )
