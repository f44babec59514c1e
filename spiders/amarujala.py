"""Amar Ujala: the body is text between line breaks, under the subheads सार and विस्तार."""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class AmarujalaSpider(OutletSpider):
    name = "amarujala"
    outlet = Outlet(
        slug="amarujala",
        name="अमर उजाला",
        english="Amar Ujala",
        hosts=("www.amarujala.com", "amarujala.com", "m.amarujala.com"),
        group="newspaper",
        article=r"/world/(?:[a-z]+/)?[^/-]+(?:-+[^/-]+){2,}/?$",
        article_evidence="page",
        designs=(
            Design(
                evidence="page",
                deck="div.khas-batei h2, div.khas-batei p",
                byline="div.authdesc span.auth_cty, div.authdesc a span",
                modified="div.authdesc",
                section="div.bredcrums a:last-of-type",
                body="div.article-desc",
                junk=(
                    ".vistaar, .vigyapan, .ad, .ad-dt, .ad-mb-app, .remove_ad_class, "
                    ".saar-title, .followGoogleNews, .trending_video_article, .promo_description"
                ),
            ),
        ),
        signatures=("अमर उजाला", "अमर उजाला डिजिटल", "Amar Ujala Digital Team"),
    )
    listings = (
        Feed(url="https://www.amarujala.com/rss/world.xml", evidence="code"),
        NewsSitemap(url="https://www.amarujala.com/sitemap-news-v1.xml", evidence="code"),
        Section(
            url="https://www.amarujala.com/world",
            evidence="code",
            links=".__main_listing_content a, main a",
            next_page="https://www.amarujala.com/world?page={page}",
            pages=2,
        ),
    )
