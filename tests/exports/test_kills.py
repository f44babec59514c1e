"""After an export is killed at any step, the next run delivers each record exactly once and repairs the folders."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from crawler.exports.export import open_export
from crawler.shelves import Shelf
from crawler.store import open_store
from tests.exports.dying import ARTICLES, article, die_at, settings, work
from tests.exports.sequences import check_numbers, read_since, visible
from tests.runs.replaying import lines, manifest, run_folders
from tests.soak import sample, times


def check(folder: Path) -> None:
    """Assert that all runs are closed and complete, and that each record was delivered once."""
    for run in run_folders(folder):
        listed = manifest(run)
        assert listed["state"] in ("complete", "recovered"), run
        assert {part["shelf"] for part in listed["parts"]} == set(Shelf)
        assert {part["name"] for part in listed["parts"]} | {"manifest.json"} == {path.name for path in run.iterdir()}
        for part in listed["parts"]:
            content = (run / part["name"]).read_bytes()
            assert (part["sha256"], part["rows"]) == (hashlib.sha256(content).hexdigest(), content.count(b"\n"))
    records = [
        (record.get("id") or record["article"], run.name.removeprefix("run=") == record["run_id"])
        for run in run_folders(folder)
        for shelf in set(Shelf) - {Shelf.REFUSED}
        for path in run.glob(f"{shelf}*.jsonl")
        for record in lines(path)
    ]
    assert all(is_home for _, is_home in records)
    counts = Counter(key for key, _ in records)
    put = set((folder / "put").read_text().split()) if (folder / "put").exists() else set()
    assert set(counts.values()) <= {1}
    assert put <= counts.keys()
    refused = Counter(
        line["url"] for run in run_folders(folder) for path in run.glob("refused*") for line in lines(path)
    )
    assert set(refused.values()) <= {1}


def try_steps(folder: Path, steps: Iterable[int]) -> int:
    """Die at each of the steps, run again after each death, and return the number of deaths."""
    deaths = 0
    for step in steps:
        place = folder / str(step)
        place.mkdir()
        if not die_at(step, place):
            break
        deaths += 1
        exports = place / "exports"
        (read, cursor), seen = read_since(exports, 0), visible(exports)
        work(place, "20261124T061500Z-next", ARTICLES, ARTICLES + 1)
        check(place)
        check_numbers(exports)
        assert seen.items() <= visible(exports).items()
        assert not seen or min({*visible(exports).values()} - {*seen.values()}) > max(seen.values())
        later, _ = read_since(exports, cursor)
        assert read | later == visible(exports)
        assert not read.keys() & later.keys()
    return deaths


@pytest.mark.parametrize("first", range(4))
def test_each_record_is_delivered_once_wherever_an_export_dies(tmp_path: Path, first: int) -> None:
    assert try_steps(tmp_path, range(first * 7, 1000, 28)) > 3


@pytest.mark.soak
def test_each_record_is_delivered_once_at_every_single_step(tmp_path: Path) -> None:
    assert try_steps(tmp_path, sample(range(1000))) > times(100)


def test_a_run_that_died_twice_is_recovered(tmp_path: Path) -> None:
    assert die_at(40, tmp_path)
    assert die_at(25, tmp_path, first=50)

    work(tmp_path, "20261124T061500Z-next", 100, 101)

    check(tmp_path)


def test_a_half_written_refusal_is_left_out(tmp_path: Path) -> None:
    dead = tmp_path / "exports" / "date=2026-11-24" / "run=dead"
    dead.mkdir(parents=True)
    (dead / ".running").touch()
    (dead / ".refused.jsonl").write_bytes(b'{"url": "https://example.in/1", "reason": "no-body"}\n{"url": "htt')
    (dead / ".articles.jsonl.part").write_bytes(b'{"half": ')

    work(tmp_path, "20261124T061500Z-next", 0, 1)

    assert [line["url"] for line in lines(dead / "refused.jsonl")] == ["https://example.in/1"]
    assert manifest(dead)["state"] == "recovered"
    assert not (dead / ".articles.jsonl.part").exists()


def test_a_living_run_is_left_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    living = open_export(settings(tmp_path, "20261124T060000Z-live"), store.outbox)
    store.outbox.put(article(1, "20261124T060000Z-live"), Shelf.ARTICLES)

    work(tmp_path, "20261124T061500Z-next", 2, 3)

    assert manifest(living.path)["state"] == "running"
    living.end("complete")
    living.release_locks()
    store.close()
    check(tmp_path)
