"""An article as the one JSON line that every export holds."""

import json
from dataclasses import asdict
from typing import Any

from crawler.items import Article


def record(article: Article) -> dict[str, Any]:
    """Return an article as plain dicts and lists, all keys present, in the order of the record."""
    return asdict(article)


def json_line(article: Article) -> str:
    """Return an article as one line of JSON without its newline, all keys present, as Scrapy's feeds write it."""
    return _encode(_parts(article))


def _parts(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


# Quicker than dataclasses.asdict, which copies every list and string.
_encode = json.JSONEncoder(ensure_ascii=False, default=_parts).encode
