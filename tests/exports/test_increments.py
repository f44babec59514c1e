"""Runs of a newsroom against a site that changes: increments put together are the articles of the site."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.crawling.site import SITEMAP, address, articles, listings
from tests.crawling.test_withdrawals import GONE, Newsroom
from tests.exports.published_runs import exported
from tests.site.publisher import Answer

COUNT = 12
_MARK = re.compile(r"त्रिशूली (\d+)(?: संस्करण (\d+))?")
Site = dict[int, int]
"""The edition of each article that is there, by its number."""


class ChangingSite:
    """A newsroom whose site is changed between runs, and what is on it."""

    def __init__(self, folder: Path) -> None:
        self.newsroom = Newsroom(folder, COUNT)
        self.there: Site = dict.fromkeys(range(COUNT), 1)
        self._hour = 0

    def run(self) -> None:
        """Crawl an hour after the last run; every known article is looked at again."""
        self.newsroom.run(self._hour, RECHECK_AFTER=list(range(1, 60)), EXPORT_PART_ROWS=3)
        self._hour += 1

    def add(self, number: int) -> None:
        """Publish a new article."""
        self.newsroom.answers |= {**listings(number + 1), **articles(number + 1)} | self.newsroom.answers
        self.newsroom.answers[SITEMAP] = listings(number + 1)[SITEMAP]
        self.there[number] = 1

    def edit(self, number: int) -> None:
        """Publish the next edition of an article."""
        self.there[number] += 1
        mark = f"त्रिशूली {number} संस्करण {self.there[number]}"
        page = articles(number + 1)[address(number)]
        body = page.body.decode().replace(f"त्रिशूली {number}", mark)
        self.newsroom.answers[address(number)] = replace(page, body=body.encode())

    def delete(self, number: int) -> None:
        """Take an article down."""
        self.newsroom.answers[address(number)] = GONE
        del self.there[number]

    def restore(self, number: int) -> None:
        """Put an article that was taken down back, as it was at first."""
        self.newsroom.answers[address(number)] = articles(number + 1)[address(number)]
        self.there[number] = 1

    def move(self, number: int) -> None:
        """Move an article to an address in another section."""
        moved = address(number).replace("/world/asia/", "/india/national/")
        page = self.newsroom.answers[address(number)]
        self.newsroom.answers[moved] = replace(page, body=page.body.replace(address(number).encode(), moved.encode()))
        self.newsroom.answers[address(number)] = Answer(status=301, headers={"Location": moved})


CHANGES: list[list[tuple[Callable[[ChangingSite, int], None], int]]] = [
    [(ChangingSite.edit, 3), (ChangingSite.add, 12)],
    [(ChangingSite.delete, 5), (ChangingSite.edit, 3), (ChangingSite.edit, 12)],
    [(ChangingSite.move, 7)],
    [],
    [(ChangingSite.add, 13), (ChangingSite.delete, 3)],
    [(ChangingSite.restore, 5), (ChangingSite.edit, 0)],
    [(ChangingSite.delete, 13)],
    [(ChangingSite.edit, 5), (ChangingSite.edit, 1), (ChangingSite.add, 14)],
    [(ChangingSite.restore, 3), (ChangingSite.delete, 0)],
]
"""What happens on the site before each run but the first."""


def marks(rows: Iterable[dict[str, Any]]) -> Site:
    """Return the edition of each article in some rows, by its number."""
    found = [_MARK.search(row["headline"]) for row in rows]
    return {int(mark[1]): int(mark[2] or 1) for mark in found if mark}


def test_after_ten_runs_the_increments_put_together_are_the_site(tmp_path: Path) -> None:
    site, out = ChangingSite(tmp_path), tmp_path / "out.jsonl"
    state: dict[str, dict[str, Any]] = {}

    for changes in [[], *CHANGES]:
        for change, number in changes:
            change(site, number)
        site.run()
        for row in exported(tmp_path / "exports", out, "--since", "latest"):
            state.pop(row["id"], None)
            if not row["withdrawn_at"]:
                state[row["id"]] = row

        assert marks(state.values()) == site.there
        assert len(state) == len(site.there)
        assert state == {row["id"]: row for row in exported(tmp_path / "exports", tmp_path / "all.jsonl")}
