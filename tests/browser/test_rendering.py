"""A crawl of pages that need scripts: rendered by a real browser, recorded, and replayed without one."""

import ast
import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from crawler.archive.reader import read_answers, read_content
from crawler.browser.chromium import chromium_path, is_extra_installed
from tests.browser.script_site import AWAY, INNER, PIXEL, SCRIPT, STRANGER, script_site, text_of
from tests.commands.running import Done, scrapy, start
from tests.conftest import ROOT
from tests.crawling.site import HOME, NOW, address
from tests.site.publisher import Answer, Publisher

needs_browser = pytest.mark.skipif(
    not is_extra_installed() or chromium_path(None) is None,
    reason="needs the extra `browser` and Chromium: pip install -e '.[browser]', apt-get install chromium",
)
SETTINGS = {
    "CRAWL_TIME": NOW,
    "STORE": "",
    "RUN_ID": "one",
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_ENABLED": "0",
    "STATS_DUMP": "1",
    "BROWSER_OUTLETS": "indiatv",
    "BROWSER_SECONDS": "5",
}
ENDLESS = Answer(body=b"<!doctype html><html><body><p>x</p><script>while (true) {}</script></body></html>")
GREEDY = Answer(
    body=b"<!doctype html><html><body><p>x</p>"
    b"<script>let a = []; while (true) a.push(new Array(1e5).fill(Math.random()))</script></body></html>"
)


def options(**settings: str) -> list[str]:
    return [part for name, value in {**SETTINGS, **settings}.items() for part in ("-s", f"{name}={value}")]


def crawl(out: Path, environment: dict[str, str], **settings: str) -> tuple[list[dict[str, Any]], Done]:
    done = scrapy("crawl", "indiatv", "-O", out, *options(**settings), environment=environment)
    assert "Traceback" not in done.err, done.err
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()], done


@pytest.mark.foreign
@needs_browser
def test_a_page_that_a_script_builds_is_read_recorded_and_replayed_without_a_browser(tmp_path: Path) -> None:
    archive = tmp_path / "crawl.warc.gz"
    robots = f"User-agent: *\nDisallow: {text_of(1).removeprefix(HOME)}\n".encode()
    with Publisher(script_site(3, robots=robots), tmp_path) as publisher:
        live, done = crawl(tmp_path / "live.jsonl", publisher.environment, ARCHIVE_RECORD=str(archive))
        asked = publisher.urls()
    again, replay = crawl(tmp_path / "again.jsonl", {}, ARCHIVE_REPLAY=str(archive), BROWSER="/nowhere/chromium")

    assert {article["url"] for article in live} == {address(0), address(2)}
    assert all(len(article["body"]) > 5 for article in live)
    assert asked.count(SCRIPT) == 1, "a script is asked for once a crawl"
    assert {text_of(0), text_of(2)} <= set(asked)
    assert AWAY in asked, "it redirects into a private network"
    assert not {text_of(1), PIXEL, STRANGER, INNER} & set(asked)
    assert "'browser/rendered': 3" in done.err
    pages = {answer.url: read_content(answer) for answer in read_answers(archive)}
    assert dict(pages[address(0)].headers)["X-Videsh-Browser"].startswith("Chromium 1")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "live.jsonl").read_bytes()
    assert len(again) == 2
    assert "browser/rendered" not in replay.err


@pytest.mark.soak
@pytest.mark.foreign
@needs_browser
def test_scripts_that_never_rest_or_crash_the_browser_end_no_page_but_their_own(tmp_path: Path) -> None:
    archive = tmp_path / "crawl.warc.gz"
    answers = {**script_site(3), address(0): ENDLESS, address(1): GREEDY}
    with Publisher(answers, tmp_path) as publisher:
        out, settings = tmp_path / "live.jsonl", {"ARCHIVE_RECORD": str(archive), "BROWSER_SECONDS": "4"}
        live, done = crawl(out, publisher.environment, **settings)
    _, replay = crawl(tmp_path / "again.jsonl", {}, ARCHIVE_REPLAY=str(archive))

    assert [article["url"] for article in live] == [address(2)]
    assert "not rendered: its scripts did not rest within 4 seconds; it is read as the server sent it" in done.err
    assert "Target crashed" in done.err
    assert "'browser/failed': 2" in done.err
    for each in (done, replay):
        assert "'outcome/articles/refused/not-rendered': 2" in each.err


@pytest.mark.soak
@pytest.mark.foreign
@needs_browser
def test_a_crawl_that_is_stopped_ends_its_browser_and_itself(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    with Publisher({**script_site(3), address(0): ENDLESS, address(1): ENDLESS, address(2): ENDLESS}, tmp_path) as site:
        environment = {**site.environment, "TMPDIR": str(tmp_path)}
        running = start("crawl", "indiatv", *options(BROWSER_SECONDS="60"), environment=environment)
        while not any("/world/asia/" in url for url in site.urls()) and running.poll() is None:
            time.sleep(0.1)
        time.sleep(2)
        told = time.monotonic()
        running.send_signal(signal.SIGTERM)
        done = running.wait()

    assert time.monotonic() - told < 10, done.err[-2000:]
    assert "Traceback" not in done.err
    left = [each for each in psutil.process_iter(["name"]) if "chrom" in (each.info["name"] or "")]
    assert not [each for each in left if _folder(each) == str(tmp_path)]


def _folder(process: Any) -> str | None:
    """Return the folder of temporary files of a process; None if it has ended, or is another user's."""
    try:
        return str(process.environ().get("TMPDIR"))
    except Exception:  # noqa: BLE001  psutil's own, for a process that is no more
        return None


def test_no_module_imports_the_browser_before_a_page_needs_it() -> None:
    for path in (ROOT / "crawler").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(node, ast.Import | ast.ImportFrom) or "playwright" not in ast.unparse(node), path
