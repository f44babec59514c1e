"""Exports on S3 keep the promises of those on a disk: a part is absent or whole, once, and the catalog is true."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from crawler.exports import s3_storage
from crawler.exports.catalog import CATALOG, open_catalog
from crawler.exports.compaction import Compaction
from crawler.exports.export import open_export
from crawler.exports.local_copy import local_copy
from crawler.exports.old_runs import clean_day, old_days
from crawler.exports.publication import Publication
from crawler.exports.s3_storage import S3Storage
from crawler.exports.storage import ChangedError, open_storage
from crawler.exports.verification import check_exports
from crawler.shelves import Shelf
from crawler.store.outbox import SqliteOutbox
from crawler.store.store import SqliteStore
from tests.commands.running import FORKS, scrapy
from tests.exports.databases import contents
from tests.exports.dying import ARTICLES, Steps, article, die_in, settings, work
from tests.exports.sequences import check_numbers, read_since, visible
from tests.runs.replaying import archive, crawl, lines, settings_of
from tests.site.pages import site_of
from tests.soak import sample, times

pytestmark = pytest.mark.foreign
RUN = "20261124T060000Z-9f3c"
STEPS: Steps = (
    (SqliteOutbox, "assign"),
    (SqliteOutbox, "delivered"),
    (Publication, "put"),
    (S3Storage, "put"),
    (S3Storage, "write"),
    (S3Storage, "mirror"),
    (S3Storage, "_call"),
    (Path, "rename"),
    (Path, "replace"),
)
"""What an export to S3 calls."""


def on_s3(client: Any, folder: Path, prefix: str = "news/exports") -> dict[str, str]:
    """Return the settings of an export to S3, with its spool in a folder.

    The keys are there too: a forked process has the environment of the test that forked first.
    """
    spool = str(folder / "spool")
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION_NAME": "us-east-1"}
    at = {"AWS_ENDPOINT_URL": client.meta.endpoint_url}
    return {"EXPORTS": f"s3://videsh/{prefix}", "EXPORTS_SPOOL": spool, **at, **keys}


def storage_on(given: dict[str, str]) -> S3Storage:
    storage = open_storage(given["EXPORTS"], given)
    assert isinstance(storage, S3Storage)
    return storage


def publish(folder: Path, run: str, first: int, last: int, given: dict[str, str]) -> None:
    """Run an export to S3 with a lease that ends soon, as the tests do not wait a minute for the dead."""
    s3_storage.LEASE_SECONDS = 1
    work(folder, run, first, last, **given)


def test_a_crawl_brings_to_s3_what_it_brings_to_a_disk(tmp_path: Path, s3: Any) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    given = on_s3(s3, tmp_path)

    crawl(settings_of(tmp_path, replay, RUN_ID=RUN, STORE=f"sqlite:///{tmp_path}/1.db"))
    crawl(settings_of(tmp_path, replay, RUN_ID=RUN, STORE=f"sqlite:///{tmp_path}/2.db", **given))

    local = tmp_path / "exports"
    with local_copy(storage_on(given)) as copy:
        there = {path.relative_to(copy): path for path in copy.rglob("*") if path.is_file()}
        assert there.keys() == {path.relative_to(local) for path in local.rglob("[!.]*") if path.is_file()}
        assert list(check_exports(copy)) == []
        for name, path in there.items():
            if name.name.endswith(".jsonl"):
                rows, expected = lines(path), lines(local / name)
                for row in (*rows, *expected):
                    row.pop("first_seen_at", None)
                assert rows == expected
        assert open_catalog(copy).sequence > 2


def test_the_commands_read_exports_on_s3(tmp_path: Path, s3: Any) -> None:
    given = on_s3(s3, tmp_path)
    publish(tmp_path, RUN, 0, 3, given)
    environment = {"AWS_ENDPOINT_URL": given["AWS_ENDPOINT_URL"]}
    spool = f"EXPORTS_SPOOL={given['EXPORTS_SPOOL']}"

    exports = ("-s", f"EXPORTS={given['EXPORTS']}", "-s", spool)
    out = tmp_path / "out.jsonl"

    verified = scrapy("verify", given["EXPORTS"], environment=environment)
    exported = scrapy("export", *exports, "--to", "jsonl", out, environment=environment)
    tables = [tmp_path / name for name in ("before.db", "after.db")]
    first = scrapy("export", *exports, "--to", "sqlite", tables[0], environment=environment)
    compacted = scrapy("compact", "--day", "2026-11-24", "--drop", *exports, environment=environment)
    again = scrapy("verify", given["EXPORTS"], environment=environment)
    written = [scrapy("export", *exports, "--to", "sqlite", each, environment=environment) for each in tables]

    assert (verified.code, verified.out) == (0, f"{given['EXPORTS']}: whole: 1 runs, 8 parts, 12 rows\n")
    assert (exported.code, exported.err) == (0, "")
    assert {row["id"] for row in lines(out)} == {"a0", "a2"}
    assert exported.out.endswith("--since:\n9\n")
    assert (compacted.code, compacted.err) == (0, "")
    assert "8 parts dropped" in compacted.out
    assert {(each.code, each.err) for each in (first, *written)} == {(0, "")}
    assert contents(tables[0]) == contents(tables[1])
    assert {row[0] for row in contents(tables[1])["articles"]} == {"a0", "a1", "a2"}
    assert again.code == 0
    assert not [name for name in storage_on(given).sizes("date=2026-11-24") if ".jsonl" in name]


def test_an_object_that_was_changed_is_named_although_the_spool_has_its_file(tmp_path: Path, s3: Any) -> None:
    given = on_s3(s3, tmp_path)
    publish(tmp_path, RUN, 0, 3, given)
    part = next(name for name in storage_on(given).sizes("date=2026-11-24") if "/articles" in name)
    s3.put_object(Bucket="videsh", Key=f"news/exports/{part}", Body=b"{}\n")
    environment = {"AWS_ENDPOINT_URL": given["AWS_ENDPOINT_URL"]}

    verified = scrapy(
        "verify", given["EXPORTS"], "-s", f"EXPORTS_SPOOL={given['EXPORTS_SPOOL']}", environment=environment
    )

    assert verified.code == 3
    assert f"{given['EXPORTS']}/{part}: has 3 bytes" in verified.out


def test_what_lies_in_the_spool_for_long_is_deleted_from_it_alone(tmp_path: Path, s3: Any) -> None:
    storage = storage_on(on_s3(s3, tmp_path))
    names = ["date=2026-11-24/run=a/articles.jsonl", "compacted/shelf=articles/date=2026-11-24/part-1.parquet"]
    for number, name in enumerate(names):
        file = tmp_path / f"{number}"
        file.write_bytes(b"{}\n")
        storage.put(file, name)
        os.utime((storage.spool / name).parent, (0, 0))

    storage.tidy()

    assert not [path for path in storage.spool.rglob("*") if path.is_file()]
    assert sorted(storage.sizes("")) == sorted(names)


def test_the_report_of_a_run_on_s3_is_that_of_the_run_on_a_disk(tmp_path: Path, s3: Any) -> None:
    given = on_s3(s3, tmp_path)
    publish(tmp_path, RUN, 0, 3, given)
    run = f"{given['EXPORTS']}/date=2026-11-24/run={RUN}"
    environment = {"AWS_ENDPOINT_URL": given["AWS_ENDPOINT_URL"]}

    with local_copy(storage_on(given)) as copy:
        on_disk = scrapy("report", "--json", copy / "date=2026-11-24" / f"run={RUN}")
    there = scrapy("report", "--json", f"{run}/", environment=environment)
    missing = scrapy("report", f"{run}0", environment=environment)
    no_run = scrapy("report", given["EXPORTS"], environment=environment)

    assert (on_disk.code, there.code, missing.code, no_run.code) == (0, 0, 2, 2), there.err
    assert there.out == on_disk.out
    assert json.loads(there.out)["run"]["id"] == RUN
    assert f"{run}0: neither manifest.json nor report.json in it; name a run" in missing.err
    assert f"{given['EXPORTS']}: no run; name one" in no_run.err


def test_an_address_without_a_bucket_or_server_is_named(tmp_path: Path, store: SqliteStore, s3: Any) -> None:
    given = on_s3(s3, tmp_path) | {"EXPORTS": "s3://no-such-bucket/exports"}

    with pytest.raises(Exception, match=r"s3://no-such-bucket/exports: cannot be written .*NoSuchBucket"):
        open_export(settings(tmp_path, RUN, **given), store.outbox)


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
    tmp_path: Path, s3: Any, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
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


def try_steps(folder: Path, client: Any, steps: Iterable[int]) -> int:
    """Die at each of the steps of an export to S3, run again after each death, and return the number of deaths."""
    deaths = 0
    for step in steps:
        place = folder / str(step)
        place.mkdir()
        given = on_s3(client, place, prefix=str(step))
        if not die_in(step, STEPS, publish, place, "20261124T060000Z-dead", 0, ARTICLES, given):
            break
        deaths += 1
        with local_copy(storage_on(given)) as copy:
            read, cursor = read_since(copy, 0)
        publish(place, "20261124T061500Z-next", ARTICLES, ARTICLES + 1, given)
        with local_copy(storage_on(given)) as copy:
            later, _ = read_since(copy, cursor)
            assert not read.keys() & later.keys()
            assert read | later == visible(copy)
            assert set((place / "put").read_text().split()) <= visible(copy).keys()
            check_numbers(copy)
            assert [fault for fault in check_exports(copy) if "has not ended" not in fault] == []
            states = {run.state for run in open_catalog(copy).runs.values()}
            assert states <= {"complete", "recovered"}
    return deaths


def test_each_record_reaches_s3_once_wherever_an_export_dies(tmp_path: Path, s3: Any) -> None:
    assert try_steps(tmp_path, s3, range(50, 2000, 130)) > 2


@pytest.mark.soak
def test_each_record_reaches_s3_once_at_every_step(tmp_path: Path, s3: Any) -> None:
    steps = sample(range(0, 400, 4))
    assert try_steps(tmp_path, s3, steps) == len(steps)


def test_a_dead_run_is_recovered_without_its_spool(tmp_path: Path, s3: Any) -> None:
    given = on_s3(s3, tmp_path)
    assert die_in(150, STEPS, publish, tmp_path, "20261124T060000Z-dead", 0, ARTICLES, given)
    (tmp_path / "spool").rename(tmp_path / "lost")

    publish(tmp_path, "20261124T061500Z-next", ARTICLES, ARTICLES + 1, given)

    with local_copy(storage_on(given)) as copy:
        check_numbers(copy)
        assert set((tmp_path / "put").read_text().split()) <= visible(copy).keys()


def test_a_day_on_s3_is_compacted_and_its_parts_dropped(tmp_path: Path, s3: Any) -> None:
    given = on_s3(s3, tmp_path)
    publish(tmp_path, RUN, 0, 3, given)
    with local_copy(storage_on(given)) as copy:
        before = read_since(copy, 0)
    compaction = Compaction(Publication(storage_on(given)), {})
    assert compaction.start()

    files = [compaction.compact(shelf, "2026-11-24") for shelf in Shelf]
    dropped = compaction.drop("2026-11-24")
    compaction.end()

    assert dropped == sum(len(file.parts) for file in files if file)
    with local_copy(storage_on(given)) as copy:
        assert read_since(copy, 0) == before
        assert not list(copy.glob("date=*/run=*/*.jsonl"))
        assert list(check_exports(copy)) == []


def test_the_folder_of_an_old_run_on_s3_is_deleted_and_its_rows_are_read_as_before(tmp_path: Path, s3: Any) -> None:
    given = on_s3(s3, tmp_path)
    publish(tmp_path, RUN, 0, 3, given)
    storage = storage_on(given)
    with local_copy(storage) as copy:
        before = read_since(copy, 0)
    publication = Publication(storage)
    compaction = Compaction(publication, {})
    assert compaction.start()
    for shelf in Shelf:
        compaction.compact(shelf, "2026-11-24")
    with publication.alone() as catalog:
        (day,) = old_days(storage, catalog, "2026-12-01")

    clean_day(publication, compaction, day)
    compaction.end()

    assert storage.sizes("date=2026-11-24") == {}
    assert not list(storage.spool.glob("date=*"))
    with local_copy(storage) as copy:
        assert read_since(copy, 0) == before
        assert list(check_exports(copy)) == []
