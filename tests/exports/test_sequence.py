"""Records get their sequence numbers in the order in which they can be read, whoever publishes."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.exports.catalog import open_catalog
from crawler.exports.jsonl import read_rows
from crawler.exports.publication import with_sequence
from crawler.exports.storage import LocalStorage
from crawler.items import json_line
from crawler.shelves import Shelf
from crawler.store.store import DatabaseStore
from tests.commands.running import FORKS
from tests.exports.dying import work
from tests.exports.exporting import article, export_of
from tests.exports.sequences import NUMBERED, check_numbers, read_since, visible
from tests.runs.replaying import archive, crawl, lines, manifest, run_folders, settings_of
from tests.site.pages import site_of
from tests.soak import times


def test_numbers_go_on_from_run_to_run_and_from_part_to_part(tmp_path: Path, store: DatabaseStore) -> None:
    first = export_of(tmp_path, store, 1, 2, 3, STORE="s", RUN_ID="one", EXPORT_PART_ROWS=2)
    second = export_of(tmp_path, store, 4, STORE="s", RUN_ID="two")

    numbers = [[row["sequence"] for row in lines(path)] for path in sorted(first.glob("articles*"))]
    assert numbers == [[1, 2], [3]]
    assert [row["sequence"] for row in lines(second / "articles.jsonl")] == [4]
    ranges = [(part["first_sequence"], part["last_sequence"]) for part in manifest(first)["parts"]]
    assert ranges == [(1, 2), (3, 3), *[(None, None)] * 4]
    check_numbers(tmp_path / "exports")


def test_rows_of_every_shelf_but_refusals_are_numbered(tmp_path: Path) -> None:
    work(tmp_path, "20261124T060000Z-one", 0, 3)

    for shelf in NUMBERED:
        (path,) = (tmp_path / "exports").glob(f"date=*/run=*/{shelf}-0001.jsonl")
        assert all(type(row["sequence"]) is int for row in lines(path))
    check_numbers(tmp_path / "exports")


def test_a_run_without_a_store_gives_no_numbers(tmp_path: Path, store: DatabaseStore) -> None:
    folder = export_of(tmp_path, store, 1, STORE="")

    assert [row["sequence"] for row in lines(folder / "articles.jsonl")] == [None]
    assert open_catalog(tmp_path / "exports").sequence == 0
    (part,) = open_catalog(tmp_path / "exports").files(Shelf.ARTICLES)
    assert (part.rows, part.first_sequence, part.last_sequence) == (1, None, None)
    assert open_catalog(tmp_path / "exports").files(Shelf.ARTICLES, since=0) == []


def test_a_line_differs_from_that_of_a_feed_by_its_number_alone(tmp_path: Path) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl"

    crawl(settings_of(tmp_path, replay, STORE="", RUN_ID="r", FEEDS={str(out): {"format": "jsonlines"}}))
    crawl(settings_of(tmp_path, replay, RUN_ID="r"))

    (folder,) = run_folders(tmp_path)
    parts = b"".join((folder / f"{shelf}.jsonl").read_bytes() for shelf in ("articles", "copies"))
    numbered = [json.loads(line) | {"sequence": None} for line in parts.splitlines()]
    fed = lines(out)
    for row in (*numbered, *fed):
        row["first_seen_at"] = None
    assert sorted(map(str, numbered)) == sorted(map(str, fed))
    assert len(fed) > 2
    assert all(row["sequence"] is None for row in fed)


@pytest.mark.parametrize("headline", ["पुल खुला", '"sequence": null', "a\\b\u2028 \x7f", "1e400 \U0001f30d"])
def test_a_number_changes_nothing_else_in_a_line(headline: str) -> None:
    given = article(1)
    given.headline = headline
    line = json_line(given) + b"\n"
    given.sequence = 7

    assert with_sequence(line, 7) == json_line(given) + b"\n"
    assert with_sequence(line, None) == line


def test_a_record_that_an_earlier_version_queued_is_published_in_the_current_one() -> None:
    sample = Path(__file__).parents[1] / "runs" / "samples"
    line = (sample / "1.0" / "articles.jsonl").read_bytes().splitlines(keepends=True)[0]

    row = json.loads(with_sequence(line, 7))

    assert (row["schema_version"], row["sequence"]) == ("1.1", 7)


def publish(folder: Path, name: str, runs: int) -> None:
    """Publish several runs of one worker, which has a store of its own, into the exports of all workers."""
    (folder / name).mkdir()
    (folder / name / "exports").symlink_to(folder / "exports", target_is_directory=True)
    for run in range(runs):
        first = 1000 * int(name) + 10 * run
        work(folder / name, f"20261124T06{run:02}00Z-{name}", first, first + 4)


def test_a_reader_misses_nothing_while_several_workers_publish(tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    workers = [FORKS.Process(target=publish, args=(tmp_path, name, times(20, least=2)), daemon=True) for name in "123"]
    for worker in workers:
        worker.start()
    got: dict[str, int] = {}
    cursors = [0]
    while any(worker.is_alive() for worker in workers):
        rows, cursor = read_since(exports, cursors[-1])
        assert not got.keys() & rows.keys()
        got |= rows
        cursors.append(cursor)
    rows, _ = read_since(exports, cursors[-1])

    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert got | rows == visible(exports)
    assert len(got | rows) == 3 * times(20, least=2) * 12
    assert all(before <= after for before, after in pairwise(cursors))
    check_numbers(exports)


def test_the_lock_of_publication_ends_with_its_process(tmp_path: Path) -> None:
    holder = FORKS.Process(target=hold_for_ever, args=(tmp_path,), daemon=True)
    holder.start()
    while not (tmp_path / "held").exists():
        assert holder.is_alive()
    holder.kill()
    holder.join()

    with LocalStorage(tmp_path).alone():
        assert list(read_rows(tmp_path / "held")) == []


def hold_for_ever(folder: Path) -> None:
    with LocalStorage(folder).alone():
        (folder / "held").touch()
        while True:
            pass
