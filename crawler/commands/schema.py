"""scrapy schema: print the JSON Schema of the record or of another shelf's rows, or declare them to a program."""

import argparse
import json

from scrapy.exceptions import UsageError

from crawler.printing import PrintingCommand


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "[SHELF] [--for READER]"

    def short_desc(self) -> str:
        return "Print the JSON Schema of the record"

    def long_desc(self) -> str:
        from crawler.shelves import Shelf

        others = ", ".join(shelf for shelf in Shelf if not shelf.has_records)
        return (
            "Print the JSON Schema of one line of an export: of a record, which lies in "
            f"crawler/data/article.schema.json too, or of a row of another shelf: {others}. With --for, print what "
            "makes a program read the lines with the right types, empty files too: docs/consuming.md shows how."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        from crawler.exports.declarations import READERS

        super().add_options(parser)
        parser.add_argument("--for", dest="reader", choices=READERS, help="declare the rows to this program instead")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.exports.declarations import declaration
        from crawler.schema import published_schema
        from crawler.shelves import Shelf

        if len(args) > 1 or not set(args) <= set(Shelf):
            raise UsageError(f"scrapy schema takes the name of one shelf: {', '.join(Shelf)}", print_help=False)
        shelf = Shelf(args[0]) if args else Shelf.ARTICLES
        if opts.reader:
            print(declaration(shelf, opts.reader), end="")
            return
        schema = published_schema() if shelf.has_records else shelf.row_schema
        print(json.dumps(schema, ensure_ascii=False, indent=2))
