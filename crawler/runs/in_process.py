"""A run of the newsroom in a process or runner of Scrapy that a script has made."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import CrawlerProcessBase, CrawlerRunnerBase
from scrapy.settings import BaseSettings

from crawler.archive.check import check_archives
from crawler.items import Article
from crawler.outlets import named_outlets
from crawler.runs.background import start_reactor
from crawler.runs.checks import check_feeds, check_settings
from crawler.runs.components import prepare_settings
from crawler.runs.exit_code import ExitCode
from crawler.runs.run import Run


def checked_outlets(settings: BaseSettings, names: Sequence[str], arguments: Mapping[str, str]) -> list[str]:
    """Return the outlets with these names, or all if none is named; raise UsageError for the first fault in a run."""
    chosen = named_outlets(settings, names)
    for spider in chosen.values():
        spider.check_arguments(arguments)
    check_settings(settings)
    check_archives(settings, list(chosen))
    check_feeds(settings)
    return list(chosen)


def spider_arguments(given: Mapping[str, object]) -> dict[str, str]:
    """Return arguments as `-a` gives them to a spider; what is None or False is not given."""
    return {
        name: str(1 if value is True else value)
        for name, value in given.items()
        if value is not None and value is not False
    }


class Newsroom:
    """A context in which a process or runner of Scrapy crawls outlets, all of them if none is named.

    It has the export, the report and the lock of `scrapy newsroom`, by the settings of the process: none is written
    with `EXPORTS=""`. The process is started inside the context:

        with Newsroom(process, "indiatv", "bbc_hindi", limit=5) as newsroom:
            process.start()
        print(newsroom.exit_code, len(newsroom.articles))

    For an AsyncCrawlerRunner that is `await runner.join()`; it gets a reactor in the running loop if there is none.
    `receive` is called with each article instead of adding it to `articles`; `arguments` are those of the spiders:
    since, limit, force, only_new.
    Entering raises UsageError for an unknown outlet, a wrong argument or setting, and AnotherRunError if another run
    uses the store.
    """

    def __init__(
        self,
        process: CrawlerRunnerBase,
        *outlets: str,
        receive: Callable[[Article], None] | None = None,
        **arguments: object,
    ) -> None:
        self.articles: list[Article] = []
        """What was exported, copies of other articles too (`story.relation` tells), in the order of reading."""
        self.exit_code: ExitCode | None = None
        """How the run ended; None while it lasts."""
        self.report: dict[str, Any] | None = None
        """The report of the run, as in report.json; None while it lasts, and if it cannot be written."""
        self.folder: Path | None = None
        """The folder of the export; None without one."""
        self._process = process
        self._names = outlets
        self._receive = receive or self.articles.append
        self._arguments = spider_arguments(arguments)
        self._leave = ExitStack()

    def __enter__(self) -> Self:
        settings = self._process.settings
        prepare_settings(settings)
        names = checked_outlets(settings, self._names, self._arguments)
        if not isinstance(self._process, CrawlerProcessBase) and settings.getbool("TWISTED_REACTOR_ENABLED"):
            start_reactor()
        run = Run(settings, is_alone=True)
        self.folder = run.export.path if run.export else None
        with self._leave:
            self._leave.callback(self._end, run)
            for name in names:
                self._crawl(run, name)
            self._leave.enter_context(run.watch(self._process))
            self._leave = self._leave.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._leave.close()

    def _crawl(self, run: Run, name: str) -> None:
        begun = len(run.crawls)
        run.crawl(self._process, name, self._arguments)
        for crawl in run.crawls[begun:]:
            crawl.signals.connect(self._take, signals.item_scraped)

    def _take(self, item: Any) -> None:
        if isinstance(item, Article):
            self._receive(item)

    def _end(self, run: Run) -> None:
        self.exit_code = run.end()
        self.report = run.report
