"""The store as an interface: what a crawl asks of it, whatever keeps it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from crawler.items import Article
from crawler.store.values import Address, Delivery, Kept, Listed, Rest, Shelf, State, Yield
from crawler.stories.relation import RelationToOriginal
from crawler.stories.text import Text


class Outbox(Protocol):
    """Records between the store and the export, so that each is delivered exactly once, whenever a run dies.

    A record is put into the outbox in its article's own transaction. An exporter writes what `waiting()` yields to a
    part aside and syncs it, calls `assign(part, numbers)`, moves the part to its place and into the manifest, and calls
    `delivered(part)`. At its start it calls `adopt()` for what dead runs left behind, and for each of `open_parts()`
    either `delivered(part)`, if the part is in its place and whole, or `returned(part)`, which puts its records back.
    """

    def put(self, article: Article, shelf: Shelf) -> int:
        """Put an article's record into the outbox, and return its number."""

    def waiting(self, after: int = 0) -> Iterator[Delivery]:
        """Yield what this handle has to deliver and no part holds yet, oldest first, from number `after` on."""

    def assign(self, part: str, numbers: Sequence[int]) -> None:
        """Note, durably, that a part about to be published holds these deliveries."""

    def delivered(self, part: str) -> None:
        """Forget the deliveries of a part that is published whole."""

    def returned(self, part: str) -> None:
        """Put the deliveries of a part that was never published back into the outbox."""

    def open_parts(self) -> list[str]:
        """Return the parts assigned by this handle, or by runs that it adopted, and not yet settled."""

    def adopt(self) -> int:
        """Take over the outbox of runs that died; return how many deliveries that is, assigned ones included."""


class Articles(Protocol):
    """The articles that were written, each with its last edition."""

    def kept(self, id: str) -> Kept | None:
        """Return what is kept of an article, or None for one that was never written."""

    def holds(self, address: str) -> bool:
        """Say whether the article at an address, given by its id, was written."""

    def write(self, article: Article, now: int, shelf: Shelf) -> None:
        """Keep an article's edition as its last one, and the shelf on which its first one was delivered."""


class Addresses(Protocol):
    """The addresses that listings announced."""

    def get(self, id: str) -> Address | None:
        """Return what is known of an address, or None."""

    def announce(self, addresses: Iterable[Address]) -> None:
        """Remember addresses that a listing announced; of known ones, that it still does."""

    def waiting(self, outlet: str, now: int) -> list[Address]:
        """Return an outlet's addresses that were announced, that no run has finished with, and that are to be tried."""

    def due(self, outlet: str, now: int, after: Sequence[int]) -> list[Address]:
        """Return an outlet's known addresses that are to be looked at again."""

    def belongs(self, id: str, article: str) -> None:
        """Note which article was found at an address; one that led to another article so far is to be settled anew."""

    def date(self, id: str, published: str, now: int) -> None:
        """Note when the article at an address was published, as its page says that was read now.

        `published` is a time in ISO 8601 with its offset.
        """

    def settle(self, article: str, state: State, now: int) -> None:
        """Note that the addresses of an article were read, and how that ended; what was written stays written."""

    def end(self, id: str, state: State, now: int) -> None:
        """Note that an address holds no article."""

    def failed(self, id: str, now: int) -> None:
        """Note that an address could not be fetched; later runs try again, and give up after many tries."""


class Listings(Protocol):
    """What is remembered of listings."""

    def get(self, url: str) -> Listed | None:
        """Return what is remembered of a listing, or None."""

    def of(self, outlet: str) -> list[Listed]:
        """Return the listings of an outlet."""

    def keep(self, listed: Listed) -> None:
        """Remember a listing."""

    def count(self, listing: str, run: str, at: int, *, new: int = 0, known: int = 0, dead: int = 0) -> None:
        """Add to what a listing yielded in a run."""

    def yields(self, listing: str, last: int = 10) -> list[Yield]:
        """Return what a listing yielded in its last runs, newest first."""

    def lies(self, host: str, now: int) -> bool:
        """Say whether a host said lately that nothing had changed when something had."""

    def caught_lying(self, host: str, now: int) -> None:
        """Remember a host that said that nothing had changed when something had."""


class Hosts(Protocol):
    """The hosts that no run asks before a time."""

    def rest(self, rest: Rest) -> None:
        """Keep a host's rest; the later of two ends counts."""

    def resting(self, host: str, now: int) -> Rest | None:
        """Return a host's rest, or None for a host that may be asked."""


class Readings(Protocol):
    """Pages that are read right now, and pages on which runs have died."""

    def begin(self, id: str) -> None:
        """Note that a page, named by its address's id, is read from now on; it takes the place of the last one."""

    def done(self, id: str) -> None:
        """Forget the note of a page, unless another one has taken its place."""

    def deaths(self, id: str) -> int:
        """Return how many runs have died on a page."""

    def sweep(self) -> list[str]:
        """Count the pages that dead runs were reading, and return them; once each."""


class Runs(Protocol):
    """Reports of past runs, one an outlet and run."""

    def keep(self, run: str, outlet: str, ended: int, report: dict[str, Any]) -> None:
        """Keep an outlet's report of a run; `report` is anything that JSON can hold."""

    def last(self, outlet: str, most: int = 30) -> list[dict[str, Any]]:
        """Return an outlet's reports of its last runs, newest first."""


class Storybook(Protocol):
    """The stories that articles tell, as they arrive."""

    def tell(self, text: Text, now: int) -> tuple[str, RelationToOriginal]:
        """Place a text; return its story, and what it is to the article that was delivered for that story."""

    def twin(self, id: str) -> str | None:
        """Return another text of the same outlet that says the same, or None."""

    def revise(self, text: Text, now: int) -> str | None:
        """Put a text's new edition in place of its last one; return its story, or None for a text that is forgotten."""

    def forget_before(self, seen: int) -> int:
        """Forget the stories of which no text has arrived since a moment; their counts stay. Return how many texts."""


class Store(Protocol):
    """What a crawl remembers; several processes may hold a handle on the same store at once."""

    @property
    def outbox(self) -> Outbox:
        """Records that wait to be delivered."""

    @property
    def articles(self) -> Articles:
        """Articles that were written."""

    @property
    def addresses(self) -> Addresses:
        """Addresses that listings announced."""

    @property
    def listings(self) -> Listings:
        """Listings, and what they yielded."""

    @property
    def hosts(self) -> Hosts:
        """Hosts that are not asked before a time."""

    @property
    def readings(self) -> Readings:
        """Pages that are read, and those that runs died on."""

    @property
    def storybook(self) -> Storybook:
        """Stories, as articles arrive."""

    @property
    def runs(self) -> Runs:
        """Reports of past runs."""

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context in which all writes succeed together or not at all; it may be nested."""

    def close(self) -> None:
        """Give up the handle; what waits in the outbox stays for the next run."""
