"""scrapy record: save a page or listing and its reading as a pair of files for the tests."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import DropItem, UsageError
from scrapy.http import Response

from crawler.home import checkout_at
from crawler.runs.exit_code import ExitCode

if TYPE_CHECKING:
    from crawler.discovery.links import Listing
    from crawler.items import Article
    from crawler.reading.outlet import Outlet

_OF_A_RUN = ("first_seen_at", "sequence", "withdrawn_at", "fetched_at", "run_id", "reader_version", "story")
"""Keys of the record that vary from run to run; they are left out."""
_WANTED = ("deck", "byline", "dateline", "credits", "published_on", "modified_at", "section", "tags", "images")
"""Fields that are printed as MISSING if the page has none."""
_NAME = re.compile(r"[a-z0-9_]+")


class Command(ScrapyCommand):
    requires_project = True

    def syntax(self) -> str:
        return "OUTLET URL NAME [--from ARCHIVE]"

    def short_desc(self) -> str:
        return "Save a page and its reading as a test pair"

    def long_desc(self) -> str:
        return (
            "Write tests/pages/OUTLET/NAME.html and NAME.json, and print per field where it was read and what is "
            "missing. Then read the page in a browser and correct the JSON by hand: it is the test's answer. "
            "A feed, a sitemap or a section page becomes NAME.xml or NAME.html, with the links that it announces."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--from", dest="archive", metavar="ARCHIVE", help="take the page from a WARC, not the web")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.authoring.fetching import quietly

        super().process_options(args, opts)
        assert self.settings is not None
        quietly(self.settings)
        if opts.archive:
            self.settings.set("ARCHIVE_REPLAY", opts.archive, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.archive.check import check_archives
        from crawler.authoring.listing_pair import listing_at
        from crawler.outlets import load_outlets, unknown_outlet
        from crawler.runs.checks import check_settings

        assert self.settings is not None
        if len(args) != 3:
            raise UsageError("name an outlet, an address and a name for the pair")
        slug, url, name = args
        outlets = load_outlets(self.settings)
        if slug not in outlets:
            raise unknown_outlet(slug, outlets)
        pair = self._pair(slug, url, name)
        check_settings(self.settings)
        check_archives(self.settings, [slug])
        response = self._fetch(url, outlets[slug].outlet)
        if isinstance(response, str):
            self._fail(f"{url}: not fetched: {response}")
            return
        listing = listing_at(url, response.body, outlets[slug].listings)
        if listing is None:
            self._save(slug, response, pair)
        else:
            self._save_listing(listing, outlets[slug].outlet, response, pair)

    def _pair(self, slug: str, url: str, name: str) -> Path:
        from crawler.url_parts import is_url

        if not is_url(url):
            raise UsageError(f'"{url}" is not an address; it begins with https://', print_help=False)
        if not _NAME.fullmatch(name):
            raise UsageError(f'"{name}": use only a-z, 0-9 and _ in a name, as in flood_ap', print_help=False)
        root = checkout_at(Path.cwd())
        if root is None:
            raise UsageError("record writes into tests/pages of a checkout of Videsh: run it there", print_help=False)
        pair = root / "tests" / "pages" / slug / name
        for path in (pair.with_suffix(".html"), pair.with_suffix(".xml"), pair.with_suffix(".json")):
            if path.exists():
                raise UsageError(f"{path}: exists already; choose another name, or remove it", print_help=False)
        return pair

    def _fetch(self, url: str, outlet: Outlet) -> Response | str:
        from crawler.authoring.fetching import Fetched, FetchSpider
        from crawler.reading.urls import registered_domain

        assert self.crawler_process is not None
        fetched = Fetched()
        domains = {registered_domain(f"https://{host}") for host in outlet.hosts}
        self.crawler_process.crawl(FetchSpider, urls=[url], fetched=fetched, domains=domains, name=outlet.slug)
        self.crawler_process.start()
        return fetched.responses.get(url) or fetched.failures.get(url, "nothing came")

    def _save(self, slug: str, response: Response, pair: Path) -> None:
        from crawler.authoring.rereading import Rereader, page_of
        from crawler.notes import notes_of
        from crawler.reasons import NotAnArticle

        assert self.settings is not None
        rereader = Rereader(self.settings)
        page = page_of(response, notes_of(response).fetched_at)
        outlet = rereader.outlet_of(page.url)
        if outlet is None or outlet.slug != slug:
            self._fail(f"{page.url}: not on a host of {slug} (spiders/{slug}.py: hosts)")
            return
        try:
            article = rereader.article(page)
        except (NotAnArticle, DropItem) as refusal:
            why = str(refusal).replace(f"{page.url}: ", "", 1)
            self._fail(f"{page.url}: no article, nothing is saved: {why}")
            return
        pair.parent.mkdir(parents=True, exist_ok=True)
        pair.with_suffix(".html").write_bytes(page.body)
        pair.with_suffix(".json").write_text(answer_of_page(article, page.url, article.fetched_at), encoding="utf-8")
        _print_reading(article, pair)

    def _save_listing(self, listing: Listing, outlet: Outlet, response: Response, pair: Path) -> None:
        from crawler.authoring.listing_pair import answer_of
        from crawler.discovery.frontier import is_article
        from crawler.discovery.links import ListingError
        from crawler.discovery.unpack import unpack_listing

        try:
            answer = answer_of(listing, outlet, response.body, response.url)
        except ListingError as error:
            self._fail(f"{response.url}: no listing, nothing is saved: {error}")
            return
        page = pair.with_suffix(".html" if answer["listing"]["kind"] == "section" else ".xml")
        pair.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(unpack_listing(response.body)[0])
        pair.with_suffix(".json").write_text(_json(answer), encoding="utf-8")
        articles = sum(is_article(link["url"], outlet) for link in answer["links"])
        print(f"{page} and .json are written: {len(answer['links'])} links, {articles} of them to articles")

    def _fail(self, message: str) -> None:
        print(message, file=sys.stderr)
        self.exitcode = ExitCode.PART_FAILED


def answer_of_page(article: Article, url: str, fetched_at: str | None) -> str:
    """Return the text of a pair's .json: the fetched URL, and the record without the keys that vary by run."""
    from crawler.items import record

    lasting = {key: value for key, value in record(article).items() if key not in _OF_A_RUN}
    answer = {"page": {"url": url, "fetched_at": fetched_at}, "article": lasting}
    return _json(answer)


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _print_reading(article: Article, pair: Path) -> None:
    from crawler.items import record

    row: dict[str, Any] = record(article)
    for key, value in row.items():
        if key in ("provenance", *_OF_A_RUN):
            continue
        if not value and key not in _WANTED:
            continue
        source = article.provenance.get(key, "") if value else "MISSING"
        print(f"{key:<15} {source:<9} {_short(value)}".rstrip())
    print(f"{pair}.html and .json are written: read the page in a browser, and correct the .json by hand")


def _short(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return f"{len(value)}: {_short(next(iter(value[0].values())))} ..."
    text = " ".join((value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).split())
    return "" if value in (None, []) else text if len(text) <= 90 else f"{text[:87]}..."
