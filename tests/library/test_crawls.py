"""Videsh as a library: crawls from scripts and event loops, and crawls that cannot begin."""

import re
from pathlib import Path

import pytest

from crawler import library
from crawler.library import crawl
from tests.crawling.site import NOW, articles, listings
from tests.library.scripts import DEMO, python
from tests.site.publisher import Publisher


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
