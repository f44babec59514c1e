"""scrapy demo: replay the demo archive, which the wheel carries, as a run of the newsroom."""

import argparse
from pathlib import Path

import crawler
from crawler.commands import newsroom

DEMO = Path(crawler.__file__).parent / "data" / "demo.warc.gz"


class Command(newsroom.Command):
    def short_desc(self) -> str:
        return "Replay the demo archive through the real spiders, without a network"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.set_defaults(replay=str(DEMO), show=True)
