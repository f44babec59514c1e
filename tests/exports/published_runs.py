"""Hand-made runs in a folder of exports, and what `scrapy export` writes of them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from scrapy.cmdline import execute

from crawler.exports.catalog import CATALOG, catalog_of_manifests
from crawler.exports.jsonl import open_lines
from crawler.exports.part import whole_part
from crawler.exports.storage import LocalStorage
from crawler.items import Story
from crawler.shelves import Shelf
from crawler.whole_files import write_json
from tests.reports.runs import record


def edition(name: str, revision: int = 1, *, story: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a record of an article that has its name in the URL and in the headline."""
    told = Story(id=story or f"s-{name}", relation=more.pop("relation", "original" if revision == 1 else "revision"))
    url, headline = f"https://khabar.example/world/{name}", f"नोराबाद में पुल {name}, संस्करण {revision}"
    return record(id=name, url=url, headline=headline, revision=revision, story=told, **more)


def withdrawal(name: str, revision: int = 1, **more: Any) -> dict[str, Any]:
    """Return a row of `withdrawn.jsonl`."""
    times = {"withdrawn_at": "2026-11-25T04:30:00Z", "gone_since": "2026-11-24T22:00:00Z"}
    url = f"https://khabar.example/world/{name}"
    return {"id": name, "outlet": "indiatv", "url": url, "revision": revision, "reason": "http-410", **times, **more}


def move(name: str, old: str, new: str, **more: Any) -> dict[str, Any]:
    """Return a row of `story-moves.jsonl`."""
    moved = "2026-11-25T04:30:00Z"
    return {"article": name, "from": old, "to": new, "moved_at": moved, "because": "एक पहले की रिपोर्ट", **more}


def publish(root: Path, number: int, **rows: list[dict[str, Any]]) -> Path:
    """Write the run of an hour with rows by the name of their shelf, in which `_` stands for `-`."""
    run = f"20261124T{number:02}0000Z-00{number:02}"
    folder = root / "date=2026-11-24" / f"run={run}"
    folder.mkdir(parents=True)
    parts = []
    for name, shelf in ((shelf.replace("-", "_"), shelf) for shelf in Shelf):
        path = folder / f"{shelf}.jsonl"
        lines = (json.dumps(row | {"run_id": run}, ensure_ascii=False) + "\n" for row in rows.get(name, ()))
        path.write_text("".join(lines), encoding="utf-8")
        parts.append(asdict(whole_part(path, shelf)))
    times = {"started_at": f"2026-11-24T{number:02}:00:00+00:00", "ended_at": f"2026-11-24T{number:02}:10:00+00:00"}
    write_json(folder / "manifest.json", {"run_id": run, "state": "complete", "parts": parts, **times})
    return folder


def write_catalog(root: Path) -> None:
    """Write the catalog of the runs, as the next run would."""
    storage = LocalStorage(root)
    (root / CATALOG).write_text(catalog_of_manifests(storage).text(), encoding="utf-8")


def run_export(*args: str | Path) -> int:
    """Run `scrapy export` in this process and return its exit code."""
    with pytest.raises(SystemExit) as left:
        execute(["scrapy", "export", *map(str, args)])
    return int(left.value.code or 0)


def exported(root: Path, out: Path, *args: str | Path) -> list[dict[str, Any]]:
    """Return the rows that `scrapy export --to jsonl` writes of all runs below a root."""
    assert run_export(*args, "--to", "jsonl", "-s", f"EXPORTS={root}", out) == 0
    with open_lines(out) as lines:
        return [json.loads(line) for line in lines]


def ids(rows: list[dict[str, object]]) -> list[object]:
    """Return the `id` of each row."""
    return [row["id"] for row in rows]
