"""scrapy store: show, check and prune the store, forget articles in it, copy it, and put a copy in its place."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.clock import now
from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode
from crawler.usage import did_you_mean, read_age

if TYPE_CHECKING:
    from crawler.exports.storage import Storage
    from crawler.store.store import DatabaseStore
    from crawler.store.values import Mark

_VERBS = (
    "scrapy store stats, forget URL…, prune --older-than 90d, check, backup FILE, restore FILE, release PLACE or "
    "copy FROM TO"
)
_USAGE = {
    "backup": "one file: scrapy store backup videsh-backup.db",
    "restore": "one file: scrapy store restore videsh-backup.db",
    "release": "one place of exports: scrapy store release /mnt/exports",
    "copy": "two stores: scrapy store copy sqlite:///var/videsh.db postgresql://videsh@db/videsh",
}
"""What each verb with places needs."""


class Command(PrintingCommand):
    def syntax(self) -> str:
        return (
            "stats | forget URL... | prune --older-than 90d | check | backup FILE | restore FILE | release PLACE | "
            "copy FROM TO"
        )

    def short_desc(self) -> str:
        return "Show, check, tidy, back up, restore and move what earlier runs saw"

    def long_desc(self) -> str:
        return (
            "stats counts what the store holds, and names listings that have died and places of exports that records "
            "wait for. forget makes articles new again: "
            "the next crawl fetches and exports them once more; with the name of a host, or the URL of a listing, that "
            "is left alone, the next crawl asks it again. prune forgets what is older, unless a listing still "
            "announces it. check reads the whole file and says whether it is sound. backup writes a copy of one moment "
            "while a crawl runs. restore puts a copy in the store's place, enters what EXPORTS published since, and "
            "keeps the store of before beside it. release gives the records that wait for a place of exports to the "
            "next run or delivery, if that place is gone for good. The setting STORE says where the store lies. copy "
            "copies a store into an empty one, as from a file into PostgreSQL, and compares both; if it is "
            "interrupted, it goes on when it is run again."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--older-than", metavar="AGE", help="for prune: 90d, 12w or 36h")
        parser.add_argument("--force", action="store_true", help="for backup: replace FILE if it is there")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.store_lock import AnotherRunError
        from crawler.store import StoreError
        from crawler.whole_files import followed

        verb, *rest = args or [""]
        age = read_age("--older-than", opts.older_than) if verb == "prune" else 0
        verbs: dict[str, Callable[[DatabaseStore], Iterator[str]]] = {
            "stats": self._stats,
            "forget": lambda store: store.upkeep.forget({url: self._id(url) for url in rest}),
            "prune": lambda store: store.upkeep.prune(before=now(self.settings) - age),
            "check": lambda store: store.upkeep.check(),
            "backup": lambda store: self._back_up(store, followed(Path(rest[0])), is_forced=opts.force),
            "release": lambda store: self._release(store, rest[0]),
        }
        if verb not in (*verbs, *_USAGE):
            known = [*verbs, "restore", "copy"]
            fault = f"{verb}: no such action{did_you_mean(verb, known)} Say" if verb else "say what to do:"
            raise UsageError(f"{fault} {_VERBS}", print_help=False)
        if verb in _USAGE and len(rest) != (2 if verb == "copy" else 1):
            raise UsageError(f"{verb} needs {_USAGE[verb]}", print_help=False)
        if verb not in _USAGE and bool(rest) != (verb == "forget"):
            raise UsageError("forget needs the addresses to forget; the other actions take none")
        try:
            if verb == "restore":
                self._restore(Path(rest[0]))
            elif verb == "copy":
                self._copy(*rest)
            else:
                self._do(verbs[verb])
        except AnotherRunError as error:
            print(error, file=sys.stderr)
            self.exitcode = ExitCode.ANOTHER_RUN
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from error

    def _id(self, url: str) -> str:
        """Return the id of the article at a URL, which may be an AMP or mobile URL; return an id unchanged."""
        from crawler.outlets import load_outlets
        from crawler.reading.article_ids import article_id
        from crawler.reading.urls import canonical_url, outlet_of

        assert self.settings is not None
        outlet = outlet_of(url, [spider.outlet for spider in load_outlets(self.settings).values()])
        return article_id(canonical_url(url, outlet), outlet) if outlet else url

    def _address(self) -> str:
        assert self.settings is not None
        address = self.settings.get("STORE")
        if not address:
            raise UsageError("STORE is empty: nothing is kept between runs; set it to sqlite:///var/videsh.db")
        return str(address)

    def _do(self, verb: Callable[[DatabaseStore], Iterator[str]]) -> None:
        from crawler.store import open_store

        with closing(open_store(self._address(), must_exist=True)) as store:
            for line in verb(store):
                print(line)

    def _exports(self) -> Storage | None:
        """Return the storage of the exports, or None if there are none yet."""
        from crawler.exports.storage import storage_of

        assert self.settings is not None
        storage = storage_of(self.settings) if self.settings.get("EXPORTS") else None
        return storage if storage and storage.is_there else None

    def _stats(self, store: DatabaseStore) -> Iterator[str]:
        yield from store.upkeep.stats(now=now(self.settings))
        if not store.outbox.left_open():
            return
        from crawler.exports.lost_places import lost_places
        from crawler.exports.publication import Publication

        exports = self._exports()
        try:
            found = lost_places(store.outbox, Publication(exports) if exports else None, self.settings)
        except OSError as error:
            found = Counter[str]()
            yield f"  EXPORTS cannot be asked for the parts of runs that died: {error}"
        for place, count in sorted(found.items()):
            yield (
                f"  {place}: {count} records wait for this place of exports, which cannot be asked from here: a run "
                f"that publishes there delivers them; if it is gone for good: scrapy store release {place}"
            )

    def _back_up(self, store: DatabaseStore, out: Path, *, is_forced: bool) -> Iterator[str]:
        from crawler.exports.catalog import read_catalog
        from crawler.store.store import is_file, store_path
        from crawler.store.values import Mark

        own = store_path(self._address()) if is_file(self._address()) else None
        fault = next(_faults_of(out, own, is_forced=is_forced), None)
        if fault:
            raise UsageError(f"{out}: {fault}", print_help=False)
        mark, exports = Mark(), self._exports()
        with suppress(OSError):  # a copy without a mark is as good: its restoration reads more
            mark = Mark(exports=exports.place_of(""), sequence=read_catalog(exports).sequence) if exports else mark
        store.upkeep.back_up(out, mark)
        yield f"{out}: a copy of {store.database.name}, {out.stat().st_size / 1_000_000:.1f} MB, checked"

    def _release(self, store: DatabaseStore, place: str) -> Iterator[str]:
        from crawler.exports.lost_places import release
        from crawler.exports.publication import Publication
        from crawler.exports.storage import storage_of

        assert self.settings is not None
        try:
            count = release(store.outbox, place, Publication(storage_of(self.settings)), self.settings)
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from error
        yield f"{place}: {count} records are exported by the next run or delivery, in its place"

    def _copy(self, source: str, target: str) -> None:
        from crawler.store import open_store
        from crawler.store.copying import copy_tables

        if source == target:
            raise UsageError(f"{source}: is both stores; copy needs another to copy to", print_help=False)
        with (
            closing(open_store(source, must_exist=True)) as one,
            closing(open_store(target, is_copied=True)) as other,
            _locked(source, target),
        ):
            _refuse_while_crawled(other)
            _keep_runs_out(one)
            for line in copy_tables(one.database, other.database):
                print(line)
        print(f"{target}: a copy of {source}, compared row by row; set STORE to it")

    def _restore(self, file: Path) -> None:
        from crawler.exports.delivered import delivered_since
        from crawler.store import StoreError, open_store
        from crawler.store.catch_up import CaughtUp, catch_up
        from crawler.store.restoring import restore
        from crawler.store.store import store_path
        from crawler.whole_files import followed

        assert self.settings is not None
        path = followed(store_path(self._address()))
        if path.exists() and file.exists() and file.samefile(path):
            raise UsageError(f"{file}: is the store itself; name a backup", print_help=False)
        exports, damaged, found = self._exports(), list[str](), CaughtUp()

        def bring_up_to_date(store: DatabaseStore, before: DatabaseStore | None, mark: Mark) -> None:
            nonlocal found
            if before is not None:
                _keep_runs_out(before)
            sequence = mark.sequence if exports and mark.exports == exports.place_of("") else 0
            rows = delivered_since(exports, sequence, damaged) if exports else iter(())
            found = catch_up(store, before, rows, now(self.settings))

        with _locked(self._address()):
            with suppress(StoreError), closing(open_store(self._address(), must_exist=True)) as store:
                _refuse_while_crawled(store)
            kept = restore(file, path, bring_up_to_date)
        print(f"{path}: restored from {file}; {found}{f'; the store of before is {kept}' if kept else ''}")
        for each in damaged:
            self.fail(f"{each}; what it holds may be exported again")


@contextmanager
def _locked(*addresses: str) -> Iterator[None]:
    """Return a context in which no run uses the stores at these addresses; raise AnotherRunError if one does."""
    from crawler.runs.store_lock import lock_store

    with ExitStack() as locks:
        for address in addresses:
            lock = lock_store(Settings({"STORE": address}))
            if lock is not None:
                locks.callback(lock.release)
        yield


def _keep_runs_out(store: DatabaseStore) -> None:
    """Hold all outlets of a store until it is closed; raise AnotherRunError if a run crawls with it."""
    while not store.lanes.take_all():
        _refuse_while_crawled(store)


def _refuse_while_crawled(store: DatabaseStore) -> None:
    """Raise AnotherRunError, which names the outlets, if a run crawls with a store."""
    from crawler.runs.store_lock import AnotherRunError

    if held := store.lanes.held():
        names = ", ".join(name or "all outlets" for name in held)
        raise AnotherRunError(f"{store.database.name}: a run is at work ({names}); wait for its end, or stop it")


def _faults_of(out: Path, store: Path | None, *, is_forced: bool) -> Iterator[str]:
    """Yield why a copy of a store may not be written to a file."""
    if not out.parent.is_dir():
        yield f"there is no folder {out.parent}; make it first"
    elif (
        store is not None
        and out.parent.samefile(store.parent)
        and out.name.startswith((f"{store.name}-", f"{store.name}.lock"))
    ):
        yield "is the name of a file that the store itself uses; name another file"
    if out.is_dir() or (out.exists() and not is_forced):
        yield "is there already; name another file, or say --force"
    if out.exists() and not out.is_file():
        yield "is a device or a pipe; name a file"
    if store is not None and out.exists() and out.samefile(store):
        yield "is the store itself; name another file"
