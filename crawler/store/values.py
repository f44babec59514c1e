"""What the store hands out: small values, editions among them, and the error of a store that cannot be used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Literal

from crawler.items import Article

Shelf = Literal["articles", "copies"]
"""Where an article is delivered: originals to `articles`, repeats from other outlets to `copies`, editions to where
the first one went."""


State = Literal["waiting", "written", "refused", "dead"]
"""How an address stands: to be fetched; its article was written; it held none that we export; the page is gone, or was
not to be had in many tries."""

MOST_TRIES = 10
"""So often a page is tried that cannot be fetched: over three and a half days, longer than outages last."""
_SHORTEST_WAIT = 20 * 60


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The parts of an article whose change makes a new edition, as digests.

    White space, advertisements, related links, images, tags and times are no part of it.
    """

    headline: bytes
    deck: bytes
    body: bytes
    credit: bytes

    def changed_since(self, earlier: "Edition") -> tuple[str, ...]:
        """Return the names of the parts that differ from an earlier edition's."""
        names = [part.name for part in fields(self)]
        return tuple(name for name in names if getattr(self, name) != getattr(earlier, name))


def edition_of(article: Article) -> Edition:
    """Return the edition that an article is."""
    dateline = article.dateline.raw if article.dateline else ""
    return Edition(
        headline=_digest([article.headline]),
        deck=_digest([article.deck or ""]),
        body=_digest(block.text for block in article.body),
        credit=_digest([dateline, *sorted(credit.agency for credit in article.credits)]),
    )


def _digest(texts: Iterable[str]) -> bytes:
    words = " ".join(word for text in texts for word in text.split())
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of an article that was written."""

    revision: int
    story: str
    first_seen: int
    shelf: Shelf
    """Where its first edition was delivered; later ones follow it."""
    edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An article's address, as a listing announced it. Times are seconds since 1970."""

    id: str
    outlet: str
    url: str
    listing: str
    title: str | None = None
    published: str | None = None
    first_seen: int
    announced: int = 0
    """When a listing last announced it, to the day."""
    state: State = "waiting"
    checked: int | None = None
    """When it was last read, or tried in vain."""
    tries: int = 0
    """How often it could not be fetched."""

    def is_due(self, now: int, after: Sequence[int]) -> bool:
        """Say whether one of the moments after first sight has passed since the address was last looked at."""
        return any((self.checked or 0) < self.first_seen + moment <= now for moment in after)

    def is_awaited(self, now: int) -> bool:
        """Say whether a waiting address is to be tried: twice at once, then each time after twice as long a wait."""
        if self.tries < 2 or self.checked is None:
            return True
        return now - self.checked >= _SHORTEST_WAIT << (self.tries - 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What is remembered of a listing. Times are seconds since 1970."""

    url: str
    outlet: str
    etag: str | None = None
    last_modified: str | None = None
    digest: bytes | None = None
    """Digest of the addresses in its last answer."""
    asked: int = 0
    """How often it was asked for."""
    failures: int = 0
    """How often in a row it could not be read."""
    last_read: int | None = None
    last_new: int | None = None
    """When the newest article that it announced was first seen, there or elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A host that is not asked before a time."""

    host: str
    until: int
    """When it may be asked again, in seconds since 1970."""
    reason: str
    """`asked-to-wait` when it said so, `left-alone` when it failed."""
    detail: str
    """What it said, or how it failed, in a sentence that goes on after the host's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What a listing brought in one run."""

    run: str
    at: int
    new: int
    known: int
    dead: int
