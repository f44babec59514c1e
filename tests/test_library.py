"""Videsh as a library: one page, and crawls from scripts, event loops and Scrapy's own processes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from crawler import library
from crawler.authoring.rereading import Page, Rereader
from crawler.library import Article, NotAnArticle, crawl, project_settings, read_article
from tests.crawling.site import NOW, articles, listings
from tests.site.publisher import Answer, Publisher, Wire

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo" / "demo.warc.gz"
PAGE = ROOT / "tests" / "pages" / "indiatv" / "nepal_bridge_bhasha.html"
URL = json.loads(PAGE.with_suffix(".json").read_text(encoding="utf-8"))["page"]["url"]
OF_A_READING = {"fetched_at"}


def python(script: str, folder: Path, **environment: str) -> str:
    """Run a script in a folder, in a new Python, and return what it printed; a crawl leaves a reactor behind."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", dedent(script)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "VIDESH_HOME": str(folder / "home"), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_page_is_read_from_a_file_and_from_bytes_as_by_extract() -> None:
    article = read_article(PAGE, URL)

    assert article == read_article(PAGE.read_bytes(), URL) == read_article(str(PAGE), URL, "indiatv")
    assert article == Rereader(project_settings()).article(Page(url=URL, body=PAGE.read_bytes()))
    assert article.outlet == "indiatv"
    assert article.dateline is not None
    assert [place.english for place in article.dateline.places] == ["Kathmandu"]
    assert [credit.agency for credit in article.credits] == ["pti-bhasha"]
    assert article.text


def test_the_outlet_that_is_named_comes_before_that_of_the_host() -> None:
    elsewhere = "https://mirror.example/saved/nepal-bridge.html"

    assert read_article(PAGE, elsewhere).outlet is None
    assert read_article(PAGE, elsewhere, "indiatv").outlet == "indiatv"


@pytest.mark.parametrize(
    ("page", "url", "outlet", "error", "message"),
    [
        ("<html>…</html>", URL, None, ValueError, r"HTML as text: give it as bytes"),
        (b"", "indiatv.in", None, ValueError, r"'indiatv.in' is not an address"),
        (b"", URL, "india_tv", ValueError, r'did you mean "indiatv"'),
        ("missing.html", URL, None, FileNotFoundError, "missing.html"),
        (b"<html><p>404</p></html>", URL, None, NotAnArticle, "soft-404: "),
        (
            b"<h1>The Headline of Tomorrow</h1>"
            + b"<p>%s</p>" % (b"The river rose and the people left town. " * 9) * 5,
            URL,
            None,
            NotAnArticle,
            "language-",
        ),
    ],
)
def test_what_is_no_article_raises_an_error_that_says_why(
    page: bytes | str, url: str, outlet: str | None, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        read_article(page, url, outlet)


@pytest.mark.parametrize(
    ("outlets", "arguments", "message"),
    [
        (["indatv"], {}, 'did you mean "indiatv"'),
        (["indiatv"], {"since": "yesterday"}, '"yesterday" is not a date'),
        (["indiatv"], {"limit": -1}, "limit"),
        (["indiatv"], {"settings": {"OUTLET_MINUTES": "ten"}}, "OUTLET_MINUTES is 'ten'"),
        (["indiatv"], {"settings": {"ARCHIVE_REPLAY": "none.warc.gz"}}, "none.warc.gz: no such archive"),
        (["indiatv"], {"home": __file__}, "is a file; name a folder"),
    ],
)
def test_a_crawl_that_cannot_begin_says_so_at_once(
    outlets: list[str], arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        crawl(*outlets, **arguments)  # type: ignore[arg-type]


def test_a_package_of_another_is_no_silent_replacement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "fault_of_packages", lambda: "another package named spiders is found first: /x")

    with pytest.raises(ImportError, match="another package named spiders"):
        crawl("indiatv")


def test_a_script_crawls_several_times_and_keeps_nothing(tmp_path: Path) -> None:
    out = python(
        f"""
        import asyncio, threading
        from crawler.library import Article, crawl

        replay = {{"ARCHIVE_REPLAY": {str(DEMO)!r}}}
        first = crawl("indiatv", "zee", settings=replay)
        second = crawl("zee", "indiatv", settings=replay)
        print(sorted(article.id for article in first) == sorted(article.id for article in second))
        print(first.exit_code, first.folder, first.report["totals"]["exported"])
        for article in crawl("jagran", "tv9", settings=replay):
            print(type(article) is Article)
            break

        async def notebook():
            crawls = crawl("zee", settings=replay), crawl("zee", settings=replay)
            print(len([article async for article in crawls[0]]), len(list(crawls[1])))

        asyncio.run(notebook())
        try:
            list(first)
        except RuntimeError as error:
            print(error)
        print([thread.name for thread in threading.enumerate() if not thread.daemon])
        """,
        tmp_path,
    )

    assert out.splitlines() == [
        "True",
        "0 None 6",
        "True",
        "2 2",
        "a crawl can be iterated over once: call crawl(...) again",
        "['MainThread']",
    ]
    assert not list(tmp_path.iterdir())


def test_a_crawl_with_an_export_is_a_run_of_the_newsroom(tmp_path: Path) -> None:
    out = python(
        f"""
        from pathlib import Path
        from crawler.library import AnotherRunError, crawl
        from crawler.lock import NamedLock

        settings = {{"ARCHIVE_REPLAY": {str(DEMO)!r}, "STORE": "sqlite:///store.db"}}
        other = NamedLock(Path("store.db.lock"))
        other.take_over()
        try:
            list(crawl("indiatv", export=True, settings=settings))
        except AnotherRunError as error:
            print(error)
        other.release()
        crawled = crawl("zee", export=True, settings=settings)
        articles = iter(crawled)
        next(articles)
        print(len(list(articles)), crawled.exit_code, crawled.report["totals"]["exported"], crawled.folder)
        print(len(list(crawl("zee", export=True, settings=settings))))
        """,
        tmp_path,
    )

    locked, ended, again = out.splitlines()
    assert locked.startswith("a run is already writing into sqlite:///store.db (process ")
    *counts, folder = ended.split()
    assert (counts, again) == (["1", "0", "2"], "0")
    assert Path(folder).is_relative_to(tmp_path / "home" / "exports")
    assert {"articles.jsonl", "manifest.json", "report.json", "report.html"} <= {p.name for p in Path(folder).iterdir()}
    assert len((Path(folder) / "articles.jsonl").read_text(encoding="utf-8").splitlines()) == 2


PROCESS = """
process = {}(settings)
with Newsroom(process, "zee", "indiatv", limit=9) as news:
    process.start()
"""
RUNNER = """
async def main():
    runner = AsyncCrawlerRunner(settings)
    with Newsroom(runner, "zee", "indiatv") as news:
        await runner.join()
    return news
news = asyncio.run(main())
"""


@pytest.mark.parametrize("way", [PROCESS.format("CrawlerProcess"), PROCESS.format("AsyncCrawlerProcess"), RUNNER])
def test_a_process_of_scrapys_has_one_export_and_report_for_all_its_outlets(way: str, tmp_path: Path) -> None:
    lines = [
        "import asyncio",
        "from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner, CrawlerProcess",
        "from crawler.library import Newsroom, project_settings",
        f"settings = project_settings(ARCHIVE_REPLAY={str(DEMO)!r}, LOG_LEVEL='ERROR')",
        way,
        "print(len(news.articles), news.exit_code, len(news.report['outlets']), news.folder)",
    ]

    articles, code, outlets, folder = python("\n".join(lines), tmp_path).split()

    assert (articles, code, outlets) == ("6", "0", "2")
    assert [path.parent for path in (tmp_path / "home").glob("exports/date=*/run=*/report.json")] == [Path(folder)]


def test_articles_come_over_real_connections_while_the_crawl_runs(tmp_path: Path) -> None:
    with Publisher({**listings(8), **articles(8)}, tmp_path) as publisher:
        out = python(
            f"""
            from crawler.library import crawl

            quickly = {{"DOWNLOAD_DELAY": 0.3, "AUTOTHROTTLE_ENABLED": False, "CRAWL_TIME": {NOW!r}}}
            crawled = crawl("indiatv", limit=6, settings={{**quickly, "CONTACT": "tests@example.org"}})
            print([crawled.exit_code for article in crawled], crawled.exit_code is not None)
            """,
            tmp_path,
            **publisher.environment,
        )

    assert out == f"{[None] * 6} True\n"


def test_leaving_early_exports_what_was_read_and_frees_the_store(tmp_path: Path) -> None:
    out = python(
        f"""
        import json
        from crawler.library import crawl

        settings = {{"ARCHIVE_REPLAY": {str(DEMO)!r}, "STORE": "sqlite:///store.db"}}
        crawled = crawl("zee", "indiatv", "jagran", "bbc_hindi", "tv9", export=True, settings=settings)
        for article in crawled:
            break
        manifest = json.loads((crawled.folder / "manifest.json").read_text("utf-8"))
        exported = (crawled.folder / "articles.jsonl").read_text("utf-8")
        print(manifest["state"], article.id in exported)
        print(len(list(crawl("zee", export=True, settings={{**settings, "RUN_ID": "next"}}))) <= 2)
        """,
        tmp_path,
    )

    assert out.splitlines() == ["interrupted True", "True"]


def test_a_crawl_that_is_cancelled_before_it_began_asks_for_little(tmp_path: Path) -> None:
    with Publisher({**listings(30), **articles(30)}, tmp_path) as publisher:
        out = python(
            f"""
            import asyncio
            from contextlib import suppress
            from crawler.library import crawl

            slowly = {{"DOWNLOAD_DELAY": 0.5, "AUTOTHROTTLE_ENABLED": False}}
            given = {{**slowly, "CRAWL_TIME": {NOW!r}, "CONTACT": "tests@example.org"}}

            async def main():
                crawled = crawl("indiatv", settings=given)
                task = asyncio.create_task(anext(aiter(crawled)))
                await asyncio.sleep(0)
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
                print(crawled.report["totals"]["exported"])

            asyncio.run(main())
            """,
            tmp_path,
            **publisher.environment,
        )

    assert int(out) < 3


def hold(wire: Wire) -> None:
    """Answer nothing, and keep the connection open."""
    wire.hold()


def test_a_crawl_that_hangs_is_given_up_and_the_next_one_works(tmp_path: Path) -> None:
    site = {**listings(3), **articles(3)}
    hanging = next(iter(articles(3)))
    with Publisher({**site, hanging: Answer(raw=hold)}, tmp_path) as publisher:
        out = python(
            f"""
            from crawler.library import crawl
            from crawler.runs import watch

            watch._AFTER_DEADLINE = 0
            quickly = {{"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RUN_MINUTES": 0.08, "RETRY_TIMES": 0}}
            given = {{**quickly, "CRAWL_TIME": {NOW!r}, "CONTACT": "tests@example.org"}}
            crawled = crawl("indiatv", settings=given)
            read = len(list(crawled))
            print(read, crawled.exit_code, len(list(crawl("zee", settings={{"ARCHIVE_REPLAY": {str(DEMO)!r}}}))))
            """,
            tmp_path,
            **publisher.environment,
        )

    assert out.split()[1:] == ["3", "2"]


def test_the_examples_of_the_readme_run(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    page, outlets, process = re.findall(r"```python\n(.*?)```", readme, re.S)
    (tmp_path / "page.html").write_bytes(PAGE.read_bytes())
    replayed = outlets.replace("limit=20", f"limit=20, settings={{'ARCHIVE_REPLAY': {str(DEMO)!r}}}")

    printed = python(page + replayed, tmp_path)
    own = process.replace('"~/news"', f'"~/news", ARCHIVE_REPLAY={str(DEMO)!r}, LOG_LEVEL="ERROR"')
    code, folder, articles = python(own, tmp_path, HOME=str(tmp_path)).split()

    assert (code, int(articles) > 4) == ("0", True)
    assert Path(folder).is_relative_to(tmp_path / "news" / "exports")
    assert [len(list(filter(None, each.splitlines()))) for each in (page, outlets)] == [3, 3]
    assert replayed != outlets
    article = read_article(PAGE, URL)
    assert article.headline in printed.splitlines()[0]
    assert len(printed.splitlines()) > 5


def test_names_and_docstrings_are_the_contract() -> None:
    for name in library.__all__:
        assert getattr(library, name).__doc__, name
    assert Article.__module__ == "crawler.items"
    for package in ("crawler", "spiders", "pipelines"):
        assert (ROOT / package / "py.typed").exists()
