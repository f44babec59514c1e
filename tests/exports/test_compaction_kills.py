"""A compaction that dies anywhere, and is run again, loses and doubles nothing."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from crawler.exports.catalog import CATALOG
from crawler.exports.compaction import Compaction
from crawler.exports.publication import Publication
from crawler.exports.storage import LocalStorage
from crawler.exports.verification import check_exports
from crawler.shelves import Shelf
from tests.exports.compacting import compact, exports_of, parts_of, rows_of
from tests.exports.dying import Steps, die_in
from tests.soak import sample

STEPS: Steps = (
    (LocalStorage, "put"),
    (LocalStorage, "write"),
    (LocalStorage, "delete"),
    (Publication, "write"),
    (Compaction, "_write"),
    (Compaction, "_compare"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "unlink"),
)
"""What a compaction calls."""


def try_steps(folder: Path, steps: Iterable[int]) -> int:
    """Die at each of the steps of a compaction, look, compact again, and return the number of deaths."""
    deaths = 0
    for step in steps:
        place = folder / str(step)
        exports = exports_of(place, 1)
        compact(exports, *(["--drop"] if step % 2 else []))
        exports_of(place, 2)
        before = rows_of(exports)
        if not die_in(step, STEPS, compact, exports, "--drop"):
            break
        deaths += 1
        assert rows_of(exports) == before
        catalog = (exports / CATALOG).read_bytes()
        (exports / CATALOG).unlink()
        assert rows_of(exports) == before
        (exports / CATALOG).write_bytes(catalog)
        exports_of(place, 3)
        after = rows_of(exports)
        assert compact(exports, "--drop") == 0
        assert rows_of(exports) == after
        assert parts_of(exports) == []
        assert len(list(exports.glob("compacted/*/*/*"))) == 2 * len(Shelf)
        assert list(check_exports(exports)) == []
    return deaths


@pytest.mark.parametrize("first", range(2))
def test_nothing_is_lost_or_doubled_wherever_a_compaction_dies(tmp_path: Path, first: int) -> None:
    assert try_steps(tmp_path, range(11 + first * 45, 1000, 90)) >= 2


@pytest.mark.soak
def test_nothing_is_lost_or_doubled_at_every_step_of_a_compaction(tmp_path: Path) -> None:
    steps = sample(range(200))
    assert try_steps(tmp_path, steps) == len(steps)
