"""An article as the one JSON line that every export holds."""

import json
from typing import Any

from crawler.items import Article


def json_line(article: Article) -> bytes:
    """Return an article as one line of JSON in UTF-8, all keys present, byte for byte as Scrapy's feeds write it."""
    return (_encode(_parts(article)) + "\n").encode("utf-8", "replace")


def _parts(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


# Quicker than dataclasses.asdict, which copies every list and string.
_encode = json.JSONEncoder(ensure_ascii=False, default=_parts).encode
