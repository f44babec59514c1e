"""Invented outlets, each a lane; the last two share a host, as two sites of one publisher do."""

from typing import Any

from scrapy import Spider

from crawler.discovery.listing import NewsSitemap
from crawler.reading.outlet import Design, Outlet
from spiders.base import OutletSpider

HOSTS = {f"lane{number}": f"www.lane{number}.example" for number in range(4)} | {
    "hindi": "www.shared.example",
    "world": "www.shared.example",
}
"""The host of each outlet."""


def _spider(name: str) -> type[Spider]:
    parts: dict[str, Any] = {
        "__module__": __name__,
        "name": name,
        "outlet": Outlet(
            slug=name,
            name=name,
            hosts=(f"{HOSTS[name]}/{name}",),
            group="digital",
            article=rf"/{name}/world/[^/]+-(?P<number>\d+)/?$",
            article_evidence="code",
            designs=(Design(evidence="unverified", deck="h2.sub-title", body="div#content"),),
        ),
        "listings": (NewsSitemap(url=f"https://{HOSTS[name]}/{name}/sitemap.xml", evidence="code"),),
    }
    return type(f"{name.capitalize()}Spider", (OutletSpider,), parts)


globals().update({f"{name.capitalize()}Spider": _spider(name) for name in HOSTS})
