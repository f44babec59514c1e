"""Navbharat Times: text and line breaks in one container; each URL has a number of its CMS."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class NavbharatTimesSpider(OutletSpider):
    name = "navbharat_times"
    outlet = Outlet(
        slug="navbharat_times",
        name="नवभारत टाइम्स",
        english="Navbharat Times",
        hosts=("navbharattimes.indiatimes.com", "m.navbharattimes.indiatimes.com"),
        group="newspaper",
        article=r"/world/.+/(?:articleshow|amp_articleshow)/(?P<number>\d+)\.cms$",
        article_evidence="code",
        twins=((r"/amp_articleshow/", "/articleshow/"),),
        amp=(r"/articleshow/", "/amp_articleshow/"),
        designs=(
            Design(
                evidence="code",
                deck=".story-article h2",
                body=".full_article, .story-content",
                junk=".top-atf-wrapper, .ad-wrapper-photo",
            ),
        ),
        signatures=("नवभारत टाइम्स", "नवभारतटाइम्स.कॉम", "एनबीटी", "Navbharat Times"),
    )
    listings = (
        Feed(url="https://navbharattimes.indiatimes.com/world/rssfeed/2279801.xml", evidence="code"),
        Feed(url="https://navbharattimes.indiatimes.com/langapi/sitemap/gstandrssfeed.xml", evidence="code"),
        NewsSitemap(
            url="https://navbharattimes.indiatimes.com/staticsitemap/nbt/news/sitemap-48hours.xml", evidence="code"
        ),
        Section(
            url="https://navbharattimes.indiatimes.com/world/articlelist/2279801.cms",
            evidence="code",
            links="ul.medium_listing li a, main a",
        ),
    )
