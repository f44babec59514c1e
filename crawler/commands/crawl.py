"""scrapy crawl: check arguments, settings, archives and feeds, then run one outlet's spider."""

import argparse
import gc

from scrapy.commands import crawl
from scrapy.exceptions import UsageError


class Command(crawl.Command):
    def short_desc(self) -> str:
        return "Crawl one outlet, by name"

    def long_desc(self) -> str:
        return (
            "Exports go to exports/date=…/run=…/ unless -O or FEEDS say otherwise. Exit code: 0 all well or as "
            "usual, 2 wrong use, 3 a part failed that usually does not, 4 the outlet fell out of its band or has "
            "failed for long (--strict), 5 blocked or unreachable."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--strict", action="store_true", help="exit 4 when the outlet falls out of its usual band")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.journal import hide_dumps

        super().process_options(args, opts)
        self._check(args, opts)  # before Scrapy starts its log
        assert self.settings is not None
        hide_dumps(self.settings)

    def _check(self, args: list[str], opts: argparse.Namespace) -> None:
        from scrapy.spiderloader import get_spider_loader

        from crawler.archive.check import check_archives
        from crawler.outlets import unknown_outlet
        from crawler.runs.checks import check_feeds, check_settings

        if len(args) != 1:
            raise UsageError("name one outlet, as scrapy crawl indiatv", print_help=False)
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        if args[0] not in loader.list():
            raise unknown_outlet(args[0], loader.list())
        check = getattr(loader.load(args[0]), "check_arguments", None)
        if check is not None:
            check(opts.spargs)
        check_settings(self.settings)
        check_archives(self.settings, args)
        check_feeds(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.runs.components import prepare_settings
        from crawler.runs.run import Run

        assert self.settings is not None
        assert self.crawler_process is not None
        prepare_settings(self.settings)
        run = Run(self.settings)
        run.crawl(self.crawler_process, args[0], opts.spargs)
        gc.freeze()  # what is imported by now stays, and is not looked through again
        try:
            with run.watch(self.crawler_process):
                self.crawler_process.start()
        finally:
            self.exitcode = run.end(strict=opts.strict)
