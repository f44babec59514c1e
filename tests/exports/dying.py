"""An export whose process is killed before or after a call of one of its methods."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from crawler.exports.export import open_export
from crawler.exports.folder import RunFolder
from crawler.exports.part import PartWriter
from crawler.exports.publication import Publication
from crawler.exports.storage import LocalStorage
from crawler.items import Article, Story
from crawler.shelves import Shelf
from crawler.store import open_store
from crawler.store.outbox import OutboxTable
from tests.commands.running import FORKS

Steps = tuple[tuple[Any, str], ...]
"""Methods: the process dies before or after a call of one of them."""

STEPS: Steps = (
    (OutboxTable, "put"),
    (OutboxTable, "put_row"),
    (OutboxTable, "put_moves"),
    (OutboxTable, "assign"),
    (OutboxTable, "delivered"),
    (PartWriter, "write"),
    (PartWriter, "close"),
    (PartWriter, "part"),
    (Publication, "put"),
    (Publication, "enter"),
    (LocalStorage, "put"),
    (LocalStorage, "write"),
    (RunFolder, "list_part"),
    (RunFolder, "update_manifest"),
    (RunFolder, "publish_refused"),
    (RunFolder, "add_empty_parts"),
    (RunFolder, "release"),
    (RunFolder, "close_dead"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "unlink"),
)
"""What an export calls."""
ARTICLES = 5
AT = "2026-11-24T04:30:00Z"
MOVE = "(at, article, old, new, because)"


def article(number: int, run: str) -> Article:
    relation: Any = "wire-copy" if number % 2 else "original"
    story = Story(id=f"s{number}", relation=relation)
    url = f"https://example.in/{number}"
    return Article(id=f"a{number}", outlet="indiatv", url=url, headline="पुल खुला", run_id=run, story=story)


def settings(folder: Path, run: str, **more: Any) -> BaseSettings:
    store = f"sqlite:///{folder}/v.db"
    given = {"EXPORTS": str(folder / "exports"), "RUN_ID": run, "STORE": store, "EXPORT_PART_ROWS": 2}
    return BaseSettings(given | more)


def work(folder: Path, run: str, first: int, last: int, **more: Any) -> None:
    """Run an export of some articles and refusals; list in the file `put` the articles that reached the outbox."""
    store = open_store(f"sqlite:///{folder}/v.db")
    export = open_export(settings(folder, run, **more), store.outbox)
    for number in range(first, last):
        store.outbox.put(article(number, run), Shelf.COPIES if number % 2 else Shelf.ARTICLES)
        with (folder / "put").open("a") as noted:
            noted.write(f"a{number}\n")
        row: dict[str, Any] = {
            "id": f"w{number}",
            "outlet": "indiatv",
            "url": f"https://example.in/{number}",
            "revision": 1,
        }
        row |= {"withdrawn_at": AT, "gone_since": AT, "reason": "http-410", "run_id": run}
        store.outbox.put_row(Shelf.WITHDRAWN, row, article=row["id"])
        with (folder / "put").open("a") as noted:
            noted.write(f"w{number}\n")
        with store.transaction():
            values = (number, f"m{number}", "s1", "s2", "because")
            store.database.connection.execute(f"INSERT INTO moves {MOVE} VALUES (?, ?, ?, ?, ?)", values)
        with (folder / "put").open("a") as noted:
            noted.write(f"m{number}\n")
        export.count()
        export.refuse({"url": f"https://example.in/refused/{number}", "reason": "no-body", "where": "page"})
    export.end("complete")
    export.release_locks()
    store.close()


def die_at(step: int, folder: Path, first: int = 0) -> bool:
    """Run `work` in a process that dies at step number `step`; return whether it died."""
    return die_in(step, STEPS, work, folder, f"20261124T060000Z-dead{first}", first, first + ARTICLES)


def die_in(step: int, steps: Steps, call: Callable[..., Any], *args: Any) -> bool:
    """Call a function in a process that dies at step number `step`; return whether it died."""
    process = FORKS.Process(target=_call_until, args=(step, steps, call, args))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _call_until(step: int, steps: Steps, call: Callable[..., Any], args: tuple[Any, ...]) -> None:
    """Call a function, and kill the process at step number `step`: before or after a call of one of the methods."""
    count = 0

    def dying(method: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            for part in range(2):
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                count += 1
                if part == 0:
                    result = method(*args, **kwargs)
            return result

        return called

    for owner, name in steps:
        setattr(owner, name, dying(getattr(owner, name)))
    call(*args)
