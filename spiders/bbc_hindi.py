"""BBC Hindi: a Next.js application (simorgh) with its data in the page and a JSON-LD graph."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class BbcHindiSpider(OutletSpider):
    name = "bbc_hindi"
    outlet = Outlet(
        slug="bbc_hindi",
        name="बीबीसी हिन्दी",
        english="BBC Hindi",
        hosts=("www.bbc.com/hindi", "www.bbc.co.uk/hindi", "m.bbc.com/hindi"),
        group="public",
        article=r"/hindi/(?:articles/c[a-z0-9]{9,}o|international-(?P<number>\d{8})|international/\d{4}/\d\d/\d{6}_\w+(?:\.shtml)?)$",
        article_evidence="code",
        twins=((r"^https://(?:www|m)\.bbc\.(?:com|co\.uk)/", "https://www.bbc.com/"), (r"\.(?:amp|lite|app)$", "")),
        designs=(
            Design(
                evidence="code",
                body="main[role=main]",
                byline=(  # the item with a hidden label "Author, "; the last form is that of pages of 2022
                    '#article-byline ~ ul li:not(:has(ul)):contains("Author,") span + span:not([aria-hidden]), '
                    '#article-byline ~ ul li:not(:has(ul)):contains("Author,") a > span:only-of-type, '
                    "main > div:first-child + div ul[role=list] > li:first-child"
                ),
                dateline='main[role=main] ul[role=list] > li:contains("से")',
                junk="section[data-e2e=social-embed], section[aria-labelledby=article-byline], time",
            ),
        ),
        signatures=("बीबीसी हिन्दी", "बीबीसी न्यूज़", "बीबीसी संवाददाता", "BBC News हिंदी"),
    )
    listings = (
        Feed(url="https://www.bbc.com/hindi/international/rss.xml", evidence="code"),
        # The addresses of new articles do not tell their section.
        Feed(url="https://feeds.bbci.co.uk/hindi/rss.xml", evidence="code", scope="all"),
        NewsSitemap(url="https://www.bbc.com/sitemaps/https-index-com-news.xml", evidence="unverified", scope="all"),
        Section(
            url="https://www.bbc.com/hindi/topics/c9wpm0en87xt",
            evidence="code",
            links="main a",
            next_page="https://www.bbc.com/hindi/topics/c9wpm0en87xt?page={page}",
            pages=2,
        ),
    )
