"""Dainik Jagran: Next.js since 2024, server-rendered HTML before."""

from datetime import date

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class JagranSpider(OutletSpider):
    name = "jagran"
    outlet = Outlet(
        slug="jagran",
        name="दैनिक जागरण",
        english="Dainik Jagran",
        hosts=("www.jagran.com", "m.jagran.com"),
        group="newspaper",
        article=r"/world/.+-(?P<number>\d{6,10})\.html$",
        article_evidence="page",
        twins=((r"^https://(?:www|m)\.jagran\.com/lite/", "https://www.jagran.com/"),),
        designs=(
            Design(
                evidence="code",
                deck='p[class*="_shortdescription_"]',
                published='span[class*="_date_"]',
                body=".ArticleBody",
            ),
            Design(
                evidence="page",
                until=date(2023, 12, 31),
                deck="div.summary_art",
                byline="div.dateInfo span.date strong",
                tags="ul.tagList li a",
                body="div.articleBody",
                junk=".taboolaads, .webAds, .ads",
            ),
        ),
        signatures=("दैनिक जागरण", "जागरण संवाददाता", "जागरण", "Jagran News", "जेएनएन", "डिजिटल डेस्क"),
    )
    listings = (
        Feed(url="https://rss.jagran.com/rss/news/world.xml", evidence="code"),
        NewsSitemap(url="https://www.jagran.com/news-sitemap.xml", evidence="code"),
        Section(
            url="https://www.jagran.com/world-news-hindi.html",
            evidence="page",
            links=".stickySidebar ul li a, main a",
        ),
        Section(url="https://www.jagran.com/world/america-news-hindi.html", evidence="code"),
        Section(url="https://www.jagran.com/world/pakistan-news-hindi.html", evidence="code"),
    )
