"""Times Now Navbharat: its feed has full texts."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Outlet
from spiders.base import OutletSpider


class TimesNowSpider(OutletSpider):
    name = "times_now"
    outlet = Outlet(
        slug="times_now",
        name="टाइम्स नाउ नवभारत",
        english="Times Now Navbharat",
        hosts=("www.timesnowhindi.com", "timesnowhindi.com", "www.timesnownavbharat.com"),
        group="television",
        article=r"/world/.+-(?:article|liveblog)-(?P<number>\d+)$",
        article_evidence="unverified",
        signatures=("टाइम्स नाउ नवभारत", "Times Now Navbharat", "टाइम्स नाउ डिजिटल"),
    )
    listings = (
        Feed(url="https://www.timesnowhindi.com/feeds/gns-hin-world.xml", evidence="code"),
        NewsSitemap(url="https://www.timesnowhindi.com/feeds/tnhindi-google-news-sitemap.xml", evidence="code"),
        Section(url="https://www.timesnowhindi.com/world", evidence="unverified"),
    )
