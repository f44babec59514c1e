"""TV9 Bharatvarsh: some URLs have the code of a desk before the article's number (`-au112-4123510.html`).

Pages of its current CMS were seen on the Telugu edition only.
"""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class Tv9Spider(OutletSpider):
    name = "tv9"
    outlet = Outlet(
        slug="tv9",
        name="टीवी9 भारतवर्ष",
        english="TV9 Bharatvarsh",
        hosts=("www.tv9hindi.com",),
        group="television",
        article=r"/world/.+-(?P<number>\d{5,})\.html$",
        article_evidence="code",
        designs=(
            Design(
                evidence="code",
                headline=".article-HD h1, h1.article-HD",
                deck=".summery, h2.short_desc",
                byline=".author-box a",
                published=".author-box li, .author-box figcaption span:not(.seprator)",
                body=".ArticleBodyCont",
                junk=".adsCont, .news-cards",
            ),
        ),
        signatures=("टीवी9 भारतवर्ष", "TV9 Bharatvarsh", "TV9 Hindi"),
    )
    listings = (
        Feed(url="https://www.tv9hindi.com/world/feed", evidence="code"),
        NewsSitemap(
            url="https://www.tv9hindi.com/sitemap.xml?yyyy={date:%Y}&mm={date:%m}&dd={date:%d}", evidence="code"
        ),
        Section(
            url="https://www.tv9hindi.com/world",
            evidence="code",
            links=".wrapper_section figure a, main a",
            next_page="https://www.tv9hindi.com/world/page/{page}",
            pages=2,
        ),
    )
