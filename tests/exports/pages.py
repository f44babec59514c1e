"""The records of the fixture pages as a run exports them."""

import json
from pathlib import Path
from typing import Any

from crawler.items import Article

_ROOT = Path(__file__).resolve().parent.parent
_OF_A_RUN = {
    "first_seen_at": "2026-11-24T06:00:01Z",
    "sequence": 7,
    "withdrawn_at": None,
    "fetched_at": "2026-11-24T06:00:00Z",
    "run_id": "20261124T060000Z-9f3c",
    "reader_version": "1.0.0",
    "story": {"id": "s1", "relation": "wire-copy", "of": "zee-1", "similarity": 0.9, "because": "the same six lines"},
}


def page_records() -> list[dict[str, Any]]:
    """Return the records of all pages in tests/pages, with what only a run knows."""
    pairs = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((_ROOT / "pages").glob("*/*.json")))
    read = [_OF_A_RUN | pair["article"] for pair in pairs if "article" in pair]
    return [{name: record[name] for name in Article.__dataclass_fields__} for record in read]
