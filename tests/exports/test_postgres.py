"""PostgreSQL reads runs into the table that `scrapy schema --for postgres` declares, as docs/consuming.md says."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from crawler.exports.declarations import declaration
from crawler.items import Article
from crawler.shelves import Shelf
from tests.exports.exported_runs import KINDS, rows_of, typed, write_runs

pytestmark = [pytest.mark.soak, pytest.mark.foreign]


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, of its newest version; skip the test if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    return (found[-1] if found else Path(str(on_path))).parent


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """Start a server that listens on a socket of its own; yield the environment with which psql finds it."""
    at = programs()
    with TemporaryDirectory(prefix="videsh-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        owner = "postgres" if os.getuid() == 0 else None  # a server does not run as root
        if owner:
            shutil.chown(folder, owner)
        control: list[str | Path] = [at / "pg_ctl", "-D", folder / "data", "-w", "-t", "60"]
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        made: list[str | Path] = [at / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        for command in ([*made, "--locale=C"], [*control, "-l", folder / "log", "-o", options, "start"]):
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, user=owner)
        try:
            yield {"PGHOST": name, "PGUSER": "postgres", "PGDATABASE": "postgres", "PGTZ": "UTC"}
        finally:
            subprocess.run(
                [*control, "-m", "immediate", "stop"], cwd=folder, check=True, stdout=subprocess.DEVNULL, user=owner
            )


def psql(server: dict[str, str], folder: Path, script: str, **variables: str) -> str:
    environment = {**os.environ, **server, **variables}
    command: list[str | Path] = [programs() / "psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    done = subprocess.run(
        command, cwd=folder, env=environment, input=script, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_psql_loads_every_value_of_runs(server: dict[str, str], kind: str, tmp_path: Path, root: Path) -> None:
    page = (root / "docs" / "consuming.md").read_text(encoding="utf-8")
    recipe = re.search(r"<!-- run: postgres -->\n```sql\n(.*?)```", page, re.DOTALL)
    assert recipe is not None
    (tmp_path / "articles.sql").write_text(declaration(Shelf.ARTICLES, "postgres"), encoding="utf-8")
    run = write_runs(kind, tmp_path / "exports")
    rows = "SELECT coalesce(json_agg(articles), '[]') FROM articles;\nDROP TABLE articles;\n"

    read: list[dict[str, Any]] = json.loads(psql(server, tmp_path, recipe[1] + rows, RUN=run))

    assert sorted(read, key=by_id) == sorted((as_json(row) for row in rows_of(kind)), key=by_id)


@pytest.mark.parametrize("shelf", Shelf)
def test_every_shelf_has_a_table(server: dict[str, str], shelf: Shelf, tmp_path: Path) -> None:
    table = shelf.replace("-", "_")
    script = f"{declaration(shelf, 'postgres')}\nSELECT json_agg(column_name ORDER BY ordinal_position) "
    script += f"FROM information_schema.columns WHERE table_name = '{table}';\nDROP TABLE {table};\n"

    columns = json.loads(psql(server, tmp_path, script))

    assert columns == ([column.name for column in shelf.columns] or list(Article.__dataclass_fields__))


def by_id(row: dict[str, Any]) -> tuple[str, str]:
    return row["id"], row["schema_version"]


def as_json(row: dict[str, Any]) -> dict[str, Any]:
    """Return a record as json_agg gives the row of a table: times typed, lists and objects as they are."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else row.get(name)
        for name, value in typed(row).items()
    }
