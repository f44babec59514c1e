"""An article as the one JSON line that every export holds."""

import json
from dataclasses import asdict
from typing import Any

from crawler.items import Article


def record(article: Article) -> dict[str, Any]:
    """Return an article as plain dicts and lists, all keys present, in the order of the record."""
    return asdict(article)


def json_line(article: Article) -> str:
    """Return an article as one line of JSON without its newline, byte for byte as Scrapy's feeds write it."""
    return json.dumps(record(article), ensure_ascii=False)
