"""A store or a place of exports that is away costs a round of --every; what is wrong before any round ends at once."""

import json
import signal
import socket
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.runs.store_lock import check_store
from crawler.shelves import Shelf
from crawler.store import SHARED, open_store
from tests.commands.running import Running, scrapy, start
from tests.exports.dying import article
from tests.runs.replaying import lines

DEMO = ("indiatv", "--replay", "demo/demo.warc.gz", "--workers", "1")
FAULTS = {
    "lanes cannot be taken": "DROP TABLE lanes",
    "runs cannot be read": "DROP TABLE runs",
    "records of dead runs cannot be adopted": "ALTER TABLE outbox RENAME TO outbox_away",
    "lanes cannot be opened": "CREATE TRIGGER no_lane BEFORE INSERT ON lanes WHEN NEW.outlet <> '' "
    "BEGIN SELECT RAISE(ABORT, 'no lane'); END",
}


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The address of a store in which an article waits to be delivered."""
    address = f"sqlite:///{tmp_path}/v.db"
    with closing(open_store(address, serves=SHARED)) as store:
        store.outbox.put(article(1, "20261124T060000Z-shared"), Shelf.ARTICLES)
    return address


def wait_until(run: Running, *, said: str = "", times: int = 1, there: str = "v.db", at: Path = Path()) -> None:
    """Wait until a command has written a text to standard error so often, and a file is below a folder."""
    until = time.monotonic() + 60
    while run.said().count(said) < times or not any(at.rglob(there)):
        assert run.poll() is None, run.wait()
        assert time.monotonic() < until, run.said()
        time.sleep(0.02)


def test_deliveries_go_on_when_the_folder_of_exports_is_back(tmp_path: Path, store: str) -> None:
    exports = tmp_path / "exports"
    exports.write_text("no folder can be here", encoding="utf-8")
    run = start("deliver", "--every", "1s", "--log", "json", "-s", f"STORE={store}", "--out", str(exports))
    wait_until(run, said="cannot be written", times=2, at=tmp_path)

    exports.unlink()
    (exports / "date=2026-11-23" / "run=dead").mkdir(parents=True)
    (exports / "date=2026-11-23" / "run=dead" / ".running").touch()
    (exports / "date=2026-11-23" / "run=dead" / "articles.jsonl").write_text('{"outlet": 1}\n', encoding="utf-8")
    wait_until(run, there="report.html", at=tmp_path)
    run.send_signal(signal.SIGTERM)
    done = run.wait()

    assert done.code == 0
    rows = [row.get("id") for part in exports.rglob("articles.jsonl") for row in lines(part)]
    assert sorted(filter(None, rows)) == ["a1"]
    failed, *more = map(json.loads, done.err.splitlines())
    assert (failed["level"], failed["event"], failed["exit_code"]) == ("error", "delivery", 3)
    assert failed["message"].startswith(f"{exports}: cannot be written (")
    closed, without_report = (each["message"] for each in more[-2:])
    assert closed.endswith("run=dead: its run died; closed")
    assert "run=dead: no report can be made of it" in without_report  # and it ends no other folder's delivery


@pytest.mark.soak
def test_deliveries_go_on_while_s3_refuses_connections(tmp_path: Path, store: str) -> None:
    pytest.importorskip("boto3", reason="needs boto3, which the extra s3 installs")
    with socket.socket() as closed:  # bound, and not listening: nobody else gets this port, and it refuses all
        closed.bind(("127.0.0.1", 0))
        at = f"http://127.0.0.1:{closed.getsockname()[1]}"
        settings = {"AWS_ENDPOINT_URL": at, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        settings |= {"STORE": store, "EXPORTS_SPOOL": str(tmp_path / "spool"), "AWS_REGION_NAME": "us-east-1"}
        options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
        once = {"AWS_MAX_ATTEMPTS": "1"}
        run = start("deliver", "--every", "1s", "--out", "s3://news/exports", *options, environment=once)
        wait_until(run, said="s3://news/exports: cannot be written", times=2, at=tmp_path)
        run.send_signal(signal.SIGTERM)
        done = run.wait()

    assert done.code == 0
    assert "Traceback" not in done.err


def test_an_unusable_folder_ends_a_single_delivery_with_its_documented_code(tmp_path: Path, store: str) -> None:
    (tmp_path / "exports").touch()

    done = scrapy("deliver", "-s", f"STORE={store}", "--out", str(tmp_path / "exports"))

    assert done.code == 3
    assert done.err.startswith(f"{tmp_path}/exports: cannot be written (")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("deliver", "-s", "STORE=mysql://db/videsh"), "STORE is 'mysql://db/videsh': write sqlite:///PATH"),
        (("deliver", "--out", "ftp://news"), "ftp://news is neither a folder nor s3://BUCKET/PREFIX"),
        (("deliver", "--evry"), 'unknown option "--evry"'),
        (("newsroom", "zee", "-s", "STORE=mysql://db/videsh"), "STORE is 'mysql://db/videsh': write sqlite:///PATH"),
        (("newsroom", "zee", "--out", "ftp://news"), "ftp://news is neither a folder nor s3://BUCKET/PREFIX"),
    ],
)
def test_what_is_wrong_before_any_round_ends_at_once_in_a_line_of_json(
    tmp_path: Path, store: str, arguments: tuple[str, ...], said: str
) -> None:
    command, *more = arguments

    done = scrapy(command, "-s", f"STORE={store}", *more, "--every", "1s", "--log", "json", folder=tmp_path)

    (line,) = map(json.loads, done.err.splitlines())
    assert (done.code, line["exit_code"], line["level"]) == (2, 2, "error")
    assert said in line["message"]


def test_a_server_for_which_an_extra_is_missing_is_named_before_any_round(monkeypatch: pytest.MonkeyPatch) -> None:
    missing: Any = None
    monkeypatch.setitem(sys.modules, "crawler.store.postgres.server_address", missing)

    with pytest.raises(UsageError, match=r"STORE in PostgreSQL needs psycopg .*pip install 'videsh\[postgres\]'"):
        check_store(Settings({"STORE": "postgresql://videsh@db/videsh"}))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_store_that_fails_before_the_workers_begin_is_named_in_one_line(
    tmp_path: Path, store: str, fault: str
) -> None:
    with closing(sqlite3.connect(tmp_path / "v.db")) as database:
        database.executescript(FAULTS[fault])
    places = ("--out", str(tmp_path / "exports"), "-s", f"STORE={store}")

    done = scrapy("newsroom", *DEMO, *places, "--log", "json")

    (line,) = map(json.loads, done.err.splitlines())
    assert (done.code, line["exit_code"]) == (2, 2)
    assert f"{tmp_path}/v.db: " in line["message"]


def test_a_store_that_fails_before_the_workers_begin_costs_that_round(tmp_path: Path, store: str) -> None:
    with closing(sqlite3.connect(tmp_path / "v.db")) as database:
        database.executescript(FAULTS["lanes cannot be opened"])
    exports = tmp_path / "exports"
    run = start("newsroom", *DEMO, "--every", "1s", "--out", str(exports), "-s", f"STORE={store}")
    wait_until(run, said="v.db: ", times=2, at=tmp_path)

    with closing(sqlite3.connect(tmp_path / "v.db")) as database:
        database.execute("DROP TRIGGER no_lane")
    wait_until(run, there="articles*.jsonl", at=tmp_path)
    run.send_signal(signal.SIGTERM)

    done = run.wait()
    assert done.code == 0
    assert "Traceback" not in done.err
