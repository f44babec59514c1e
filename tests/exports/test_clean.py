"""scrapy clean: old runs go, the catalog leads to each row as before, and a kill leaves a sound folder."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

from crawler.exports.catalog import CATALOG, open_catalog
from crawler.exports.catalog_rows import CLEANED
from crawler.exports.compaction import Compaction
from crawler.exports.old_runs import clean_day, old_days
from crawler.exports.publication import Publication
from crawler.exports.storage import LocalStorage
from crawler.exports.verification import check_exports
from crawler.shelves import Shelf
from crawler.store import open_store
from tests.exports.cleaning import clean, runs_of
from tests.exports.compacting import compact, exports_of, rows_of
from tests.exports.dying import Steps, article, die_in
from tests.exports.published_runs import exported, ids
from tests.exports.sequences import read_since


def test_without_yes_what_would_go_is_printed_and_nothing_is_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = exports_of(tmp_path, 1, 2)
    compact(exports)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    capsys.readouterr()

    assert clean(exports, yes=False) == 0

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    first, last = capsys.readouterr().out.splitlines()
    assert first == f"{exports}/date=2026-11-24: 2 runs, 0 MB"
    assert last == "0 MB would go; add --yes to delete it"


@pytest.mark.parametrize("drop", [[], ["--drop"]])
def test_the_folders_of_old_runs_go_and_each_row_is_read_as_before(tmp_path: Path, drop: list[str]) -> None:
    exports = exports_of(tmp_path, 1, 2)
    compact(exports, *drop)
    rows, catalog = rows_of(exports), open_catalog(exports)
    cursors = [read_since(exports, cursor) for cursor in range(catalog.sequence + 1)]
    news = [exported(exports, tmp_path / "out.jsonl", *since) for since in ((), ("--since", "2026-11-25"))]

    assert clean(exports) == 0

    assert not list(exports.glob("date=*"))
    assert rows_of(exports) == rows
    assert [read_since(exports, cursor) for cursor in range(catalog.sequence + 1)] == cursors
    again = [exported(exports, tmp_path / "out.jsonl", "--force", *since) for since in ((), ("--since", "2026-11-25"))]
    assert again == news
    assert ids(news[0])
    assert list(check_exports(exports)) == []
    assert {run.state for run in open_catalog(exports).runs.values()} == {CLEANED}
    assert clean(exports) == 0
    assert compact(exports, "--drop") == 0


def test_runs_that_are_young_uncompacted_or_not_ended_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exports = exports_of(tmp_path, 1, 2, 3)
    publication = Publication(LocalStorage(exports))
    with publication.alone() as catalog:
        first, second, _ = catalog.runs.values()
        publication.enter(replace(first, state="running"))
    compact(exports)
    exports_of(tmp_path, 4)
    (exports / second.folder / ".running").touch()
    capsys.readouterr()

    assert clean(exports, at="2026-12-24T23:59:59+00:00") == 0
    young = capsys.readouterr().out
    assert clean(exports) == 0

    assert young == "0 MB deleted\n"
    said = capsys.readouterr().out
    assert "2 runs stay, as they have not ended" in said
    assert "1 runs stay, as only their folders hold their rows: scrapy compact --day 2026-11-24 first" in said
    assert [name[-12:-10] for name in runs_of(exports)] == ["01", "02", "04"]


def test_a_day_whose_compacted_file_is_damaged_stays_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports)
    (file,) = exports.glob("compacted/shelf=articles/*/*.parquet")
    file.write_bytes(file.read_bytes()[:-1])

    assert clean(exports) == 3

    assert "date=2026-11-24: is not cleaned" in capsys.readouterr().err
    assert len(runs_of(exports)) == 1


def test_a_lost_catalog_is_made_with_the_runs_that_were_cleaned(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1, 2)
    compact(exports)
    clean(exports)
    rows, runs, sequence = rows_of(exports), open_catalog(exports).runs, open_catalog(exports).sequence
    (exports / CATALOG).unlink()

    made = open_catalog(exports)

    assert (rows_of(exports), made.runs.keys(), made.sequence) == (rows, runs.keys(), sequence)
    assert exported(exports, tmp_path / "out.jsonl", "--since", "2026-11-23")
    exports_of(tmp_path, 5)
    assert list(check_exports(exports)) == []


def test_what_a_run_had_read_before_it_was_cleaned_goes_into_the_next_run(tmp_path: Path) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports)
    clean(exports)
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    store.outbox.put(article(77, "20261124T010000Z-aaaa"), Shelf.ARTICLES)
    store.close()

    exports_of(tmp_path, 2)

    assert "a77" in ids(rows_of(exports)[Shelf.ARTICLES])
    assert [name[-20:] for name in runs_of(exports)] == ["0261124T020000Z-aaaa"]
    assert list(check_exports(exports)) == []


STEPS: Steps = ((LocalStorage, "write"), (LocalStorage, "delete"), (LocalStorage, "remove"))


def clean_all(exports: Path) -> None:
    """Clean the day as the command does."""
    publication = Publication(LocalStorage(exports))
    compaction = Compaction(publication, {})
    assert compaction.start()
    with publication.alone() as catalog:
        days = old_days(publication.storage, catalog, "2026-12-01")
    for day in days:
        clean_day(publication, compaction, day)
    compaction.end()


@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.soak), 9, pytest.param(24, marks=pytest.mark.soak)])
def test_a_cleaning_that_is_killed_loses_no_row_and_the_next_one_ends_it(tmp_path: Path, step: int) -> None:
    exports = exports_of(tmp_path, 1, 2)
    compact(exports)
    rows = rows_of(exports)

    assert die_in(step, STEPS, clean_all, exports)

    assert rows_of(exports) == rows
    assert list(check_exports(exports)) == []
    clean_all(exports)
    assert rows_of(exports) == rows
    assert not list(exports.glob("date=*"))
    assert list(check_exports(exports)) == []


def test_what_cannot_be_cleaned_is_named_and_the_rest_is_cleaned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports, old = exports_of(tmp_path, 1), tmp_path / "archive" / "old.warc"
    compact(exports)
    old.parent.mkdir()
    old.write_bytes(b"x" * 3_000_000)
    os.utime(old, (0, 0))
    other = Compaction(Publication(LocalStorage(exports)), {})
    assert other.start()

    assert clean(exports, archives=old.parent) == 3
    other.end()
    said = capsys.readouterr()
    assert f"{exports}: is not cleaned (another process compacts it; wait for its end)" in said.err
    assert said.out.endswith("\n3 MB deleted\n")
    (exports / ".compacting.lock").mkdir()
    assert clean(exports) == 3

    assert f"{exports}: is not cleaned (" in capsys.readouterr().err
    assert len(runs_of(exports)) == 1
    assert clean(exports, EXPORTS="") == 0


def test_an_age_of_more_than_a_thousand_years_keeps_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exports = exports_of(tmp_path, 1)
    compact(exports)

    assert clean(exports, keep="60000w") == 0

    assert capsys.readouterr().out.endswith("\n0 MB deleted\n")
    assert len(runs_of(exports)) == 1


@pytest.mark.parametrize("keep", [None, "", "30", "30 days", "-3d", "0d", "1e3d", "30D", "३०d"])
def test_a_bad_age_is_named(tmp_path: Path, keep: str | None) -> None:
    with pytest.raises(UsageError, match=r"^--keep .*: write a number and d, w or h: --keep 90d$"):
        clean(tmp_path / "exports", keep=keep)
