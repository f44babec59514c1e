"""An outlet whose runs add, edit, withdraw, bring back and move articles at random."""

import random
from pathlib import Path
from typing import Any

from tests.exports.published_runs import edition, move, publish, withdrawal, write_catalog

Row = dict[str, Any]


class Newsroom:
    """An outlet whose runs add, edit, withdraw, bring back and move articles at random, with sequence numbers."""

    def __init__(self, root: Path, seed: int) -> None:
        self._root = root
        self._chance = random.Random(seed)
        self._revisions: dict[str, int] = {}
        self._stories: dict[str, str] = {}
        self._gone: set[str] = set()
        self._sequence = 0
        self._runs = 0

    def run(self) -> None:
        """Publish the run of the next hour."""
        self._runs += 1
        rows: dict[str, list[Row]] = {"articles": [], "copies": [], "withdrawn": [], "story_moves": []}
        for _ in range(self._chance.randrange(8)):
            self._add(rows)
        publish(self._root, self._runs, **rows)
        write_catalog(self._root)

    def _add(self, rows: dict[str, list[Row]]) -> None:
        known = sorted(self._revisions.keys() - self._gone)
        chosen = self._chance.choice(known) if known else None
        done = {row.get("id") or row["article"] for shelf in rows.values() for row in shelf}
        what = self._chance.choice(["new", "new", "edit", "withdraw", "move", "back"])
        if what == "back" and self._gone:
            chosen, what = self._chance.choice(sorted(self._gone)), "edit"
        if chosen is None or chosen in done or what in ("new", "back"):
            chosen = f"{'c' if self._chance.random() < 0.2 else 'a'}{len(self._revisions)}"
            self._stories[chosen] = f"s{self._chance.randrange(12)}"
            what = "edit"
        number = self._next()
        if what == "withdraw":
            self._gone.add(chosen)
            rows["withdrawn"].append(withdrawal(chosen, self._revisions[chosen], sequence=number))
        elif what == "move":
            old, self._stories[chosen] = self._stories[chosen], f"s{self._chance.randrange(12)}"
            rows["story_moves"].append(move(chosen, old, self._stories[chosen], sequence=number))
        else:
            self._gone.discard(chosen)
            self._revisions[chosen] = self._revisions.get(chosen, 0) + 1
            row = edition(chosen, self._revisions[chosen], story=self._stories[chosen], sequence=number)
            rows["copies" if chosen.startswith("c") else "articles"].append(row)

    def _next(self) -> int:
        self._sequence += 1
        return self._sequence

    @property
    def articles(self) -> dict[str, tuple[int, str]]:
        """The articles that are there now, each with its revision and its story."""
        return {name: (self._revisions[name], self._stories[name]) for name in self._revisions.keys() - self._gone}
