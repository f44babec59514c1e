"""Print the result of a run for an editor: its articles, the numbers of its outlets, and what to do next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from crawler.exports.jsonl import parts_of, read_rows
from crawler.program import as_typed
from crawler.reports.countries import country_names
from crawler.runs.cells import cut_to
from crawler.runs.ended import Ended
from crawler.runs.progress import row_of

_MOST = 100
"""Maximum number of articles that are printed; the files hold all."""


def print_result(console: Console, folder: Path | None, outlets: Sequence[Ended], *, address: str | None) -> None:
    """Print the exported articles, the run's totals with each outlet's problems, and what to do next.

    `folder` is the run's export folder, `address` where its readers find it, which on S3 is elsewhere; both are None
    for a run whose articles went to Scrapy's feeds. No line is padded, none
    is longer than the console is wide save for paths, and Hindi stands at a line's end, since terminals differ on its
    width.
    """
    total = sum(outlet.count("exported") for outlet in outlets)
    if folder is not None and total:
        _print_articles(console, _records(folder), total)
    _print_outlets(console, outlets)
    if folder is not None and address is not None:
        names = [path.name for path in parts_of([folder])]
        _print_next(console, address, names[0] if len(names) == 1 else "", outlets, total)


def _records(folder: Path) -> Iterator[Mapping[str, Any]]:
    for path in parts_of([folder]):
        yield from read_rows(path)


def _print_articles(console: Console, records: Iterable[Mapping[str, Any]], total: int) -> None:
    shown = sorted(islice(records, _MOST), key=lambda record: record["outlet"] or "")
    column = max((len(record["outlet"] or "-") for record in shown), default=0) + 2
    for record in shown:
        room = console.width - column - 1  # some terminals wrap a line that fills the last cell
        _print(console, Text(f"{record['outlet'] or '-':<{column}}", style="cyan"), cut_to(record["headline"], room))
        about = " · ".join(filter(None, (_place(record["dateline"]), _credit(record["credits"]))))
        if about:
            _print(console, " " * column, Text(cut_to(about, room), style="green"))
    if total > len(shown):
        _print(console, f"… and {total - len(shown)} more")
    _print(console, "")


def _place(dateline: Mapping[str, Any] | None) -> str:
    places = dateline["places"] if dateline else ()
    if not places:
        return ""
    code = places[0]["country"]
    country = f" ({country_names().get(code, code)})" if code else ""
    return ", ".join(place["name"] for place in places) + country


def _credit(credits: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(credit["name"] or credit["agency"] for credit in credits)


def _print_outlets(console: Console, outlets: Sequence[Ended]) -> None:
    """Print the totals of the run, and the problems of each outlet that has any."""
    rows = {outlet.outlet: row_of(outlet) for outlet in outlets}
    sums = {name: sum(row[name] for row in rows.values()) for name in ("new", "copies", "refused", "failed")}
    gave = sum(bool(row["new"] or row["copies"]) for row in rows.values())
    came = f"{sums['new']} articles and {sums['copies']} copies from {gave} of {len(rows)} outlets;"
    rest = (
        f"{sum(outlet.count('unchanged') for outlet in outlets)} unchanged, "
        f"{sum(outlet.count('gone') for outlet in outlets)} gone, {sums['refused']} refused, {sums['failed']} failed"
    )
    separator = " " if len(came) + len(rest) < console.width - 1 else "\n"
    _print(console, Text(f"{came}{separator}{rest}", style="bold"))
    for outlet in outlets:
        if problems := ", ".join(_problems(outlet)):
            _print(console, Text(cut_to(f"  {outlet.outlet}: {problems}", max(console.width - 1, 40)), style="red"))


def _problems(outlet: Ended) -> Iterator[str]:
    if outlet.met_deadline:
        yield "its time ran out"
    if outlet.reason is None:
        yield "did not run to its end"
    if outlet.met_deadline or outlet.waits:
        yield f"{outlet.received} articles came, {outlet.waits} wait for the next run"
    yield from (f"{host} {why}" for host, why in outlet.left_alone.items())
    yield from (f"{name} {count}" for name, count in outlet.articles.items() if name.startswith("failed/"))
    yield from (f"listing {name} {count}" for name, count in outlet.listings.items() if name.startswith("failed/"))


def _print_next(console: Console, address: str, part: str, outlets: Sequence[Ended], total: int) -> None:
    """Print where the run's files are, and what a person does next; `part` is "" if the articles have several."""
    _print(console, "")
    _print(console, f"The articles: {address}/{part}")
    _print(console, f"The report:   {address}/report.html")
    ill = [outlet.outlet for outlet in outlets if any(_problems(outlet))]
    if ill:
        _print(console, as_typed(f"Next: scrapy doctor {ill[0]}   says what is wrong, and what to do"))
    elif total:
        _print(console, "Next: open the report in a browser")
    else:
        _print(console, as_typed("Next: nothing new came; scrapy newsroom --force reads known articles again"))


def _print(console: Console, *parts: str | Text) -> None:
    """Print one line as it is: rich would wrap, cut or pad it by its own count of cells."""
    console.print(Text.assemble(*parts), soft_wrap=True)
