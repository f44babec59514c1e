"""What each listing yielded, read from a crawl's stats."""

from collections.abc import Mapping
from typing import Any

_COUNTS = ("announced", "articles", "new")


def listings_of(outlet: str, stats: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return an outlet's listings with what each announced, and its state: `read`, `unchanged`, `broken`, `dead`."""
    found: dict[str, dict[str, Any]] = {}
    prefix = f"listing/{outlet}/"
    for key, value in stats.items():
        if key.startswith(prefix):
            url, what = key.removeprefix(prefix).rsplit("/", 1)
            found.setdefault(url, {})[what] = value
    return [_listing(outlet, url, counts) for url, counts in sorted(found.items())]


def _listing(outlet: str, url: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    state = "read" if counts.get("read") else "unchanged" if counts.get("not_modified") else "unread"
    reason = None
    for damage in ("broken", "dead"):
        if counts.get(damage):
            state, reason = damage, str(counts[damage])
    if counts.get("died"):
        state, reason = "dead", f"no article in {counts['died']} runs"
    return {"outlet": outlet, "url": url, "state": state, "reason": reason} | {
        name: int(counts.get(name, 0)) for name in _COUNTS
    }
