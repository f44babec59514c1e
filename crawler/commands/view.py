"""scrapy view: open in a browser what the outlet of a URL gets for it."""

import argparse

from scrapy.commands import view

from crawler.crawling.run_addon import keep_nothing


class Command(view.Command):
    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        keep_nothing(self.settings)
