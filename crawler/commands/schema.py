"""scrapy schema: print the JSON Schema of the record."""

import argparse

from scrapy.exceptions import UsageError

from crawler.printing import PrintingCommand
from crawler.schema import schema_text


class Command(PrintingCommand):
    def short_desc(self) -> str:
        return "Print the JSON Schema of the record"

    def long_desc(self) -> str:
        return "Print the JSON Schema of one line of an export; it lies in crawler/data/article.schema.json too."

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("scrapy schema takes no arguments")
        print(schema_text(), end="")
