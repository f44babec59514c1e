"""Several processes write to S3: none overwrites the part or the catalog of another, and a reader misses nothing."""

from pathlib import Path
from typing import Any

import pytest

from crawler.exports import s3_storage
from crawler.exports.catalog import CATALOG
from crawler.exports.export import open_export
from crawler.exports.local_copy import local_copy
from crawler.exports.publication import Publication
from crawler.exports.s3_storage import S3Storage
from crawler.exports.storage import ChangedError, open_storage
from crawler.shelves import Shelf
from crawler.store.store import DatabaseStore
from tests.commands.running import FORKS
from tests.exports.dying import article, settings
from tests.exports.exporting import RUN
from tests.exports.exports_on_s3 import on_s3, publish, storage_on
from tests.exports.sequences import check_numbers, read_since, visible
from tests.soak import times

pytestmark = pytest.mark.foreign


def test_a_catalog_that_another_process_has_written_is_read_again(tmp_path: Path, s3: Any) -> None:
    given = on_s3(s3, tmp_path)
    publish(tmp_path, RUN, 0, 1, given)
    one, other = (Publication(storage_on(given)) for _ in range(2))

    with one.alone() as catalog:
        run = next(iter(catalog.runs.values()))
        other._enter(run)  # without the lease
        one.enter(run)
        with pytest.raises(ChangedError):
            one.storage.write(CATALOG, "{}", "of-before")
        with pytest.raises(ChangedError):
            one.storage.write(CATALOG, "{}", None)
    assert open_storage(given["EXPORTS"], given).version("nothing") is None


def test_a_part_is_never_overwritten(tmp_path: Path, s3: Any) -> None:
    storage = storage_on(on_s3(s3, tmp_path))
    for content in ("one", "one"):  # the same again: the first answer was lost
        (tmp_path / "part").write_text(content)
        storage.put(tmp_path / "part", "date=2026-11-24/run=1/articles.jsonl")
    (tmp_path / "part").write_text("two")

    with pytest.raises(FileExistsError):
        storage.put(tmp_path / "part", "date=2026-11-24/run=1/articles.jsonl")


def test_a_process_that_outlived_its_lease_takes_its_part_back_and_numbers_it_anew(
    tmp_path: Path, s3: Any, store: DatabaseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_storage, "LEASE_SECONDS", 0)  # whoever comes next takes it over
    given = on_s3(s3, tmp_path)
    slow = open_export(settings(tmp_path, RUN, **given), store.outbox)
    store.outbox.put(article(1, RUN), Shelf.ARTICLES)
    put, others = S3Storage.put, iter(["20261124T070000Z-other"])

    def put_late(self: S3Storage, file: Path, name: str) -> None:
        for run in others:
            publish(tmp_path / "other", run, 10, 12, on_s3(s3, tmp_path / "other"))
            s3_storage.LEASE_SECONDS = 0
        put(self, file, name)

    (tmp_path / "other").mkdir()
    monkeypatch.setattr(S3Storage, "put", put_late)
    slow.end("complete")
    slow.release_locks()

    with local_copy(storage_on(given)) as copy:
        check_numbers(copy)
        assert len(visible(copy)) == 1 + 2 * 3
        assert visible(copy)["a1"] == 7


def test_a_reader_misses_nothing_while_several_workers_publish_to_s3(tmp_path: Path, s3: Any) -> None:
    runs = times(10)
    workers = []
    for name in ("1", "2"):
        (tmp_path / name).mkdir()
        arguments = (tmp_path / name, name, runs, on_s3(s3, tmp_path / name))
        workers.append(FORKS.Process(target=publish_runs, args=arguments))
    for worker in workers:
        worker.start()
    got: dict[str, int] = {}
    cursor, alive = 0, True
    while alive:
        alive = any(worker.is_alive() for worker in workers)
        with local_copy(storage_on(on_s3(s3, tmp_path))) as copy:
            rows, cursor = read_since(copy, cursor)
        assert not got.keys() & rows.keys()
        got |= rows

    assert [worker.exitcode for worker in workers] == [0, 0]
    with local_copy(storage_on(on_s3(s3, tmp_path))) as copy:
        assert got == visible(copy)
        assert len(got) == 2 * runs * 2 * 3
        check_numbers(copy)


def publish_runs(folder: Path, name: str, runs: int, given: dict[str, str]) -> None:
    for run in range(runs):
        first = 1000 * int(name) + 10 * run
        publish(folder, f"20261124T06{run:02}00Z-{name}", first, first + 2, given)
