"""scrapy crawl: run one outlet's spider, its name and its arguments checked before anything is fetched."""

import argparse

from scrapy.commands import crawl
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from crawler.archive.check import check_archives
from crawler.outlets import unknown_outlet


class Command(crawl.Command):
    def short_desc(self) -> str:
        return "Crawl one outlet, by name"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one outlet, as scrapy crawl indiatv", print_help=False)
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        if args[0] not in loader.list():
            raise unknown_outlet(args[0], loader.list())
        check = getattr(loader.load(args[0]), "check_arguments", None)
        if check is not None:
            check(opts.spargs)
        check_archives(self.settings, args)
        super().run(args, opts)
