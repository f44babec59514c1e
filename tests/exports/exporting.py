"""Open the export of a run, put articles into it, and read its records."""

from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from crawler.exports.decoding import lift
from crawler.exports.export import RunExport, open_export
from crawler.exports.shelf_rows import read_line
from crawler.items import Article, Story
from crawler.shelves import Shelf
from crawler.store.store import DatabaseStore

RUN = "20261124T060000Z-9f3c"


def article(number: int, *, run: str = RUN, relation: Any = "original") -> Article:
    story = Story(id=f"s{number}", relation=relation)
    url = f"https://example.in/{number}"
    return Article(id=f"a{number}", outlet="indiatv", url=url, headline="पुल खुला", run_id=run, story=story)


def settings(folder: Path, **more: Any) -> BaseSettings:
    return BaseSettings({"EXPORTS": str(folder / "exports"), "RUN_ID": RUN, **more})


def read_record(line: bytes) -> dict[str, Any]:
    """Return the record in a line, in the current schema version; raise Broken if it is not a valid record."""
    return lift(read_line(Shelf.ARTICLES, line))


def put(export: RunExport, store: DatabaseStore, *numbers: int) -> None:
    for number in numbers:
        store.outbox.put(article(number), Shelf.ARTICLES)
        export.count()


def export_of(folder: Path, store: DatabaseStore, *numbers: int, **more: Any) -> Path:
    """Export some articles in a run of their own, and return its folder."""
    export = open_export(settings(folder, **more), store.outbox)
    put(export, store, *numbers)
    export.end("complete")
    export.release_locks()
    return export.path
