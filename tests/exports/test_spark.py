"""Spark reads runs with what `scrapy schema --for spark` prints, and Parquet without any schema.

Spark has no wheels, so `make soak` gives it an environment of its own, beside that of the tests.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.declarations import declaration
from crawler.exports.parquet import write_parquet
from crawler.shelves import Shelf
from tests.exports.exported_runs import KINDS, RECORDS, rows_of, typed, write_runs

pytestmark = [pytest.mark.soak, pytest.mark.foreign]

ENVIRONMENT = Path(f"{sys.prefix}-spark")
SIZES = {"no row": 0, "one row": 1, "all pages": len(RECORDS)}
LONGEST = 300
"""Seconds after which a Spark that has not ended is killed."""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, Any]:
    """Return what Spark reads of all kinds of runs and of Parquet files; it starts once, which takes 20 CPU seconds."""
    if not (ENVIRONMENT / ".installed").exists() or not shutil.which("java"):
        pytest.skip("Spark needs Java, and an environment of its own, which `make soak` makes")
    folder = tmp_path_factory.mktemp("spark")
    (folder / "articles.ddl").write_text(declaration(Shelf.ARTICLES, "spark"), encoding="utf-8")
    page = (root / "docs" / "consuming.md").read_text(encoding="utf-8")
    snippet = re.search(r"<!-- run: spark -->\n```python\n(.*?)```", page, re.DOTALL)
    assert snippet is not None
    for size in SIZES.values():
        write_parquet(iter(RECORDS[:size]), folder / f"{size}.parquet")
    given = {
        "snippet": snippet[1],
        "runs": {kind: write_runs(kind, folder / kind.replace(" ", "-")) for kind in KINDS},
        "parquet": {name: str(folder / f"{size}.parquet") for name, size in SIZES.items()},
    }
    done = subprocess.run(
        [ENVIRONMENT / "bin" / "python", Path(__file__).with_name("spark_reading.py")],
        cwd=folder,
        env={**os.environ, "TZ": "UTC", "SPARK_LOCAL_IP": "127.0.0.1"},
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("kind", KINDS)
def test_spark_reads_every_value_of_runs(read: dict[str, Any], kind: str) -> None:
    rows = read["rows"][kind]

    assert sorted(rows, key=by_id) == sorted((as_json(typed(row)) for row in rows_of(kind)), key=by_id)


@pytest.mark.parametrize("name", SIZES)
def test_spark_reads_instants_and_days_of_parquet(read: dict[str, Any], name: str) -> None:
    count, types = read["parquet"][name]

    assert count == SIZES[name]
    assert (types["published_at"], types["published_on"]) == ("timestamp", "date")
    assert types["provenance"] == "array<struct<field:string,source:string>>"


def by_id(row: dict[str, Any]) -> tuple[str, str]:
    return row["id"], row["schema_version"]


def as_json(value: Any) -> Any:
    """Return a value as Spark's rows hold it: times without an offset, in the zone of the session."""
    if isinstance(value, dict):
        return {name: as_json(each) for name, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat()
    return value.isoformat() if isinstance(value, date) else value
