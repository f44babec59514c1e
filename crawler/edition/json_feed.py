"""Write a feed as JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

import json
from typing import Any

from w3lib.url import safe_url_string

from crawler.edition.web_feed import FeedItem, WebFeed


def json_feed(feed: WebFeed, base: str | None) -> str:
    """Return a feed as JSON Feed; `base` is the address at which the edition is served, if it is known."""
    where = {"home_page_url": f"{base}index.html", "feed_url": f"{base}feeds/{feed.name}.json"} if base else {}
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, **where, "language": "hi"}
    return json.dumps(head | {"items": list(map(_item, feed.items))}, ensure_ascii=False, indent=1) + "\n"


def _item(item: FeedItem) -> dict[str, Any]:
    link = {"url": safe_url_string(item.url)} if item.url else {}
    return {
        "id": item.id,
        **link,
        "title": item.title,
        "content_text": item.text,
        "date_published": item.at.isoformat().replace("+00:00", "Z"),
        "authors": [{"name": item.author}],
        "tags": list(item.tags),
    }
