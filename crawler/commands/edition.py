"""scrapy edition: build the day's edition, a static site of what came in, from the exports."""

from __future__ import annotations

import argparse
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapy.exceptions import UsageError

from crawler.printing import PrintingCommand

if TYPE_CHECKING:
    from crawler.edition.site_folder import Scope
    from crawler.exports.published import PublishedParts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked for on the command line and in the settings."""

    scope: Scope
    out: Path
    may_be_empty: bool
    """Whether an edition without a day is built too."""
    zone: ZoneInfo
    url: str | None


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "[--day DAY | --since DAY] [--out FOLDER] [--full-text]"

    def short_desc(self) -> str:
        return "Build the day's edition: a static site of all articles, to read and search"

    def long_desc(self) -> str:
        return (
            "Reads all runs in EXPORTS and writes an index over days and a page for each day, in Hindi and in English. "
            "The pages open from disk and from any web server, and request nothing. The folder is then this edition "
            "and no other: days that are not named, and articles that were withdrawn, leave it."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        days = parser.add_mutually_exclusive_group()
        days.add_argument("--day", metavar="DAY", help="only the page of this day: 2026-11-24")
        days.add_argument("--since", metavar="DAY", help="only the pages from this day on; default: all days")
        parser.add_argument("--out", metavar="FOLDER", type=Path, help="folder of the edition; default: EDITION")
        whole = "with the whole texts, for the newsroom's own use; search engines are asked to leave the pages out"
        parser.add_argument("--full-text", action="store_true", help=whole)
        damaged = "leave out what is lost or damaged, name it, and end with exit code 3"
        parser.add_argument("--skip-damaged", action="store_true", help=damaged)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        if args:
            raise UsageError("name days by --day or --since, and the folder by --out", print_help=False)
        self._read_and_build(self._asked(_scope(opts), opts.out), skip_damaged=opts.skip_damaged)

    def build_since(self, day: str) -> None:
        """Build the edition in EDITION again as it was, without the days before a day, even if none is left.

        Raise UsageError if it cannot be, and set `exitcode` if it was not.
        """
        from crawler.edition.site_folder import Scope, SiteFolderError, scope_of

        asked = self._asked(Scope(), None, may_be_empty=True)
        try:
            scope = scope_of(asked.out)
        except SiteFolderError as error:
            raise UsageError(str(error), print_help=False) from error
        scope = replace(scope, first=max(scope.first, day))
        self._read_and_build(replace(asked, scope=scope), skip_damaged=False)

    def _asked(self, scope: Scope, out: Path | None, *, may_be_empty: bool = False) -> _Asked:
        assert self.settings is not None
        return _Asked(
            scope=scope,
            out=out or Path(self.settings.get("EDITION") or "edition"),
            may_be_empty=may_be_empty,
            zone=_zone(self.settings.get("EDITION_ZONE")),
            url=_url(self.settings.get("EDITION_URL")),
        )

    def _read_and_build(self, asked: _Asked, *, skip_damaged: bool) -> None:
        from crawler.edition.site_folder import SiteFolderError

        with self.writing(asked.out, SiteFolderError):
            published = self._published(skip_damaged=skip_damaged)
            if not published.damaged or skip_damaged:
                self._build(published, asked)

    def _build(self, published: PublishedParts, asked: _Asked) -> None:
        from crawler.edition.collecting import collect
        from crawler.edition.day_rows import DayRows
        from crawler.edition.edition import SiteBuild
        from crawler.edition.site_folder import site_folder
        from crawler.outlets import publishers_of

        assert self.settings is not None
        publishers = publishers_of(self.settings)
        scope = asked.scope
        with closing(DayRows()) as rows:
            collect(published, publishers, asked.zone, rows, with_texts=scope.full_text)
            days = _days(rows.days(), scope, may_be_empty=asked.may_be_empty)
            with site_folder(asked.out) as site:
                SiteBuild(rows, site, asked.zone, url=asked.url, with_texts=scope.full_text).build(days)
                site.keep_scope(scope)
        print(f"{asked.out}: {len(days)} days, {sum(days.values())} articles")
        print(f"open {asked.out / 'index.html'}")

    def _published(self, *, skip_damaged: bool) -> PublishedParts:
        """Return the parts of all runs; name those that are damaged, and raise UsageError if there is no run."""
        from crawler.exports.published import published_at

        assert self.settings is not None
        root = str(self.settings.get("EXPORTS") or "exports")
        published = published_at(root, self.settings)
        if published is None:
            todo = "crawl first, or say where the runs are: -s EXPORTS=…"
            raise UsageError(f"{root}: no run in it; {todo}", print_help=False)
        if skip_damaged:
            published = published.whole()
        for message in published.damaged:
            self.fail(message)
        return published


def _days(there: dict[str, int], scope: Scope, *, may_be_empty: bool) -> dict[str, int]:
    """Return the days that are asked for, with their articles; raise UsageError if there is none and one has to be."""
    days = {day: count for day, count in there.items() if scope.first <= day <= scope.last}
    if there and not days and not may_be_empty:
        asked = scope.first if scope.first == scope.last else f"a day since {scope.first}"
        known = f"there are articles from {min(there)} to {max(there)}"
        raise UsageError(f"no article of {asked}: {known}", print_help=False)
    return days


def _scope(opts: argparse.Namespace) -> Scope:
    """Return what is asked for."""
    from crawler.edition.site_folder import Scope

    scope = Scope(full_text=opts.full_text)
    if opts.day is not None:
        day = _day("--day", opts.day)
        return replace(scope, first=day, last=day)
    return scope if opts.since is None else replace(scope, first=_day("--since", opts.since))


def _day(option: str, text: str) -> str:
    """Return a day as pages are named after it; raise UsageError if the text is none."""
    try:
        day = date.fromisoformat(text)
        if day.isoformat() == text:
            return text
    except ValueError:
        pass
    raise UsageError(f'{option} is "{text}": write a day as 2026-11-24', print_help=False)


def _url(text: str | None) -> str | None:
    """Return the address at which the edition is served, with a slash at its end; raise UsageError if it is none.

    The addresses of feeds are made by adding to it, so it has no part behind `?` or `#`.
    """
    from crawler.url_parts import is_url

    if text and (not is_url(text) or "?" in text or "#" in text):
        raise UsageError(f'EDITION_URL is "{text}": write an address as https://news.example/', print_help=False)
    return f"{text.rstrip('/')}/" if text else None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f'EDITION_ZONE is "{name}": write the name of a time zone, as Asia/Kolkata'
        raise UsageError(message, print_help=False) from error
