"""scrapy store: show, check and prune the store, or forget articles in it."""

import argparse
import re
from collections.abc import Callable, Iterator
from contextlib import closing

from scrapy.exceptions import UsageError

from crawler.clock import now
from crawler.outlets import load_outlets
from crawler.printing import PrintingCommand
from crawler.reading.urls import article_id, canonical_url, outlet_of
from crawler.store import StoreError, open_store
from crawler.store.store import SqliteStore
from crawler.store.upkeep import check, forget, prune, stats
from crawler.usage import did_you_mean

_SPAN = re.compile(r"([1-9][0-9]{0,4})([dhw])")
"""An age as a number of days, hours or weeks: `90d`."""
_VERBS = "scrapy store stats, forget URL…, prune --older-than 90d or check"
_SECONDS = {"h": 3_600, "d": 86_400, "w": 604_800}


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "stats | forget URL... | prune --older-than 90d | check"

    def short_desc(self) -> str:
        return "Show, check and tidy what earlier runs saw"

    def long_desc(self) -> str:
        return (
            "stats counts what the store holds and names listings that have died. forget makes articles new again: "
            "the next crawl fetches and exports them once more; with the name of a host, or the URL of a listing, that "
            "is left alone, the next crawl asks it again. prune forgets what is older, unless a listing still "
            "announces it. check reads the whole file and says whether it is sound. The setting STORE says where the "
            "store lies."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--older-than", metavar="AGE", help="for prune: 90d, 12w or 36h")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        verb, *rest = args or [""]
        verbs: dict[str, Callable[[SqliteStore], Iterator[str]]] = {
            "stats": lambda store: stats(store, now=now(self.settings)),
            "forget": lambda store: forget(store, {url: self._id(url) for url in rest}),
            "prune": lambda store: prune(store, before=now(self.settings) - _seconds(opts.older_than)),
            "check": check,
        }
        if verb not in verbs:
            fault = f"{verb}: no such action{did_you_mean(verb, verbs)} Say" if verb else "say what to do:"
            raise UsageError(f"{fault} {_VERBS}", print_help=False)
        if bool(rest) != (verb == "forget"):
            raise UsageError("forget needs the addresses to forget; the other actions take none")
        if verb == "prune":
            _seconds(opts.older_than)
        self._do(verbs[verb])

    def _id(self, url: str) -> str:
        """Return the id of the article at a URL, which may be an AMP or mobile URL; return an id unchanged."""
        assert self.settings is not None
        outlet = outlet_of(url, [spider.outlet for spider in load_outlets(self.settings).values()])
        return article_id(canonical_url(url, outlet), outlet) if outlet else url

    def _do(self, verb: Callable[[SqliteStore], Iterator[str]]) -> None:
        assert self.settings is not None
        address = self.settings.get("STORE")
        if not address:
            raise UsageError("STORE is empty: nothing is kept between runs; set it to sqlite:///var/videsh.db")
        try:
            with closing(open_store(address, must_exist=True)) as store:
                for line in verb(store):
                    print(line)
        except StoreError as error:
            raise UsageError(str(error), print_help=False) from error


def _seconds(span: str | None) -> int:
    found = _SPAN.fullmatch(span or "")
    if found is None:
        raise UsageError(f"--older-than {span}: write a number and d, w or h: --older-than 90d", print_help=False)
    return int(found[1]) * _SECONDS[found[2]]
