"""scrapy shell: Scrapy's console, with the spider of the outlet of a URL."""

import argparse

from scrapy.commands import shell

from crawler.crawling.run_addon import keep_nothing


class Command(shell.Command):
    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        keep_nothing(self.settings)
