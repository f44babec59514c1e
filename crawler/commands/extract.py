"""scrapy extract: read pages without crawling, one JSON line a page."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from scrapy.exceptions import DropItem, UsageError

from crawler.archive.reader import ArchiveError, archives_of, read_answers
from crawler.authoring.rereading import Page, Rereader
from crawler.items import json_line
from crawler.printing import PrintingCommand
from crawler.reading.url_parts import is_url
from crawler.reasons import NotAnArticle
from crawler.runs.exit_code import ExitCode

_ARCHIVES = (".warc", ".warc.gz", ".warc.gz.part")


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "PAGE.html --url URL | MANIFEST.jsonl | ARCHIVE.warc.gz"

    def short_desc(self) -> str:
        return "Read pages without crawling, one JSON line a page"

    def long_desc(self) -> str:
        return (
            'MANIFEST.jsonl holds lines of {"file", "url"}, file relative to the manifest. Of an archive, or a folder '
            "of them, the HTML pages are read; what else it holds (feeds, robots.txt, redirects, errors) is skipped "
            "and counted. The outlet is found from the URL's host. Exit code 3 when a page held no article or could "
            "not be read; the others are printed all the same."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address that the page was fetched from")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one page, manifest or archive")
        self._rereader = Rereader(self.settings)
        for page in self._pages(Path(args[0]), opts.url):
            try:
                print(json_line(self._rereader.article(page)))
            except (NotAnArticle, DropItem) as refusal:
                self._say(f"{page.url}: refused: {str(refusal).replace(f'{page.url}: ', '', 1)}")

    def _pages(self, path: Path, url: str | None) -> Iterable[Page]:
        if not path.exists():
            raise UsageError(f"{path}: no such file", print_help=False)
        is_list = path.suffix == ".jsonl"
        if is_list or path.is_dir() or path.name.endswith(_ARCHIVES):
            if url:
                raise UsageError("--url is for a single page; a manifest or an archive says each page's address")
            return self._listed(path) if is_list else self._archived(path)
        if not url or not is_url(url):
            told = f'"{url}" is no address' if url else "say where the page was fetched from"
            raise UsageError(f"{path}: {told}: --url https://…", print_help=False)
        try:
            return [Page(url=url, body=path.read_bytes())]
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {error.strerror}", print_help=False) from error

    def _listed(self, manifest: Path) -> Iterator[Page]:
        for number, line in enumerate(manifest.read_bytes().splitlines(), start=1):
            if not line.strip():
                continue
            try:
                file, url = _row(line)
                yield Page(url=url, body=manifest.parent.joinpath(file).read_bytes())
            except (ValueError, OSError) as error:
                self._say(f"{manifest}: line {number}: {error}")

    def _archived(self, path: Path) -> Iterator[Page]:
        damaged: list[str] = []
        skipped = 0
        try:
            for archive in archives_of(path):
                for answer in read_answers(archive, damaged):
                    if answer.status == 200 and "html" in answer.content_type.lower():
                        yield self._rereader.archived(answer)
                    else:
                        skipped += 1
        except ArchiveError as error:
            raise UsageError(str(error), print_help=False) from error
        for message in damaged:
            self._say(message)
        if skipped:
            print(
                f"{path}: {skipped} answers are no HTML pages (feeds, robots.txt, redirects, errors)", file=sys.stderr
            )

    def _say(self, message: str) -> None:
        print(message, file=sys.stderr)
        self.exitcode = ExitCode.PART_FAILED


def _row(line: bytes) -> tuple[str, str]:
    """Return file and address of a manifest's line; raise ValueError with what is wrong with it."""
    row = json.loads(line)
    file, url = (row.get("file"), row.get("url")) if isinstance(row, dict) else (None, None)
    if not isinstance(file, str) or not isinstance(url, str):
        raise ValueError('not a {"file", "url"} object')
    if not is_url(url):
        raise ValueError(f'"{url}" is no address')
    return file, url
