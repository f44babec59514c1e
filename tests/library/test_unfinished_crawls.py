"""Videsh as a library: crawls that a script leaves early, cancels, or that hang."""

from pathlib import Path

from tests.crawling.site import NOW, articles, listings
from tests.library.scripts import DEMO, python
from tests.site.publisher import Answer, Publisher, Wire


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
