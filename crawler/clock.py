"""The moment of a crawl."""

import time
from datetime import datetime
from typing import Any


def now(settings: Any) -> int:
    """Return the time in seconds since 1970; the setting CRAWL_TIME stands for it in tests and replays."""
    told = settings.get("CRAWL_TIME")
    return int(datetime.fromisoformat(told).timestamp() if told else time.time())
