"""Jansatta: a WordPress block theme; its feed redirects to the home page."""

from crawler.discovery.listing import NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class JansattaSpider(OutletSpider):
    name = "jansatta"
    outlet = Outlet(
        slug="jansatta",
        name="जनसत्ता",
        english="Jansatta",
        hosts=("www.jansatta.com",),
        group="newspaper",
        article=r"/international/(?!page/)[^/]+/(?P<number>\d+)/?$",
        article_evidence="code",
        twins=((r"/lite/?$", "/"),),
        designs=(
            Design(
                evidence="code",
                headline="h1.wp-block-post-title",
                byline=".ie-network-post-meta-wrapper a",
                body=".entry-content",
                junk=".pcl-container, .desk-ad-bg-container, .ie-network-taboola",
            ),
        ),
        signatures=("जनसत्ता", "जनसत्ता ऑनलाइन", "Jansatta"),
    )
    listings = (
        NewsSitemap(url="https://www.jansatta.com/news-sitemap.xml", evidence="code"),
        NewsSitemap(
            url="https://www.jansatta.com/sitemap.xml?yyyy={date:%Y}&mm={date:%m}&dd={date:%d}", evidence="code"
        ),
        Section(
            url="https://www.jansatta.com/international/",
            evidence="code",
            links=".ie-network-grid__lhs article a, main a",
            next_page="https://www.jansatta.com/international/page/{page}/",
            pages=2,
        ),
    )
