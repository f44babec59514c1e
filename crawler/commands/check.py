"""scrapy check: run the contracts of the outlets' spiders; each listing announces articles, and an article is read."""

import argparse

from scrapy.commands import check

from crawler.crawling.run_addon import keep_nothing


class Command(check.Command):
    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        keep_nothing(self.settings)
