"""The store as an interface: what a crawl asks of it, whatever keeps it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from crawler.items import Article

Shelf = Literal["articles", "copies"]
"""Where an article is delivered: originals and revisions to `articles`, repeats from other outlets to `copies`."""


class StoreError(Exception):
    """A store that cannot be used, with what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One record that waits in the outbox to be delivered."""

    number: int
    """Its place in the outbox; grows, is never used again."""
    shelf: Shelf
    article: str
    revision: int
    line: bytes
    """The record as one JSON line, newline included."""


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


class Store(Protocol):
    """What a crawl remembers; several processes may hold a handle on the same store at once."""

    @property
    def outbox(self) -> Outbox:
        """Records that wait to be delivered."""

    def transaction(self) -> AbstractContextManager[None]:
        """Return a context in which all writes succeed together or not at all; it may be nested."""

    def close(self) -> None:
        """Give up the handle; what waits in the outbox stays for the next run."""
