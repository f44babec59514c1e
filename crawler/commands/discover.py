"""scrapy discover: find a site's feeds, sitemaps and world section, and propose its spider."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.http import Response

from crawler.runs.exit_code import ExitCode

if TYPE_CHECKING:
    from crawler.authoring.fetching import Fetched
    from crawler.authoring.proposal import Found
    from crawler.authoring.site import Home

_ROBOTS = "/robots.txt"
_PAGES = (".html", ".htm", ".xhtml", ".mhtml")


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return "SITE [--from ARCHIVE] | HOME.html --url SITE"

    def short_desc(self) -> str:
        return "Find a site's feeds, sitemaps and world section, and propose its spider"

    def long_desc(self) -> str:
        return (
            "Read a home page, its robots.txt, and the places where sites keep feeds and sitemaps; print the lines of "
            "a spider. What was found by looking is marked as seen in a page; what is guessed is marked unverified."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--from", dest="archive", metavar="ARCHIVE", help="read from a WARC, not from the web")
        parser.add_argument("--url", help="address of a home page that is given as a file")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.authoring.fetching import quietly

        super().process_options(args, opts)
        assert self.settings is not None
        quietly(self.settings)
        if opts.archive:
            self.settings.set("ARCHIVE_REPLAY", opts.archive, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.authoring.proposal import spider_lines

        if len(args) != 1:
            raise UsageError("name one site, as https://…, or a file with its home page")
        if not Path(args[0]).is_file() and (opts.url or Path(args[0]).suffix in _PAGES) and "//" not in args[0]:
            raise UsageError(f"{args[0]}: no such file", print_help=False)
        site = args[0] if "//" in args[0] else f"https://{args[0]}"
        found = self._in_file(Path(args[0]), opts.url) if Path(args[0]).is_file() else self._on_site(site)
        if found is None:
            self.exitcode = ExitCode.PART_FAILED
            return
        for line in found.summary():
            print(line, file=sys.stderr)
        print(spider_lines(found), end="")

    def _in_file(self, path: Path, url: str | None) -> Found:
        from crawler.authoring.proposal import Found
        from crawler.authoring.site import read_home
        from crawler.url_parts import is_url

        if not url or not is_url(url):
            raise UsageError(f"{path}: say whose home page it is: --url https://…", print_help=False)
        return Found(url=url, home=read_home(path.read_bytes(), url))

    def _on_site(self, url: str) -> Found | None:
        from crawler.archive.check import check_archives
        from crawler.authoring.fetching import Fetched, FetchSpider
        from crawler.authoring.site import COMMON_PLACES
        from crawler.reading.urls import registered_domain
        from crawler.runs.checks import check_settings
        from crawler.url_parts import host_of, is_url, joined_url

        if not is_url(url) or "." not in host_of(url):
            raise UsageError(f'"{url}" is not a site; write it as https://www.example.in', print_help=False)
        assert self.settings is not None
        assert self.crawler_process is not None
        check_settings(self.settings)
        check_archives(self.settings, ["fetch"])
        fetched = Fetched()
        self.crawler_process.crawl(
            FetchSpider,
            urls=[url, *filter(None, (joined_url(url, place) for place in (_ROBOTS, *COMMON_PLACES)))],
            fetched=fetched,
            domains=[registered_domain(url)],
            follow=lambda response: _next_addresses(response, url),
        )
        self.crawler_process.start()
        if url not in fetched.responses:
            print(f"{url}: not fetched: {fetched.failures.get(url, 'nothing came')}", file=sys.stderr)
            return None
        return _found(url, fetched)


def _next_addresses(response: Response, url: str) -> Iterable[str]:
    """Return the URLs to fetch next: the sitemaps of robots.txt, the feeds and sections of the home page."""
    from crawler.authoring.site import read_sitemaps
    from crawler.notes import asked_address
    from crawler.url_parts import joined_url

    if response.url == joined_url(url, _ROBOTS):
        return read_sitemaps(response.body, url)
    if asked_address(response) != url:
        return ()
    home = _home(response, response.url)
    return [*home.feeds, *(section.url for section in home.sections)]


def _found(url: str, fetched: Fetched) -> Found:
    from crawler.authoring.proposal import Found

    home = _home(fetched.responses[url], url)
    sections = {section.url for section in home.sections}
    counted = {
        address: count
        for address, response in fetched.responses.items()
        if address != url and address not in sections and (count := _count(response, address)) is not None
    }
    pages = {address: _home(fetched.responses[address], address) for address in sections & set(fetched.responses)}
    return Found(
        url=url, home=home, counted=counted, pages=pages, failures=fetched.failures, forbidden=fetched.forbidden
    )


def _home(response: Response, url: str) -> Home:
    from crawler.authoring.site import read_home
    from crawler.reading.markup import declared_charset

    return read_home(response.body, url, encoding=declared_charset(response.headers.get("Content-Type")))


def _count(response: Response, url: str) -> int | None:
    from crawler.authoring.site import count_links
    from crawler.reading.markup import declared_charset

    return count_links(response.body, url, encoding=declared_charset(response.headers.get("Content-Type")))
