"""An article as the one JSON line that every export holds."""

import json
from dataclasses import asdict

from crawler.items import Article


def json_line(article: Article) -> bytes:
    """Return an article as one line of JSON in UTF-8, all keys present, in the order of the record."""
    return (json.dumps(asdict(article), ensure_ascii=False, separators=(",", ":")) + "\n").encode()
