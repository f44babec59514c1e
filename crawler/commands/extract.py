"""scrapy extract: read pages without crawling, one JSON line a page."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scrapy import Request
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import DropItem, UsageError
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.test import get_crawler
from w3lib.encoding import http_content_type_encoding

from crawler.archive.reader import Answer, ArchiveError, read_answers
from crawler.archive.replay import response_to
from crawler.items import Article
from crawler.outlets import load_outlets
from crawler.reading.address import outlet_of
from crawler.reading.page import read_page
from crawler.reading.refusal import NotAnArticle
from crawler.record import json_line

_NO_CRAWL = {"ADDONS": {}, "TWISTED_REACTOR_ENABLED": False}
"""Nothing is fetched: no reactor, nobody to introduce ourselves to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to read, wherever it lay."""

    url: str
    body: bytes
    encoding: str | None = None
    fetched_at: datetime | None = None


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "PAGE.html --url URL | MANIFEST.jsonl | ARCHIVE.warc.gz"

    def short_desc(self) -> str:
        return "Read pages without crawling, one JSON line a page"

    def long_desc(self) -> str:
        return (
            'MANIFEST.jsonl holds lines of {"file", "url"}, file relative to the manifest. The outlet is found from '
            "the URL's host. Exit code 3 when a page held no article or could not be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address that the page was fetched from")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        pages = self._pages(args, opts.url)
        crawler = get_crawler(settings_dict={**(self.settings or {}), **_NO_CRAWL})
        self._unpack = HttpCompressionMiddleware.from_crawler(crawler)
        read = _reader(crawler)
        for page in pages:
            try:
                print(json_line(read(page)))
            except (NotAnArticle, DropItem) as refusal:
                self._say(f"{page.url}: refused: {refusal}")

    def _pages(self, args: list[str], url: str | None) -> Iterable[Page]:
        if len(args) != 1:
            raise UsageError("name one page, manifest or archive")
        path = Path(args[0])
        if not path.is_file():
            raise UsageError(f"{path}: no such file", print_help=False)
        if path.suffix == ".jsonl":
            return self._listed(path)
        if path.name.endswith((".warc", ".warc.gz")):
            return self._archived(path)
        if not url:
            raise UsageError(f"{path}: say where the page was fetched from: --url https://…", print_help=False)
        return [Page(url=url, body=path.read_bytes())]

    def _listed(self, manifest: Path) -> Iterator[Page]:
        with manifest.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    row = json.loads(line)
                    yield Page(url=row["url"], body=manifest.parent.joinpath(row["file"]).read_bytes())
                except (ValueError, KeyError, TypeError, OSError) as error:
                    self._say(f"{manifest}: line {number}: {error}")

    def _archived(self, archive: Path) -> Iterator[Page]:
        damaged: list[str] = []
        try:
            for answer in read_answers(archive, damaged):
                if answer.status == 200 and "html" in answer.content_type:
                    yield self._archived_page(answer)
        except ArchiveError as error:
            raise UsageError(str(error), print_help=False) from error
        for message in damaged:
            self._say(message)

    def _archived_page(self, answer: Answer) -> Page:
        request = Request(answer.url)
        response = self._unpack.process_response(request, response_to(request, answer))
        encoding = http_content_type_encoding((response.headers.get("Content-Type") or b"").decode("latin-1"))
        return Page(url=answer.url, body=response.body, encoding=encoding, fetched_at=answer.at)

    def _say(self, message: str) -> None:
        print(message, file=sys.stderr)
        self.exitcode = 3


def _reader(crawler: Crawler) -> Callable[[Page], Article]:
    """Return what reads a page as a crawl does: the page reader, then each pipeline that needs one article alone."""
    outlets = [spider.outlet for spider in load_outlets(crawler.settings).values()]
    listed = crawler.settings.getdict("ITEM_PIPELINES")
    alone = {
        name: order for name, order in listed.items() if order < crawler.settings.getint("FIRST_COMPARING_PIPELINE")
    }
    pipelines = [build_from_crawler(load_object(name), crawler) for name in sorted(alone, key=alone.__getitem__)]

    def read(page: Page) -> Article:
        outlet = outlet_of(page.url, outlets)
        article = read_page(page.body, page.url, outlet, encoding=page.encoding, fetched_at=page.fetched_at)
        for pipeline in pipelines:
            article = pipeline.process_item(article)
        return article

    return read
