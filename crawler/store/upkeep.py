"""The upkeep of the store, as `scrapy store` does it: what yields lines yields them to print."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from crawler.store.backup import write_backup
from crawler.store.database import Database
from crawler.store.hosts import HostTable
from crawler.store.listing_history import ListingTables
from crawler.store.storybook import StoryTables
from crawler.store.values import Mark, StoreError

# What is in one table and not in others is asked with EXCEPT: PostgreSQL compares each row with each for a NOT IN.
_DAY = 86_400
_QUIET_DAYS = 3
"""Days without a new article after which `stats` names a listing."""
_QUIET_RUNS = 3
"""Runs in a row without any article after which `stats` names a listing."""


class TableUpkeep:
    """The upkeep of all tables."""

    def __init__(self, database: Database, hosts: HostTable, listings: ListingTables, storybook: StoryTables) -> None:
        self._database = database
        self._hosts = hosts
        self._listings = listings
        self._storybook = storybook

    def stats(self, *, now: int) -> Iterator[str]:
        run = self._database.connection.execute
        yield f"{self._database.name}"
        for name in ("articles", "addresses", "texts", "stories", "outbox"):
            yield f"  {name:10} {run(f'SELECT count(*) FROM {name}').fetchone()[0]:>9}"
        counts = "SELECT coalesce(sum(newsrooms), 0), coalesce(sum(reprints), 0) FROM stories"
        newsrooms, reprints = run(counts).fetchone()
        yield f"  newsrooms that wrote {newsrooms:.0f}, outlets that reprinted {reprints:.0f}, over all stories"
        moved = run("SELECT count(*) FROM moves").fetchone()[0]
        yield f"  articles whose story got another id {moved}, as an earlier one turned up or an edition changed"
        yield from self._outlets()
        yield from self._quiet_listings(now)
        for rest in self._hosts.all(now):
            yield f"  {rest.host}: not asked before {_minute(rest.until)}: it {rest.detail}"

    def _quiet_listings(self, now: int) -> Iterator[str]:
        rows = self._database.connection.execute("SELECT url, outlet, failures, last_new FROM listings ORDER BY url")
        for url, outlet, failures, last_new in rows.fetchall():
            if failures < _QUIET_RUNS and (last_new is None or now - last_new <= _QUIET_DAYS * _DAY):
                continue
            runs = self._listings.yields(url)
            new, known, dead = (sum(getattr(run, what) for run in runs) for what in ("new", "known", "dead"))
            yield (
                f"  {outlet}: {url}: last new article {_day(last_new)}, {failures} reads in a row without an article; "
                f"last {len(runs)} runs: {new} new, {known} known, {dead} dead"
            )

    def _outlets(self) -> Iterator[str]:
        rows = self._database.connection.execute(
            "SELECT outlet, count(*), "
            "sum(CASE WHEN revision > 1 THEN 1 ELSE 0 END), max(changed) FROM articles GROUP BY outlet ORDER BY outlet"
        )
        for outlet, count, revised, changed in rows:
            yield f"  {outlet or '-'}: {count} articles, {revised} revised, last written {_day(changed)}"

    def forget(self, articles: Mapping[str, str]) -> Iterator[str]:
        run = self._database.connection.execute
        for name, stands_for in articles.items():
            with self._database.alone():
                known = (name, stands_for)
                ids = {key for (key,) in run("SELECT id FROM articles WHERE url = ? OR id = ?", known)}
                for key, article in run("SELECT id, article FROM addresses WHERE url = ? OR id = ?", known):
                    ids |= {key, article or key}
                for key in sorted(ids):
                    run("DELETE FROM articles WHERE id = ?", (key,))
                    run("DELETE FROM addresses WHERE id = ? OR article = ?", (key, key))
                    run("DELETE FROM readings WHERE id = ?", (key,))
                    run("DELETE FROM gone WHERE article = ?", (key,))
                    self._storybook.forget(key)
                rested = run("DELETE FROM rests WHERE host = ?", (name,)).rowcount
                run("DELETE FROM readings WHERE id = ?", (name,))  # of a listing
                # All listings must be read in full again: a 304 would hide the article.
                run("UPDATE listings SET etag = NULL, last_modified = NULL, digest = NULL")
            is_known = ids or rested
            yield f"{name}: {'forgotten' if is_known else 'not known: give the address or id as an export prints it'}"

    def prune(self, *, before: int) -> Iterator[str]:
        run = self._database.connection.execute
        texts = self._storybook.forget_before(before)
        with self._database.transaction():
            where = "first_seen < ? AND coalesce(checked, 0) < ? AND announced < ?"
            addresses = run(f"DELETE FROM addresses WHERE {where}", (before, before, before)).rowcount
            unused = "SELECT id FROM articles WHERE changed < ? EXCEPT SELECT id FROM addresses"
            unused += " EXCEPT SELECT article FROM addresses WHERE article IS NOT NULL"
            unused += " EXCEPT SELECT article FROM outbox"
            articles = run(f"DELETE FROM articles WHERE id IN ({unused})", (before,)).rowcount
            run("DELETE FROM yields WHERE at < ?", (before,))
            run("DELETE FROM runs WHERE ended < ?", (before,))
            run("DELETE FROM moves WHERE at < ? AND exported = 1", (before,))
            run("DELETE FROM gone WHERE article IN (SELECT article FROM gone EXCEPT SELECT id FROM articles)")
            run("DELETE FROM liars WHERE seen < ?", (before,))
            run("DELETE FROM rests WHERE until < ?", (before,))
            unread = "SELECT id FROM readings EXCEPT SELECT id FROM addresses EXCEPT SELECT host FROM rests"
            run(f"DELETE FROM readings WHERE id IN ({unread})")
        with self._database.alone():
            empty = "SELECT id FROM stories EXCEPT SELECT story FROM texts EXCEPT SELECT story FROM articles"
            stories = run(f"DELETE FROM stories WHERE id IN ({empty})").rowcount
        self._database.compact()
        yield f"forgotten: {articles} articles, {addresses} addresses, {texts} texts, {stories} stories"

    def check(self) -> Iterator[str]:
        found = [*self._database.faults()] or [*self._contradictions()]
        if found:
            todo = "restore it from a copy, or move it away and crawl again"
            raise StoreError(f"{self._database.name}: damaged: {'; '.join(found)}; {todo}")
        yield f"{self._database.name}: sound"

    def _contradictions(self) -> Iterator[str]:
        written = "coalesce(article, id)"
        lost = f"SELECT {written} FROM addresses WHERE state = 'written' EXCEPT SELECT id FROM articles"
        loose = "SELECT one, other FROM links WHERE {} IN (SELECT {} FROM links EXCEPT SELECT number FROM texts)"
        checks = {
            "addresses whose article is written but not kept": (
                f"SELECT id FROM addresses WHERE state = 'written' AND {written} IN ({lost})"
            ),
            "texts without a story": "SELECT id FROM texts WHERE story = ''",
            "texts whose story is not kept": (
                "SELECT id FROM texts WHERE story <> '' "
                "AND story IN (SELECT story FROM texts EXCEPT SELECT id FROM stories)"
            ),
            "links between texts that are gone": (
                f"{loose.format('one', 'one')} UNION {loose.format('other', 'other')}"
            ),
        }
        for what, query in checks.items():
            count = self._database.connection.execute(f"SELECT count(*) FROM ({query}) AS found").fetchone()[0]
            if count:
                yield f"{count} {what}"

    def back_up(self, out: Path, mark: Mark) -> None:
        write_backup(self._database, out, mark)


def _day(seconds: int | None) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds else "never"


def _minute(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
