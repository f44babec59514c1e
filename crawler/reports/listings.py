"""What each listing yielded, read from a crawl's stats."""

from collections.abc import Mapping
from typing import Any

_STATES = ("broken", "read", "unchanged", "dead")
_COUNTS = ("announced", "articles", "new")


def listings_of(outlet: str, stats: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return an outlet's listings with what each announced, and its state.

    The state is `read`, `unchanged`, `broken` (some of it came), `dead` (nothing came) or `unread`; the reason is set
    for the damaged, and for a listing of several addresses of which one is dead.
    """
    found: dict[str, dict[str, Any]] = {}
    prefix = f"listing/{outlet}/"
    for key, value in stats.items():
        if key.startswith(prefix):
            url, what = key.removeprefix(prefix).rsplit("/", 1)
            found.setdefault(url, {})[what] = value
    return [_listing(outlet, url, counts) for url, counts in sorted(found.items())]


def _listing(outlet: str, url: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    state = next((state for state in _STATES if counts.get(state)), "unread")
    reason = counts.get("broken") or counts.get("dead")
    if counts.get("died"):
        state, reason = "dead", counts["died"]
    return {"outlet": outlet, "url": url, "state": state, "reason": reason} | {
        name: int(counts.get(name, 0)) for name in _COUNTS
    }
