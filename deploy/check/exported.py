"""The export that a deployment left: its articles, and a line that shows one of them."""

import json
from pathlib import Path
from typing import Any

from deploy.check.outcome import FailedError


def shown(home: Path, *, at_least: int = 1) -> str:
    """Return how many articles the runs below a home exported, and what the first says.

    Raise FailedError if there are fewer than `at_least`, or a manifest is missing.
    """
    articles = _articles(home)
    if len(articles) < at_least:
        raise FailedError(f"{home}/exports: {len(articles)} articles, not {at_least}")
    for path in home.glob("exports/date=*/run=*/"):
        if not (path / "manifest.json").exists():
            raise FailedError(f"{path}: no manifest.json")
    if not articles:
        return "no article exported"
    first = articles[0]
    dateline = (first.get("dateline") or {}).get("raw", "no dateline")
    return f"{len(articles)} articles exported; the first: {first['outlet']}: {first['headline']} ({dateline})"


def _articles(home: Path) -> list[dict[str, Any]]:
    paths = sorted(home.glob("exports/date=*/run=*/articles*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
