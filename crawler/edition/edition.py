"""Build the edition: an index over days, a page for each day in both languages, and the articles as data."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

from crawler.edition.atom import atom
from crawler.edition.day_data import TEXTS_IN_SCRIPT, day_script, script
from crawler.edition.day_page import DayPage, day_page
from crawler.edition.day_rows import DayRows
from crawler.edition.followed import Followed
from crawler.edition.json_feed import json_feed
from crawler.edition.pages import TONGUES, html_page
from crawler.edition.site_folder import SiteFolder
from crawler.edition.wording import Wording
from crawler.text.search_key import search_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """A day on the index."""

    day: str
    articles: int
    newsrooms: int
    headline: str | None
    """That of the day's first story."""


class SiteBuild:
    """An edition that is being built from entries into a folder."""

    def __init__(self, rows: DayRows, site: SiteFolder, zone: ZoneInfo, *, url: str | None, with_texts: bool) -> None:
        """`url` is the address at which the edition is served, if it is known; it ends with a slash.

        With `with_texts`, the edition has the whole texts, and asks search engines to leave it out.
        """
        self._rows = rows
        self._site = site
        self._zone = zone
        self._url = url
        self._with_texts = with_texts
        self._followed = Followed()

    def build(self, days: Collection[str]) -> None:
        """Write the pages of some days, and all that they need."""
        self._write_assets()
        pages = sorted(days)
        index = [self._write_day(day, pages) for day in pages[::-1]]
        for feed in self._followed.feeds():
            self._site.write(f"feeds/{feed.name}.atom", atom(feed, self._url))
            self._site.write(f"feeds/{feed.name}.json", json_feed(feed, self._url))
        for tongue in TONGUES:
            wording = Wording(tongue)
            page = html_page("index", wording, "index", is_private=self._with_texts, days=index)
            self._site.write(wording.page("index"), page)

    def _write_day(self, day: str, pages: Sequence[str]) -> IndexRow:
        shown = day_page(day, self._rows, self._zone, pages)
        self._followed.add_day(shown.entries, shown.stories)
        name = self._write_data(day, day_script(shown.entries, shown.times, self._write_texts(shown)))
        for tongue in TONGUES:
            wording = Wording(tongue)
            page = html_page("day", wording, day, is_private=self._with_texts, day=shown, data=name)
            self._site.write(wording.page(day), page)
        return _index_row(shown)

    def _write_texts(self, shown: DayPage) -> list[str]:
        """Write the whole texts of a day if they are wanted, some articles a script, and return the scripts' names."""
        starts = range(0, len(shown.entries), TEXTS_IN_SCRIPT) if self._with_texts else ()
        names = []
        for number, start in enumerate(starts):
            texts = [self._rows.text(entry.id) for entry in shown.entries[start : start + TEXTS_IN_SCRIPT]]
            names.append(self._write_data(f"{shown.day}-texts", script(f"texts{number}", texts)))
        return names

    def _write_data(self, name: str, text: str) -> str:
        """Write a script of data under a name with its hash, so that a page never loads another build's."""
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
        self._site.write(f"data/{name}-{digest}.js", text)
        return f"data/{name}-{digest}.js"

    def _write_assets(self) -> None:
        for file in _assets():
            self._site.write(f"assets/{file.name}", file.read_text(encoding="utf-8"))
        self._site.write("assets/folding.js", script("folding", search_tables()))
        for tongue in TONGUES:
            words = script("words", dict(Wording(tongue).words)) + f'Videsh.language = "{tongue}";\n'
            self._site.write(f"assets/words.{tongue}.js", words)


def _assets() -> Iterable[Traversable]:
    """Return the files of every page: those of the edition, and the design that it shares with the run's report."""
    folders = (resources.files("crawler") / "edition" / "assets", resources.files("crawler") / "design")
    files = (file for folder in folders for file in folder.iterdir() if file.name.endswith((".js", ".css")))
    return sorted(files, key=lambda file: file.name)


def _index_row(shown: DayPage) -> IndexRow:
    return IndexRow(
        day=shown.day,
        articles=shown.figures["articles"],
        newsrooms=shown.figures["newsrooms"],
        headline=shown.headline,
    )
