"""Under which address it is noted what becomes of a request."""

from collections.abc import Mapping
from typing import Any

from crawler.reading.urls import article_id


def address_id(meta: Mapping[str, Any], spider: Any) -> str | None:
    """Return the id of the address that a request asks for an article; None for any other request.

    `address` in a request's meta is the id that an earlier run gave, under the rule that the outlet had then.
    """
    link, outlet = meta.get("link"), getattr(spider, "outlet", None)
    if link is None or outlet is None:
        return None
    return meta.get("address") or article_id(link.url, outlet)
