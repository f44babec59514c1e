"""NDTV India: the host answers many crawlers with 403.

Pages of its current CMS were seen on the English edition only.
"""

from crawler.discovery.listing import Feed, NewsSitemap, Section
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider


class NdtvSpider(OutletSpider):
    name = "ndtv"
    outlet = Outlet(
        slug="ndtv",
        name="एनडीटीवी इंडिया",
        english="NDTV India",
        hosts=("ndtv.in", "khabar.ndtv.com", "www.ndtv.in"),
        group="television",
        article=r"/world(?:-news)?/.+-(?P<number>\d{6,})$",
        article_evidence="code",
        twins=((r"/amp/1$", ""),),
        amp=(r"$", "/amp/1"),
        designs=(
            Design(
                evidence="code",
                headline="h1.sp-ttl",
                deck="h2.sp-descp",
                byline='.pst-by [itemprop=author], .pst-by a[href*="/authors/"]',
                published=".pst-by",
                dateline=".place_cont",
                body=".Art-exp_wr, .ins_storybody",
                junk=".reltd-main, .twitter-tweet, .ads-wrp, .TpGnAd_ad-cn, .ins_instory_dv, .ASum_wr, .ArGogTrst_cn",
            ),
        ),
        signatures=("एनडीटीवी", "NDTV India", "NDTVKhabar", "एनडीटीवी इंडिया"),
    )
    listings = (
        Feed(url="https://feeds.feedburner.com/ndtvkhabar-world", evidence="code"),
        NewsSitemap(
            url="https://ndtv.in/sitemap.xml?yyyy={date:%Y}&mm={date:%-m}&sitename=ndtv-khabar&category=",
            evidence="code",
        ),
        Section(
            url="https://ndtv.in/world-news",
            evidence="code",
            links=".lisingNews a, ul.NwsLstPg_ul a, main a",
            next_page="https://ndtv.in/world-news/page-{page}",
            pages=2,
        ),
    )
