"""A run tidies its store once, at its end; so does a crawl outside a run."""

import asyncio
from pathlib import Path

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler.runs.run import Run
from crawler.store import open_store
from crawler.stories.text import make_text
from tests.runs.replaying import archive, crawl, settings_of
from tests.site.pages import site_of


def settings_with_an_old_text(folder: Path) -> Settings:
    settings = settings_of(folder, archive(folder / "a.warc.gz", site_of("indiatv")), RUN_ID="run-1")
    store = open_store(settings["STORE"])
    store.storybook.add(make_text(id="old", outlet="zee", published=1, lines=["नदी पर पुल खुला"]), 1)
    store.close()
    return settings


def has_old_text(settings: Settings) -> bool:
    store = open_store(settings["STORE"])
    found = store.database.connection.execute("SELECT 1 FROM texts WHERE id = 'old'").fetchone()
    store.close()
    return found is not None


def test_a_crawl_of_a_run_leaves_the_store_and_the_run_tidies_it_at_its_end(tmp_path: Path) -> None:
    settings = settings_with_an_old_text(tmp_path)

    async def crawl_both() -> Run:
        run = Run(settings)
        for _ in range(2):
            runner = AsyncCrawlerRunner(settings)
            run.crawl(runner, "indiatv", {})
            await runner.join()
        return run

    run = asyncio.run(crawl_both())
    before = has_old_text(settings)
    run.end()

    assert (before, has_old_text(settings)) == (True, False)


def test_a_crawl_with_a_store_of_its_own_tidies_it(tmp_path: Path) -> None:
    settings = settings_with_an_old_text(tmp_path)

    crawl(settings)

    assert not has_old_text(settings)
