"""Live Hindustan: the body contains an ad-block notice as a paragraph."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class LiveHindustanSpider(OutletSpider):
    name = "live_hindustan"
    outlet = Outlet(
        slug="live_hindustan",
        name="लाइव हिन्दुस्तान",
        english="Live Hindustan",
        hosts=("www.livehindustan.com", "livehindustan.com"),
        group="newspaper",
        article=r"/international/.+?[-/](?P<number>\d{6,})(?:\.html)?/?$",
        article_evidence="page",
        designs=(
            Design(
                evidence="code",
                headline="h1.page-hdng",
                deck=".stry-shrt-head",
                byline=".athr-info",
                published="span.tm-stmp",
                body=".stry-bdy",
                junk=".prlads, .ads, section.glry-cnt",
            ),
        ),
        signatures=("लाइव हिन्दुस्तान", "हिन्दुस्तान टीम", "Live Hindustan"),
    )
    listings = (
        Feed(url="https://feed.livehindustan.com/rss/4913", evidence="code"),
        Feed(url="https://api.livehindustan.com/feeds/rss/international/rssfeed.xml", evidence="code"),
        NewsSitemap(url="https://www.livehindustan.com/news-sitemap.xml", evidence="code"),
        Section(
            url="https://www.livehindustan.com/international/",
            evidence="code",
            next_page="https://www.livehindustan.com/international/news-{page}",
            pages=2,
        ),
    )
