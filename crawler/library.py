"""Videsh as a library: read one page, or crawl outlets from a script, a running event loop or a notebook."""

import os
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any

from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.archive.files import GivenFile, archives_at
from crawler.archive.reader import ArchiveError, ArchiveFile
from crawler.authoring.archived_pages import Pass, Reading, readings
from crawler.authoring.rereading import Page, Rereader
from crawler.authoring.wanted import Wanted
from crawler.home import choose_home, settings_at
from crawler.items import Article
from crawler.outlets import load_outlets, unknown_outlet
from crawler.reading.outlet import Outlet
from crawler.reasons import NotAnArticle, Refusal
from crawler.runs.exit_code import ExitCode
from crawler.runs.in_process import Newsroom
from crawler.runs.iterated import Crawl
from crawler.runs.store_lock import AnotherRunError
from crawler.url_parts import is_url
from crawler.videsh import fault_of_packages

__all__ = [
    "AnotherRunError",
    "ArchiveError",
    "Article",
    "Crawl",
    "ExitCode",
    "Newsroom",
    "NotAnArticle",
    "Reading",
    "crawl",
    "project_settings",
    "read_archive",
    "read_article",
]


def read_article(
    page: bytes | str | os.PathLike[str],
    url: str,
    outlet: str | None = None,
    *,
    encoding: str | None = None,
    fetched_at: datetime | None = None,
) -> Article:
    """Return the article on a page, as `scrapy extract` reads it: dateline, credits, text and all other fields.

    `page` is the HTML as bytes, or the path of a file. `url` is where it was fetched from; its host tells the outlet,
    unless `outlet` names one by its slug (`indiatv`). Pages of other hosts are read too. `encoding` is the charset in
    the HTTP header; `fetched_at`, a time with its offset, resolves printed times such as `5 घंटे पहले`.

    Raise NotAnArticle if the page holds no article; its `reason` is one of docs/reference.md. Raise ValueError for an
    unknown outlet or what is no address, and OSError for a file that cannot be read.
    """
    if not is_url(url):
        raise ValueError(f"{url!r} is not an address: say where the page was fetched from, as https://…")
    body = page if isinstance(page, bytes) else _file(page).read_bytes()
    found = Page(url=url, body=body, encoding=encoding, fetched_at=fetched_at)
    try:
        return _rereader().article(found, _outlet(outlet) if outlet else None)
    except Refusal as refusal:  # by a pipeline, as of a language
        raise NotAnArticle(refusal.reason, refusal.detail) from refusal


def read_archive(
    archive: str | os.PathLike[str] | IO[bytes],
    *,
    outlets: Collection[str] = (),
    hosts: Collection[str] = (),
    languages: Collection[str] = (),
) -> Iterator[Reading]:
    """Yield what came of each page of an archive (WARC or WACZ), in order, as `scrapy extract` reads it.

        for url, offset, found in read_archive("s3://commoncrawl/crawl-data/CC-NEWS/…/CC-NEWS-….warc.gz"):
            if isinstance(found, Article): …

    `archive` is a path, a URL that fsspec can open, or an open binary file, which is read forwards and left open; no
    reactor is needed, and no network unless the archive lies there. `found` is the Article, or a NotAnArticle that
    says why there is none; `offset` is where the page's record begins in the file, in bytes. Damage of the archive
    comes last, as a NotAnArticle with the archive's name for its address. With `outlets` (slugs) or `hosts` (with all
    below them) only their pages are read; the others are passed over by their addresses. With `languages` (`hi`) a page
    is passed over that is in another one: by what its record says (WARC-Identified-Content-Language), else by its first
    64 KB.

    Raise ArchiveError if the file is no WARC, is not there, or cannot be read to its end; what was read before has
    been yielded. Raise ValueError for an unknown outlet.
    """
    for slug in outlets:
        _outlet(slug)
    wanted = Wanted(outlets=frozenset(outlets), hosts=frozenset(map(str.lower, hosts)), languages=frozenset(languages))
    through = Pass(rereader=_rereader(), wanted=wanted)
    return (reading for each in _archives(archive) for reading in readings(each, through))


def crawl(
    *outlets: str,
    since: date | str | None = None,
    limit: int | None = None,
    force: bool = False,
    only_new: bool = False,
    export: bool = False,
    home: str | os.PathLike[str] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Crawl:
    """Return a crawl of outlets, named by slug, or of all; iterating over it crawls, and yields each article at once.

        for article in crawl("indiatv", "bbc_hindi", limit=20):
            print(article.headline)

    `async for` does the same in a running event loop. `since` leaves out what was published before that day, `limit`
    is the largest number of articles that each outlet is asked for.

    Without `export`, nothing is kept: the next crawl reads and yields the same articles again. With it, the crawl is a
    run of the newsroom: it yields what earlier runs have not exported, writes the same export and report, and holds
    the lock of the store, all below `home` (default: as for the command `videsh`); `force` reads known articles again,
    `only_new` leaves them alone. `settings` are settings of Scrapy and of docs/reference.md, as CONTACT.

    Raise ValueError for an unknown outlet, a wrong argument or a wrong setting.
    """
    kept = {} if export else {"STORE": "", "EXPORTS": "", "FEEDS": {}}
    arguments = {"since": since, "limit": limit, "force": force, "only_new": only_new}
    return Crawl(project_settings(home, **{**kept, **(settings or {})}), outlets, arguments)


def project_settings(home: str | os.PathLike[str] | None = None, /, **settings: Any) -> Settings:
    """Return the settings of Videsh, for a CrawlerProcess or an AsyncCrawlerRunner of your own.

    `home` is the folder of store and exports (default: as for the command `videsh`); `settings` come before those of
    the project, as `-s` on the command line. Raise ImportError if another package named `crawler`, `spiders` or
    `pipelines` is found first, and ValueError if `home` cannot be a folder.
    """
    fault = fault_of_packages()
    if fault:
        raise ImportError(fault)
    try:
        found = settings_at(choose_home(None if home is None else os.fspath(home), os.environ, Path.cwd()))
    except UsageError as error:
        raise ValueError(str(error)) from error
    for name, value in settings.items():
        found.set(name, os.fspath(value) if isinstance(value, os.PathLike) else value, priority="cmdline")
    return found


def _archives(place: str | os.PathLike[str] | IO[bytes]) -> Iterator[ArchiveFile]:
    if isinstance(place, str | os.PathLike):
        yield from archives_at(os.fspath(place), project_settings())
    else:
        yield GivenFile(place)


def _file(page: str | os.PathLike[str]) -> Path:
    if isinstance(page, str) and "<" in page:
        raise ValueError("page is HTML as text: give it as bytes, page.encode(), or name a file")
    return Path(page)


@cache
def _rereader() -> Rereader:
    return Rereader(project_settings())


def _outlet(slug: str) -> Outlet:
    known = load_outlets(project_settings())
    if slug not in known:
        raise ValueError(str(unknown_outlet(slug, known)))
    found: Outlet = known[slug].outlet
    return found
