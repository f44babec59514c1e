"""A crawl whose store is lost asks for no more pages, and the next one exports everything once."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from crawler.store import StoreError
from tests.commands.running import Done
from tests.crawling.crawls import Crawls, site
from tests.runs.replaying import archive, crawl, lines, run_folders, settings_of
from tests.soak import sample

pytestmark = pytest.mark.scale
_ALL = 40


def lost_crawl(crawls: Crawls, lose: Callable[[], object]) -> Done:
    """Start a crawl, lose its store after ten requests, and return its result."""
    crawl = crawls.start("-s", "DOWNLOAD_DELAY=0.1", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
    while len(crawls.publisher.asked) < 10:
        assert crawl.poll() is None, crawl.wait().err[-3000:]
        time.sleep(0.005)
    lose()
    before = len(crawls.publisher.asked)
    done = crawl.wait(timeout=60)
    assert len(crawls.publisher.asked) - before <= 2  # what was on its way
    return done


@pytest.fixture
def crawls(tmp_path: Path) -> Iterator[Crawls]:
    made = Crawls(tmp_path, site(_ALL))
    with made.publisher:
        yield made


def test_a_crawl_ends_with_its_session_and_the_next_one_exports_everything_once(crawls: Crawls, postgres: Any) -> None:
    crawls.store = postgres.fresh()
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'videsh'"

    done = lost_crawl(crawls, lambda: postgres.run(end))

    assert done.err.count("] ERROR: ") == 1, done.err[-3000:]
    assert "the session has ended: see that the server runs, then run again" in done.err
    assert "nothing more is asked for: what is read waits in the store and comes with the next run" in done.err
    assert "'finish_reason': 'cannot_keep'" in done.err
    crawls.run()
    ids = [record["id"] for record in crawls.delivered()]
    assert len(ids) == len(set(ids)) == _ALL


@pytest.mark.soak
def test_a_crawl_ends_when_its_file_is_taken_away(crawls: Crawls, tmp_path: Path) -> None:
    done = lost_crawl(crawls, lambda: (tmp_path / "v.db").rename(tmp_path / "elsewhere.db"))

    assert "was removed or renamed while it was in use; put it back, and run again" in done.err
    assert "'finish_reason': 'cannot_keep'" in done.err


def lose_at(statement: int) -> Callable[[Any, Callable[[], Any]], Any]:
    """Return a way to run statements that resets the connection before one of them."""
    from crawler.store.postgres.session import Session

    left, run = count(statement, -1), Session._safely

    def run_or_lose(session: Session, work: Callable[[], Any]) -> Any:
        if next(left) == 1:
            with socket.socket(fileno=os.dup(session.raw.fileno())) as connection:
                connection.shutdown(socket.SHUT_RDWR)
        return run(session, work)

    return run_or_lose


@pytest.mark.soak
@pytest.mark.parametrize("statement", sample(range(20, 230, 5)))
def test_nothing_is_lost_or_exported_twice_whatever_statement_the_session_is_lost_at(
    tmp_path: Path, postgres: Any, statement: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store, replay = postgres.fresh(), archive(tmp_path / "site.warc.gz", site(6))
    raised = ""
    with monkeypatch.context() as patch:
        patch.setattr("crawler.store.postgres.session.Session._safely", lose_at(statement))
        try:
            crawl(settings_of(tmp_path, replay, STORE=store, RUN_ID="lost"))
        except StoreError as error:  # before the crawl has begun
            raised = str(error)
    assert "the session has ended" in raised + caplog.text

    crawl(settings_of(tmp_path, replay, STORE=store, RUN_ID="next"))

    assert "AlreadyCalled" not in caplog.text
    ids = [row["id"] for run in run_folders(tmp_path) for path in run.glob("[ac]*.jsonl") for row in lines(path)]
    assert len(ids) == len(set(ids)) == 6
