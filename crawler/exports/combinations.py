"""The options of `scrapy export` that do not go together, and why."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawler.exports.formats import DATABASES
from crawler.exports.jsonl import plugins_for
from crawler.exports.out_file import STDOUT
from crawler.shelves import Shelf


def wrong_combination(options: Namespace, out: Path, shelves: Sequence[Shelf]) -> str | None:
    """Return what is wrong with options of `scrapy export` that do not go together, or None if they do."""
    return next((message for is_wrong, message in _combinations(options, out, shelves) if is_wrong), None)


def _combinations(opts: Namespace, out: Path, shelves: Sequence[Shelf]) -> Iterator[tuple[object, str]]:
    others = [shelf for shelf in shelves if not shelf.has_records]
    part = f"--part {others[0]} holds no articles" if others else ""
    yield opts.bom and opts.to != "csv", f"--bom is for --to csv; {opts.to} is never opened as text by Excel"
    yield opts.ninjs and opts.to != "ninjs", f"--ninjs is for --to ninjs, not for {opts.to}"
    packed = opts.to == "parquet" and plugins_for(out.name)
    yield packed, f"{out}: Parquet is packed within; name a file without {out.suffix}"
    yield from _combinations_of_databases(opts, out)
    yield others and opts.to == "ninjs", f"{part}: write jsonl, csv or parquet"
    yield others and len(shelves) > 1, f"{part}: export it alone"
    numberless = [shelf for shelf in shelves if shelf is Shelf.REFUSED]
    yield opts.since and numberless, "--part refused has no sequence numbers: export it without --since"
    yield others and (opts.country or opts.agency or opts.one_per_story), f"{part}: select by --outlet alone"


def _combinations_of_databases(opts: Namespace, out: Path) -> Iterator[tuple[object, str]]:
    if opts.to not in DATABASES:
        return
    yield out == STDOUT, f"--to {opts.to} writes a database: name a file"
    yield plugins_for(out.name), f"{out}: a database is read in its place; name a file without {out.suffix}"
    yield opts.since, f"--to {opts.to} knows by itself what is new: leave --since out"
    yield opts.part, f"--to {opts.to} holds articles and copies: leave --part out"
    selected = opts.country or opts.agency or opts.one_per_story
    yield selected, f"--to {opts.to} is selected from with SQL: leave --country, --agency and --one-per-story out"
