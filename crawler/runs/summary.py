"""Print the result of a run for an editor: its articles, the numbers of its outlets, and its files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from crawler.exports.jsonl import parts_of, read_rows
from crawler.reports.countries import country_names
from crawler.runs.ended import Ended
from crawler.runs.progress import row_of

_MOST = 100
"""Maximum number of articles in the table; the files hold all."""


def print_result(console: Console, folder: Path | None, outlets: Sequence[Ended]) -> None:
    """Print the exported articles, the run's totals with each outlet's problems, and the paths of the files.

    `folder` is the run's export folder; None for a run whose articles went to Scrapy's feeds.
    """
    if folder is not None:
        total = sum(outlet.count("exported") for outlet in outlets)
        if total:
            console.print(_articles(_records(folder), total))
    console.print(_outlets(outlets))
    if folder is not None:
        console.print(_files(folder))


def _records(folder: Path) -> Iterator[Mapping[str, Any]]:
    for path in parts_of([folder]):
        yield from read_rows(path)


def _articles(records: Iterable[Mapping[str, Any]], total: int) -> Group:
    table = Table(header_style="bold", box=None, pad_edge=False, expand=True)
    table.add_column("outlet", no_wrap=True, style="cyan")
    table.add_column("headline", ratio=1, overflow="ellipsis", no_wrap=True)
    table.add_column("dateline", no_wrap=True, style="green")
    table.add_column("credit", no_wrap=True, style="magenta")
    shown = sorted(islice(records, _MOST), key=lambda record: record["outlet"] or "")
    for record in shown:
        table.add_row(
            record["outlet"] or "-", Text(record["headline"]), _place(record["dateline"]), _credit(record["credits"])
        )
    more = [Text(f"… and {total - len(shown)} more", style="dim")] if total > len(shown) else []
    return Group(table, *more, Text(""))


def _place(dateline: Mapping[str, Any] | None) -> str:
    places = dateline["places"] if dateline else ()
    if not places:
        return "-"
    code = places[0]["country"]
    country = f" ({country_names().get(code, code)})" if code else ""
    return ", ".join(place["name"] for place in places) + country


def _credit(credits: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(credit["name"] or credit["agency"] for credit in credits) or "-"


def _outlets(outlets: Sequence[Ended]) -> Text:
    """Return the totals of the run, and the problems of each outlet that has any."""
    rows = {outlet.outlet: row_of(outlet) for outlet in outlets}
    sums = {name: sum(row[name] for row in rows.values()) for name in ("new", "copies", "refused", "failed")}
    gave = sum(bool(row["new"] or row["copies"]) for row in rows.values())
    text = Text(
        f"{sums['new']} articles and {sums['copies']} copies from {gave} of {len(rows)} outlets; "
        f"{sum(outlet.count('unchanged') for outlet in outlets)} unchanged, "
        f"{sum(outlet.count('gone') for outlet in outlets)} gone, "
        f"{sums['refused']} refused, {sums['failed']} failed\n",
        style="bold",
    )
    for outlet in outlets:
        reasons = [f"{name} {count}" for name, count in outlet.articles.items() if name.startswith("failed/")]
        reasons += [f"listing {name} {count}" for name, count in outlet.listings.items() if name.startswith("failed/")]
        reasons += [f"{host} {why}" for host, why in outlet.left_alone.items()]
        if outlet.met_deadline:
            reasons.append("its time ran out")
        if outlet.reason is None:
            reasons.append("did not run to its end")
        if outlet.met_deadline or outlet.waits:
            reasons.append(f"{outlet.received} articles came, {outlet.waits} wait for the next run")
        if reasons:
            text.append(f"  {outlet.outlet}: {', '.join(reasons)}\n", style="red")
    return text


def _files(folder: Path) -> Group:
    names = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return Group(*(Text(f"  {path}") for path in names))
