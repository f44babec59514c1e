"""The interface of the store: the methods that a crawl uses, for any database. Times are seconds since 1970."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from crawler.items import Article
from crawler.shelves import Shelf
from crawler.store.values import Address, Alarm, Delivery, Kept, Listed, Mark, Rest, State, Yield
from crawler.stories.relation import RelationToOriginal
from crawler.stories.text import Text


class Outbox(Protocol):
    """The queue of records between the store and the export: each is delivered exactly once, even if a run dies.

    A crawl puts a record into the outbox in the transaction that writes its article. An exporter writes the records of
    `waiting()` to a temporary file and syncs it, calls `assign(part, numbers)`, moves the file to its place, lists it
    in the manifest, and calls `delivered(part)`. When an exporter starts, it calls `adopt()` to take over the records
    of dead runs; then, for each of `open_parts()`, it calls `delivered(part)` if the part is in its place and whole,
    else `returned(part)`, which queues its records again.

    A record gets its number when it is put, and others see it when its transaction commits, so of two processes that
    put at once, the lower number may appear later: `waiting(after=…)` over the records of several writers could pass
    over it. One handle's records appear in order. Records put in `alone()` appear in order for all.
    """

    @property
    def name(self) -> str:
        """Return the name under which records are queued; sessions that serve this one queue theirs under it too."""

    def put(self, article: Article, shelf: Shelf) -> int:
        """Queue an article's record, and return its number."""

    def put_row(self, shelf: Shelf, row: Mapping[str, Any], *, article: str, revision: int = 0) -> None:
        """Queue a row, about an article, of a shelf that holds no records.

        `row` may name its run in `run_id`; a shared run has none.
        """

    def put_moves(self, run_id: str | None) -> int:
        """Queue the articles whose story got another id and which no run has exported yet; return their number."""

    def waiting(self, after: int = 0) -> Iterator[Delivery]:
        """Yield this handle's records that are assigned to no part, with numbers above `after`, the oldest first."""

    def assign(self, part: str, numbers: Sequence[int]) -> None:
        """Assign records to a part that is about to be published; a power cut does not undo this commit."""

    def delivered(self, part: str) -> None:
        """Delete the records of a part that is published."""

    def returned(self, part: str) -> None:
        """Queue the records of a part that was never published again."""

    def open_parts(self) -> list[str]:
        """Return the parts of this handle and of adopted runs that are assigned, but neither delivered nor returned."""

    def left_open(self) -> dict[str, int]:
        """Return the parts that dead runs have left assigned, each with the number of its records; take over none."""

    def adopt(self) -> int:
        """Take over the records of dead runs; return their number, including those assigned to a part."""

    def collect(self) -> int:
        """Take over the records that the workers of shared runs have queued so far; return their number."""

    def ownerless(self) -> int:
        """Return how many records nobody delivers just now: those of shared runs, and of runs that died."""


class Articles(Protocol):
    """The articles that were written, each with its last edition."""

    def kept(self, id: str) -> Kept | None:
        """Return what is stored of an article, or None if it was never written."""

    def holds(self, address: str) -> bool:
        """Return whether the article at an address, given by the address's id, was written."""

    def write(self, article: Article, now: int, shelf: Shelf) -> bool:
        """Store an article's edition as its last one; `shelf` is stored with the first edition only.

        Return False, and store nothing, if this edition or a later one is stored already.
        """


class Addresses(Protocol):
    """The article URLs that listings announced, called addresses; the id of an address is that of its article."""

    def get(self, id: str) -> Address | None:
        """Return an address, or None if no listing announced it."""

    def announce(self, addresses: Iterable[Address]) -> None:
        """Store the addresses that a listing announced; of known ones, update the URL and the time of announcement."""

    def waiting(self, outlet: str, now: int) -> list[Address]:
        """Return an outlet's addresses that wait to be fetched, except those that failed too short a time ago."""

    def due(self, outlet: str, now: int, after: Sequence[int]) -> list[Address]:
        """Return an outlet's known addresses that are due for a recheck; `after` holds ages in seconds."""

    def newest(self, outlet: str, most: int) -> list[Address]:
        """Return an outlet's addresses whose article was written, the newest first."""

    def belongs(self, id: str, article: str) -> None:
        """Record which article a URL leads to; if that changed, mark the URL waiting."""

    def date(self, id: str, published: str, now: int) -> None:
        """Record when the article at an address was published, from its page, which was read now.

        `published` is a time in ISO 8601 with its offset.
        """

    def record_outcome(self, article: str, state: State, now: int) -> None:
        """Record that all addresses of an article were read, with which outcome; `written` is never overwritten."""

    def end(self, id: str, state: State, now: int) -> None:
        """Record that an address holds no article: `refused`, or `dead` for a page that is gone."""

    def failed(self, id: str, now: int) -> None:
        """Record a failed fetch; later runs retry a waiting address, until it is dead after MOST_TRIES tries."""


class Withdrawals(Protocol):
    """The exported articles whose pages are gone."""

    def article_at(self, address: str) -> str | None:
        """Return the id of the exported article at an address, given by the address's id.

        Return None if there is none, or if the address only redirected to an article with an address of its own.
        """

    def found_gone(self, article: str, reason: str, now: int) -> None:
        """Record that the page of an article is gone; `reason` is a reason's word, such as `http-404`."""

    def came_back(self, article: str) -> None:
        """Record that an article is there."""

    def is_withdrawn(self, article: str) -> bool:
        """Return whether an article was withdrawn, and has not come back."""

    def is_due(self, article: str, now: int) -> bool:
        """Return whether an article that is gone is to be asked for again: HOURS_APART hours after another answer."""

    def due(self, outlet: str, now: int) -> list[str]:
        """Return the addresses of an outlet's articles that are gone, not withdrawn, and due to be asked for again."""

    def ripe(self, articles: Sequence[str]) -> list[str]:
        """Return those of some articles that are gone for certain, and not withdrawn.

        One answer 410 is enough, other answers must lie HOURS_APART hours apart.
        """

    def withdraw(self, article: str, now: int, run_id: str | None) -> None:
        """Withdraw an article that is gone, and put the row that says so into the outbox."""


class Listings(Protocol):
    """The stored state of listings."""

    def get(self, url: str) -> Listed | None:
        """Return the stored state of a listing, or None."""

    def of(self, outlet: str) -> list[Listed]:
        """Return the stored states of an outlet's listings."""

    def keep(self, listed: Listed) -> None:
        """Store the state of a listing."""

    def count(self, listing: str, run: str, at: int, *, new: int = 0, known: int = 0, dead: int = 0) -> None:
        """Add to the counts of what a listing announced in a run whose crawl ended `at`."""

    def yields(self, listing: str, last: int = 10) -> list[Yield]:
        """Return how many new, known and dead articles a listing had in each of its last runs, newest first."""

    def lies(self, host: str, now: int) -> bool:
        """Return whether a host was caught lying within 30 days: it sent 304, or the same ETag, for changed content."""

    def caught_lying(self, host: str, now: int) -> None:
        """Record that a host sent 304, or the same ETag, for changed content."""


class Hosts(Protocol):
    """The rests of hosts and of listings: every run leaves such a one alone until its rest ends."""

    def rest(self, rest: Rest) -> None:
        """Store the rest of a host or listing; of two rests, the later end counts."""

    def resting(self, host: str, now: int) -> Rest | None:
        """Return the rest of a host or listing at the time `now`, or None if it may be requested."""


class Lanes(Protocol):
    """The lanes: each outlet is crawled, and each host asked, by one session at a time, on whatever machine.

    A session is a handle on the store. What it holds is free at once when its process dies, or when its connection to
    a server ends. Pages may be asked for again then: what it had read and not committed is lost.
    """

    def open(self, outlets: Iterable[str]) -> None:
        """Make outlets due, whatever an earlier run has set; for a run that is to crawl each of them once."""

    def take(self, hosts_of: Mapping[str, Collection[str]], now: float, *, most: int = 1) -> list[str]:
        """Take up to `most` lanes that are due and free, with their hosts, and return the outlets.

        `hosts_of` has the hosts of each outlet that may be taken. An outlet is not free while a session holds it, or
        one of its hosts for another outlet, or while a run that crawls alone holds all lanes.
        """

    def take_all(self) -> bool:
        """Take all lanes, for a run that crawls alone; return False if another session holds one."""

    def held(self) -> list[str]:
        """Return the outlets whose lanes other living sessions hold; an empty name stands for all lanes."""

    def hold(self, outlet: str, host: str, now: float, *, delay: float = 0) -> float | None:
        """Hold a host for a lane of this session before its first request to it.

        Return the seconds to wait, so that the host's delay (at least `delay` seconds) has passed since any session
        asked it; return None if another lane holds it: it may not be asked then.
        """

    def pace(self, host: str, delay: float) -> None:
        """Store the seconds that a host wants between two requests, for the next session that holds it."""

    def leave(self, outlet: str, now: float, *, due: float) -> None:
        """Leave a lane and its hosts, which were asked until now; the outlet is due again at a time."""


class Readings(Protocol):
    """What is being read, and the pages and listings on which runs have died.

    A page goes by the id of its address, a listing by its URL.
    """

    def begin(self, id: str) -> None:
        """Record that this handle now reads a page or listing; it replaces the one before."""

    def done(self, id: str) -> None:
        """Clear that record, if it still names this page or listing."""

    def deaths(self, id: str) -> int:
        """Return how many runs have died on a page or listing since it was last read to its end."""

    def survived(self, id: str) -> None:
        """Forget the deaths on a page or listing: it was read to its end."""

    def sweep(self) -> list[str]:
        """Count a death for each page and listing that a dead run was reading, and return these."""


class Runs(Protocol):
    """The summaries of past runs, one per outlet and run."""

    def keep(self, run: str, outlet: str, ended: int, report: dict[str, Any]) -> None:
        """Store an outlet's summary of a run; `report` is any JSON object."""

    def last(self, outlet: str, most: int = 30) -> list[dict[str, Any]]:
        """Return an outlet's summaries of its last runs, at most `most`, the newest first."""


class Alarms(Protocol):
    """The alarms that people were told of, so that each is told once, and once more when it is over."""

    def change(
        self,
        current: Mapping[tuple[str, str], str],
        now: int,
        *,
        outlets: Collection[str],
        lasting: Collection[tuple[str, str]] = (),
    ) -> tuple[list[Alarm], list[Alarm]]:
        """Note which alarms there are, as texts by outlet and kind; return those that are new and those that are over.

        Only alarms of `outlets` can be over, and none in `lasting`, which are no longer told but still so.
        """

    def undo(self, new: Collection[Alarm], over: Collection[Alarm]) -> None:
        """Take back a change of which nobody could be told."""

    def all(self) -> list[Alarm]:
        """Return the alarms that are not over."""


class Storybook(Protocol):
    """The clusters of articles that report one story, updated with each article that arrives."""

    def add(self, text: Text, now: int) -> tuple[str, RelationToOriginal]:
        """Add a text; return the id of its story, and its relation to the article delivered for that story."""

    def twin(self, id: str) -> str | None:
        """Return the id of another text of the same outlet with the same words, or None."""

    def revise(self, text: Text, now: int) -> str | None:
        """Replace a text with its new edition; return the id of its story, or None if the text was forgotten."""

    def forget_before(self, seen: int) -> int:
        """Delete the texts of stories that no text has joined since `seen`, but keep the counts of these stories.

        Return the number of deleted texts.
        """


class Upkeep(Protocol):
    """What keeps the store in order, while crawls go on; what yields lines yields them to print."""

    def stats(self, *, now: int) -> Iterator[str]:
        """Yield the number of rows in the store, a line per outlet, the quiet listings and what is left alone."""

    def forget(self, articles: Mapping[str, str]) -> Iterator[str]:
        """Delete articles, so that the next crawl fetches and exports them as new ones.

        `articles` maps each name that the user gave, a URL or an article's id, to the article's id. If a name is a host
        or a listing's URL, its rest ends.
        """

    def prune(self, *, before: int) -> Iterator[str]:
        """Delete what was last changed, checked or announced before a time, in seconds since 1970, and free its room.

        An article that a listing still announces stays, however old it is: the next crawl would take it for a new one.
        """

    def check(self) -> Iterator[str]:
        """Read the whole store, and yield that it is sound; raise StoreError that says what is damaged."""

    def back_up(self, out: Path, mark: Mark) -> None:
        """Write a copy of one moment into one SQLite file; it is synced and checked before it appears.

        Raise StoreError if the copy cannot be written, or is damaged.
        """


class Store(Protocol):
    """A handle on what is kept between runs; several processes may hold handles on one store at the same time."""

    @property
    def outbox(self) -> Outbox:
        """Records that wait to be delivered."""

    @property
    def articles(self) -> Articles:
        """Articles that were written."""

    @property
    def addresses(self) -> Addresses:
        """Article URLs that listings announced."""

    @property
    def withdrawals(self) -> Withdrawals:
        """Exported articles whose pages are gone."""

    @property
    def listings(self) -> Listings:
        """Listings, and the counts of what they announced."""

    @property
    def hosts(self) -> Hosts:
        """Hosts and listings that are left alone until a set time."""

    @property
    def lanes(self) -> Lanes:
        """Which session crawls which outlet."""

    @property
    def readings(self) -> Readings:
        """Pages and listings that are being read, and those on which runs died."""

    @property
    def storybook(self) -> Storybook:
        """Stories and the articles that report them."""

    @property
    def runs(self) -> Runs:
        """Summaries of past runs."""

    @property
    def alarms(self) -> Alarms:
        """Alarms that people were told of."""

    @property
    def upkeep(self) -> Upkeep:
        """What keeps the store in order."""

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context whose writes all commit together or not at all; contexts nest.

        Other processes may write meanwhile: what is read in it may have changed by its end.
        """

    def alone(self) -> AbstractContextManager[None]:
        """Return a transaction in which no other process is in such a one.

        Stories, revisions and the adoption of records need it: they decide by what they have read, and two processes
        that place two copies of one report at once would not see each other's. It nests in any transaction, and lasts
        to the end of the outermost one.
        """

    def require(self) -> None:
        """Raise StoreError if the store was lost: the session of its database has ended, or its file was removed.

        Whoever has no session can keep nothing, and asks no outlet for pages. It costs some microseconds.
        """

    def tidy(self, now: int) -> None:
        """Forget the texts that are too old for a new article to be compared with, and give free room back to the disk.

        A run calls it once, at its end.
        """

    def close(self) -> None:
        """Close the handle; records that wait in the outbox stay for the next run."""
