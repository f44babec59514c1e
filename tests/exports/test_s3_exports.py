"""Exports on S3 keep the promises of those on a disk: commands read, compact and clean them."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.catalog import open_catalog
from crawler.exports.compaction import Compaction
from crawler.exports.export import open_export
from crawler.exports.local_copy import local_copy
from crawler.exports.old_runs import clean_day, old_days
from crawler.exports.publication import Publication
from crawler.exports.verification import check_exports
from crawler.shelves import Shelf
from crawler.store.store import DatabaseStore
from tests.commands.running import scrapy
from tests.exports.databases import contents
from tests.exports.dying import settings
from tests.exports.exporting import RUN
from tests.exports.exports_on_s3 import on_s3, publish, storage_on
from tests.exports.sequences import read_since
from tests.runs.replaying import archive, crawl, lines, settings_of
from tests.site.pages import site_of

pytestmark = pytest.mark.foreign


def test_a_crawl_brings_to_s3_what_it_brings_to_a_disk(tmp_path: Path, s3: Any) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    given = on_s3(s3, tmp_path)

    crawl(settings_of(tmp_path, replay, RUN_ID=RUN, STORE=f"sqlite:///{tmp_path}/1.db"))
    crawl(settings_of(tmp_path, replay, RUN_ID=RUN, STORE=f"sqlite:///{tmp_path}/2.db", **given))

    local = tmp_path / "exports"
    with local_copy(storage_on(given)) as copy:
        there = {_on_a_disk(path.relative_to(copy)): path for path in copy.rglob("*") if path.is_file()}
        assert there.keys() == {path.relative_to(local) for path in local.rglob("[!.]*") if path.is_file()}
        assert list(check_exports(copy)) == []
        for name, path in there.items():
            if name.name.endswith(".jsonl"):
                rows, expected = lines(path), lines(local / name)
                for row in (*rows, *expected):
                    row.pop("first_seen_at", None)
                assert rows == expected
        catalog = open_catalog(copy)
        assert catalog.sequence > 2
        (part,) = catalog.files(Shelf.ARTICLES)
        assert part.path.endswith(f"articles-{part.first_sequence:09}-{part.last_sequence:09}.jsonl")


def _on_a_disk(name: Path) -> Path:
    """Return the name that a part has on a disk; on S3 it is made of the sequence numbers of its rows."""
    return name.with_name(re.sub(r"-\d{9}-\d{9}(?=\.jsonl)", "", name.name))


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


def test_an_address_without_a_bucket_or_server_is_named(tmp_path: Path, store: DatabaseStore, s3: Any) -> None:
    given = on_s3(s3, tmp_path) | {"EXPORTS": "s3://no-such-bucket/exports"}

    with pytest.raises(Exception, match=r"s3://no-such-bucket/exports: cannot be written .*NoSuchBucket"):
        open_export(settings(tmp_path, RUN, **given), store.outbox)


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
