"""scrapy extract: read pages without crawling, and print one JSON line per article."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem, UsageError

from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode

if TYPE_CHECKING:
    from crawler.authoring.rereading import Page
    from crawler.reasons import Reason

_NO_PAGES = "answers are not HTML (feeds, robots.txt, redirects, errors)"
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

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.authoring.rereading import Rereader

        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one page, manifest or archive")
        self._rereader = Rereader(self.settings)
        for url, page in self._pages(Path(args[0]), opts.url):
            line = self._line(url, page)
            if line is not None:
                print(line)

    def _line(self, url: str, page: Callable[[], Page]) -> str | None:
        """Return the JSON line of a page, or None if it holds no article; no exception of one page stops the others."""
        from crawler.items import json_line
        from crawler.reasons import NotAnArticle, Reason

        damage: Reason | None = None
        try:
            read = page()
            damage = read.damage
            line = json_line(self._rereader.article(read))
            line.encode()
        except (NotAnArticle, DropItem) as refusal:
            reason = str(refusal).replace(f"{url}: ", "", 1)
            self._say(f"{url}: refused: {f'{damage}: {damage.meaning}' if damage else reason}")
            return None
        except Exception as error:  # noqa: BLE001  one bad page must not stop the others
            self._say(f"{url}: refused: {Reason.UNREADABLE}: {type(error).__name__}: {error}")
            return None
        if damage:
            self._say(f"{url}: {damage}: {damage.meaning}; what came of it is read")
        return line

    def _pages(self, path: Path, url: str | None) -> Iterable[tuple[str, Callable[[], Page]]]:
        """Yield the URL of each page and a function that loads it."""
        from crawler.authoring.rereading import Page
        from crawler.url_parts import is_url

        if not path.exists():
            raise UsageError(f"{path}: no such file", print_help=False)
        is_list = path.suffix == ".jsonl" and path.is_file()
        if is_list or path.is_dir() or path.name.endswith(_ARCHIVES):
            if url:
                raise UsageError("--url is for a single page; a manifest or an archive says each page's address")
            return self._listed(path) if is_list else self._archived(path)
        if not url and (what := _other_format(path)):
            raise UsageError(f"{path}: {what}", print_help=False)
        if not url or not is_url(url):
            fault = f'"{url}" is not an address' if url else "say where the page was fetched from"
            raise UsageError(f"{path}: {fault}: --url https://…", print_help=False)
        try:
            page = Page(url=url, body=path.read_bytes())
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {error.strerror}", print_help=False) from error
        return [(url, lambda: page)]

    def _listed(self, manifest: Path) -> Iterator[tuple[str, Callable[[], Page]]]:
        from crawler.authoring.rereading import Page

        for number, line in enumerate(manifest.read_bytes().splitlines(), start=1):
            if not line.strip():
                continue
            try:
                file, url = _row(line)
                page = Page(url=url, body=manifest.parent.joinpath(file).read_bytes())
            except (ValueError, OSError, RecursionError) as error:
                self._say(f"{manifest}: line {number}: {error}")
                continue
            yield url, partial(_as_it_is, page)

    def _archived(self, path: Path) -> Iterator[tuple[str, Callable[[], Page]]]:
        from crawler.archive.reader import ArchiveError, archives_of
        from crawler.authoring.archived_pages import Pass

        through = Pass(rereader=self._rereader)
        try:
            for archive in archives_of(path):
                for whole in through.pages(archive):
                    yield whole.answer.url, partial(self._rereader.archived, whole)
        except ArchiveError as error:
            raise UsageError(str(error), print_help=False) from error
        for message in through.damaged:
            self._say(message)
        for what, count in sorted(through.skipped.items()):
            print(f"{path}: {count} {what}", file=sys.stderr)

    def _say(self, message: str) -> None:
        print(message, file=sys.stderr)
        self.exitcode = ExitCode.PART_FAILED


def _other_format(path: Path) -> str | None:
    from crawler.archive.other_formats import BEGINNING, other_format

    try:
        with path.open("rb") as file:
            return other_format(file.read(BEGINNING))
    except OSError:
        return None


def _as_it_is(page: Page) -> Page:
    return page


def _row(line: bytes) -> tuple[str, str]:
    """Return the file and the URL in a line of a manifest; raise ValueError if the line is invalid."""
    from crawler.url_parts import is_url

    row = json.loads(line)
    file, url = (row.get("file"), row.get("url")) if isinstance(row, dict) else (None, None)
    if not isinstance(file, str) or not isinstance(url, str):
        raise ValueError('not a {"file", "url"} object')
    if not is_url(url):
        raise ValueError(f'"{url}" is not an address')
    return file, url
