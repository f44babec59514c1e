"""Videsh as a library: crawls in Scrapy's own processes, and the examples of the README."""

import re
from pathlib import Path

import pytest

from crawler.library import read_article
from tests.library.scripts import DEMO, PAGE, ROOT, URL, python

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


def test_the_examples_of_the_readme_run(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    page, archive, outlets, process = re.findall(r"```python\n(.*?)```", readme, re.S)
    (tmp_path / "page.html").write_bytes(PAGE.read_bytes())
    (tmp_path / "crawl.warc.gz").symlink_to(DEMO)
    replayed = outlets.replace("limit=20", f"limit=20, settings={{'ARCHIVE_REPLAY': {str(DEMO)!r}}}")

    printed = python(page + replayed, tmp_path)
    assert len(python(archive, tmp_path).splitlines()) > 2
    own = process.replace('"~/news"', f'"~/news", ARCHIVE_REPLAY={str(DEMO)!r}, LOG_LEVEL="ERROR"')
    code, folder, articles = python(own, tmp_path, HOME=str(tmp_path)).split()

    assert (code, int(articles) > 4) == ("0", True)
    assert Path(folder).is_relative_to(tmp_path / "news" / "exports")
    assert [len(list(filter(None, each.splitlines()))) for each in (page, archive, outlets)] == [3, 3, 3]
    assert replayed != outlets
    article = read_article(PAGE, URL)
    assert article.headline in printed.splitlines()[0]
    assert len(printed.splitlines()) > 5
