"""scrapy outlets: list the outlets, how each is discovered, how sure that is, and its recordings."""

import argparse
import json
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from crawler.home import checkout_at
from crawler.printing import PrintingCommand

_MARKS = {"page": "", "code": "", "unverified": "?"}


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "[--json]"

    def short_desc(self) -> str:
        return "List the outlets, how each is discovered, and the recordings held"

    def long_desc(self) -> str:
        return (
            "A ? marks what is known by hearsay only: neither seen in a saved page nor in public code. "
            "--json prints one line an outlet, with each address and its evidence (page, code, unverified)."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON line an outlet")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.outlets import load_outlets

        if args:
            raise UsageError("scrapy outlets takes no arguments")
        assert self.settings is not None
        pages = (checkout_at(Path.cwd()) or Path.cwd()) / "tests" / "pages"
        rows = [_row(spider, pages / slug) for slug, spider in load_outlets(self.settings).items()]
        if opts.json:
            for row in rows:
                print(json.dumps(row, ensure_ascii=False))
        else:
            _print_table(rows)


def _row(spider: Any, folder: Path) -> dict[str, Any]:
    outlet = spider.outlet
    return {
        "outlet": outlet.slug,
        "name": outlet.name,
        "group": outlet.group,
        "hosts": list(outlet.hosts),
        "article_evidence": outlet.article_evidence,
        "designs": [design.evidence for design in outlet.designs],
        "listings": [
            {
                "way": listing.way,
                "url": listing.url,
                "evidence": listing.evidence,
                "scope": listing.scope,
            }
            for listing in spider.listings
        ],
        "pages": len(list(folder.glob("*.html"))) - len(_listings(folder, "*.html")),
        "listing_recordings": len(_listings(folder, "*")),
    }


def _listings(folder: Path, pattern: str) -> list[Path]:
    """Return the recordings of listings, which have the key `listing` in their .json file."""
    found = []
    for path in folder.glob(f"{pattern}.json" if pattern == "*" else pattern):
        pair = path.with_suffix(".json")
        if pair.exists() and "listing" in json.loads(pair.read_text(encoding="utf-8")):
            found.append(path)
    return found


def _print_table(rows: list[dict[str, Any]]) -> None:
    # The Devanagari name is the last column, because terminals do not agree on its width.
    print(f"{'outlet':<18} {'group':<11} {'discovery':<38} {'articles':<9} {'pages':>5} {'lists':>5}  name")
    for row in rows:
        ways = ", ".join(_way(listing) for listing in row["listings"])
        rule = f"rule{_MARKS[row['article_evidence']]}"
        counts = f"{row['pages']:>5} {row['listing_recordings']:>5}"
        print(f"{row['outlet']:<18} {row['group']:<11} {ways:<38} {rule:<9} {counts}  {row['name']}")
    print("? neither seen in a saved page nor in public code    * a listing of all sections: evidence only")


def _way(listing: dict[str, str]) -> str:
    return listing["way"] + _MARKS[listing["evidence"]] + ("*" if listing["scope"] == "all" else "")
