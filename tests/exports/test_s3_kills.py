"""Each record reaches S3 once, wherever an export dies."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.catalog import open_catalog
from crawler.exports.local_copy import local_copy
from crawler.exports.verification import check_exports
from tests.exports.dying import ARTICLES, die_in
from tests.exports.exports_on_s3 import STEPS, on_s3, publish, storage_on
from tests.exports.sequences import check_numbers, read_since, visible
from tests.soak import sample

pytestmark = pytest.mark.foreign


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
