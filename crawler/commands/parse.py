"""scrapy parse: run a callback of the outlet of a URL, and print what it yields."""

import argparse

from scrapy.commands import parse

from crawler.crawling.run_addon import keep_nothing


class Command(parse.Command):
    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        keep_nothing(self.settings)
