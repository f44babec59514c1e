"""A command starts with what it needs: no other command's work is imported for it, nor what it needs later alone."""

import subprocess
import sys
from functools import cache

import pytest

from tests.commands.running import ROOT

FRONT = {"bulk", "clock", "commands", "home", "masking", "printing", "program", "runs", "settings", "trying", "usage"}
"""The packages of ours that the list of commands, and the options of each, take."""
SLOW = {"aiohttp", "boto3", "dateparser", "feedparser", "jinja2", "platformdirs", "pyarrow", "requests", "rich"}
SLOW |= {
    "sqlite3",
    "warcio",
    "filelock",
    "prometheus_client",
    "fsspec",
    "datasette",
    "duckdb",
    "pandas",
    "psycopg",
    "pyspark",
}
"""What takes long to import, and few commands need."""
READER = {"crawler.reading.page", "crawler.text.dateline.opening", "crawler.text.credit.credits", "pipelines"}
"""What a page takes to be read."""
HELPED = "clean compact doctor edition explain export extract newsroom record report stories store verify".split()


@cache
def imported(*words: str) -> frozenset[str]:
    """Return the names of the modules that are there when a command ends, in a Python that has imported nothing."""
    code = (
        "import atexit, sys; atexit.register(lambda: print('imported', *sys.modules, file=sys.stderr)); "
        "from scrapy.cmdline import execute; execute()"
    )
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return frozenset(done.stderr.rpartition("imported ")[2].split())


def ours(modules: frozenset[str]) -> set[str]:
    return {name.split(".")[1] for name in modules if name.startswith("crawler.")}


def tops(modules: frozenset[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


def test_the_list_of_commands_imports_no_work_of_theirs() -> None:
    modules = imported()

    assert ours(modules) <= FRONT
    assert tops(modules) & SLOW == set()
    assert {name for name in modules if name.startswith("crawler.runs.")} == {"crawler.runs.exit_code"}
    assert {f"crawler.commands.{name}" for name in HELPED} <= modules, "the test sees what is imported"


@pytest.mark.parametrize("words", [("outlets",), ("schema",), ("export", "--help"), ("settings", "--get", "STORE")])
def test_what_needs_no_reader_imports_none(words: tuple[str, ...]) -> None:
    modules = imported(*words)

    assert not modules & READER
    assert tops(modules) & SLOW == set()


PAGE = ("tests/pages/indiatv/nepal_bridge_bhasha.html", "--url", "https://www.indiatv.in/world/asia/nepal-bridge-1")
READING = FRONT | {"archive", "authoring", "data", "discovery", "items", "limits", "notes", "outlets", "reading"}
READING |= {"reasons", "rendered", "signals", "stats", "text", "unpacking", "url_parts"}
"""The packages of ours that the reading of a page takes."""
OF_ARCHIVES = {"multiprocessing.connection", "fastwarc", "scrapy.responsetypes"}
"""What only archives, and several processes, need."""


@pytest.mark.parametrize("command", ["extract", "explain"])
def test_a_page_is_read_without_stores_crawls_and_archives(command: str) -> None:
    modules = imported(command, *PAGE)

    assert ours(modules) <= READING
    assert tops(modules) & SLOW == set()
    assert not modules & OF_ARCHIVES
    assert {name for name in modules if name.startswith("crawler.archive.")} <= {
        f"crawler.archive.{name}" for name in ("beginnings", "other_formats", "packings", "patterns")
    }
    assert modules >= READER, "the test sees what is imported"


def test_a_crawl_imports_nothing_for_components_that_are_switched_off() -> None:
    code = (
        "import sys; from scrapy.crawler import AsyncCrawlerProcess, Crawler; "
        "from scrapy.core.downloader.middleware import DownloaderMiddlewareManager; "
        "from scrapy.utils.project import get_project_settings; from spiders.indiatv import IndiatvSpider; "
        "import crawler.runs.run; settings = get_project_settings(); settings['STORE'] = settings['EXPORTS'] = ''; "
        "process = AsyncCrawlerProcess(settings); crawl = process.create_crawler(IndiatvSpider); "
        "crawl._apply_settings(); DownloaderMiddlewareManager.from_crawler(crawl); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    names = set(done.stdout.split())

    assert {name.split(".")[0] for name in names} & {"aiohttp", "fsspec", "requests", "tldextract", "warcio"} == set()
    assert {"crawler.downloading.robots", "scrapy.extensions.throttle"} <= names, "the test sees what is imported"
