"""scrapy explain: say which rule gave each field of a page, and which datelines and credits were refused and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem, UsageError

from crawler.printing import PrintingCommand
from crawler.runs.exit_code import ExitCode

if TYPE_CHECKING:
    from crawler.authoring.rereading import Page
    from crawler.items import Article
    from crawler.reading.outlet import Design, Outlet

_UNKNOWN = "https://unknown.example/"
"""The URL of a page whose URL is unknown."""
_WIDTH = 70
"""Maximum length of a printed value in characters."""
_SOURCES = {
    "json-ld": "the page's JSON-LD",
    "meta": "a meta tag of the page",
    "generic": "the reader that knows no outlet",
    "text": "the words of the report",
    "feed": "the listing that announced it",
}
_FOLLOWS = {
    "id": "from the outlet and the article's number or canonical address",
    "outlet": "from the host of the address",
    "url": "the canonical address",
    "publisher": "from the outlet",
    "word_count": "counted in text",
    "published_precision": "from what is printed: seconds, minutes or the day alone",
    "published_raw": "what the first publication was read from",
    "modified_raw": "what the last change was read from",
    "images": "from the page, related pictures left out",
    "related": "what stood under also-read lines",
    "language": "from the function words of the text",
    "kind": "from the page's type, headline and layout",
    "access": "from the marks of a paywall and the length of the text",
    "cited_media": "agencies and media that a sentence quotes",
    "text": "body without dateline and tail credit",
}
_SELECTORS = {"published_at": "published", "published_on": "published", "modified_at": "modified"}
_NOT_EXPLAINED = frozenset(
    "schema_version revision story pages disagreement provenance "
    "first_seen_at sequence withdrawn_at fetched_at run_id reader_version".split()
)
"""Fields that are not read from the page."""


class Command(PrintingCommand):
    def syntax(self) -> str:
        return "PAGE.html [--url URL]"

    def short_desc(self) -> str:
        return "Say which rule gave each field of a page, and what was refused and why"

    def long_desc(self) -> str:
        return (
            "Without --url the page's own canonical address is taken. Exit code 3 when the page holds no article; "
            "the reason is printed."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address that the page was fetched from")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.authoring.rereading import Rereader
        from crawler.reasons import NotAnArticle

        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("name one page")
        page = _page(Path(args[0]), opts.url)
        rereader = Rereader(self.settings)
        outlet = rereader.outlet_of(page.url)
        print(f"{page.url}\n{outlet.name if outlet else 'a host that no outlet has: the generic reader'}\n")
        try:
            article = rereader.article(page)
        except (NotAnArticle, DropItem) as refusal:
            print(f"refused: {refusal}")
            self.exitcode = ExitCode.PART_FAILED
            return
        design = _design(page, outlet, article)
        for part in (_fields(article, design), _dateline(article), _credits(article)):
            print("\n".join(part))


def _page(path: Path, url: str | None) -> Page:
    from crawler.authoring.rereading import Page
    from crawler.url_parts import is_url

    if url and not is_url(url):
        raise UsageError(f'"{url}" is not an address; give one: --url https://…', print_help=False)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}", print_help=False) from error
    return Page(url=url or _own_address(content), body=content)


def _own_address(content: bytes) -> str:
    """Return the URL in a page's canonical link or `og:url`."""
    from crawler.reading.markup import read_markup
    from crawler.reasons import NotAnArticle
    from crawler.url_parts import is_url

    try:
        root = read_markup(content, _UNKNOWN)
    except NotAnArticle:
        return _UNKNOWN
    for element in root.iter("link", "meta"):
        is_own = element.get("rel") == "canonical" or element.get("property") == "og:url"
        address = element.get("href") or element.get("content") or ""
        if is_own and is_url(address):
            return address
    return _UNKNOWN


def _design(page: Page, outlet: Outlet | None, article: Article) -> Design | None:
    from crawler.reading.designs import fitting_design
    from crawler.reading.markup import read_markup

    return fitting_design(read_markup(page.body, page.url), outlet, _day(article))[0]


def _fields(article: Article, design: Design | None) -> Iterator[str]:
    for field in fields(article):
        if field.name not in _NOT_EXPLAINED:
            value = getattr(article, field.name)
            yield f"{field.name:19} {_short(value)}\n{'':19} {_origin(field.name, value, article, design)}"
    if article.disagreement:
        yield f"{'note':19} the outlet's selector and the generic reader found different bodies"


def _origin(name: str, value: Any, article: Article, design: Design | None) -> str:
    source = article.provenance.get(name)
    if source == "selector":
        selector = getattr(design, _SELECTORS.get(name, name), None) if design else None
        return f'<- selector "{selector}" of the outlet' if selector else "<- a selector of the outlet"
    if source is not None:
        return f"<- {_SOURCES[source]}"
    if value in (None, "", []):
        return "<- nothing of the kind was found"
    return f"<- {_FOLLOWS.get(name, 'the page')}"


def _short(value: Any) -> str:
    if value is None or value == []:
        return "null" if value is None else "none"
    if isinstance(value, list):
        return _cut(" · ".join(map(_word, value)))
    return _cut(getattr(value, "raw", None) or str(value))


def _word(part: Any) -> str:
    """Return the text of a list's element: itself, or its agency, text, title or URL."""
    names = ("agency", "text", "title", "url")
    return part if isinstance(part, str) else next(getattr(part, name) for name in names if hasattr(part, name))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def _dateline(article: Article) -> Iterator[str]:
    from crawler.text.dateline.opening import consider_opening

    yield "\ndateline considered"
    lines = [block.text for block in article.body]
    considered = list(consider_opening(lines))
    source = article.provenance.get("dateline")
    if article.dateline and source != "text":
        yield _verdict(article.dateline.raw, f"a field of the page's own ({source}), which comes first", accepted=True)
    for one in considered:
        yield _verdict(one.raw, one.verdict.why, accepted=one.verdict.accepted)
    if not considered and not article.dateline:
        yield "  nothing: the first lines open with no name before a terminator or a bracket"
    for place in article.dateline.places if article.dateline else ():
        known = f"{place.english}, {place.country or 'no country'}" if place.english else "not in the gazetteer"
        number = f", GeoNames {place.geonames_id}" if place.geonames_id else ""
        yield f"  place    {place.name} = {known}{number}"
    if article.dateline and article.dateline.date:
        yield f"  date     {article.dateline.date}, the year from the publication date"


def _credits(article: Article) -> Iterator[str]:
    from crawler.text.credit.verdicts import consider_credits
    from crawler.text.dateline.opening import read_opening

    yield "\ncredits considered"
    lines = [block.text for block in article.body]
    considered = list(consider_credits(lines, read_opening(lines, published=_day(article))))
    for credit in article.credits:
        if credit.where in ("byline", "meta"):
            yield _verdict(credit.raw, f"agency of the {credit.where}", accepted=True)
    for one in considered:
        yield _verdict(one.raw, f"{one.why} (block {one.line + 1})", accepted=one.accepted)
    if not considered and not article.credits:
        yield "  nothing: no block names an agency"


def _verdict(raw: str, why: str, *, accepted: bool) -> str:
    return f"  {'taken' if accepted else 'refused':8} `{_cut(raw)}`: {why}"


def _day(article: Article) -> date | None:
    return date.fromisoformat(article.published_on) if article.published_on else None
