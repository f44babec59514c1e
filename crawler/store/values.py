"""The values that the store returns, and the error that it raises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any, Literal

from crawler.items import Article
from crawler.shelves import Shelf
from crawler.text.fold import collapsed

State = Literal["waiting", "written", "refused", "dead"]
"""The state of an address: `waiting` to be fetched; its article was `written`; its page holds no article that we
export (`refused`); its page is gone, or could not be fetched in MOST_TRIES tries (`dead`)."""

MOST_TRIES = 10
"""Maximum number of tries to fetch a page; with the waits between them three and a half days, longer than outages."""
_SHORTEST_WAIT = 20 * 60
"""Wait in seconds before the third try; it doubles with each further try."""


class StoreError(Exception):
    """The store cannot be used; the message says what to do."""


def without_nul(parameters: Any) -> Any:
    """Return the parameters of a statement with their texts free of NUL characters, which PostgreSQL cannot store."""
    values = parameters.values() if isinstance(parameters, dict) else parameters
    for value in values:
        if isinstance(value, str) and "\0" in value:
            break
    else:
        return parameters
    if isinstance(parameters, dict):
        return dict(zip(parameters, without_nul([*values]), strict=True))
    return [value.replace("\0", "") if isinstance(value, str) else value for value in values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One record in the outbox."""

    number: int
    """Its number in the outbox; numbers grow and are never used again."""
    shelf: Shelf
    article: str
    """Id of the article."""
    revision: int
    line: bytes
    """The record as one JSON line, newline included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Digests of the parts of an article that make a new edition when they change.

    Changes of white space, advertisements, related links, images, tags and times make no new edition. `credit` covers
    the dateline and the agencies.
    """

    headline: bytes
    deck: bytes
    body: bytes
    credit: bytes

    def changed_since(self, earlier: "Edition") -> tuple[str, ...]:
        """Return the names of the parts that differ from those of an earlier edition."""
        names = [part.name for part in fields(self)]
        return tuple(name for name in names if getattr(self, name) != getattr(earlier, name))


def edition_of(article: Article) -> Edition:
    """Return the digests of an article."""
    dateline = article.dateline.raw if article.dateline else ""
    return Edition(
        headline=_digest([article.headline]),
        deck=_digest([article.deck or ""]),
        body=_digest(block.text for block in article.body),
        credit=_digest([dateline, *sorted(credit.agency for credit in article.credits)]),
    )


def _digest(texts: Iterable[str]) -> bytes:
    words = collapsed(" ".join(texts))
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is stored of an article that was written."""

    revision: int
    """Number of its last edition; 1 for the first."""
    story: str
    """Id of its story."""
    first_seen: int
    """When it was first written, in seconds since 1970."""
    shelf: Shelf
    """Where its first edition was delivered; later ones go there too."""
    edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An article's URL, as a listing announced it. Times are seconds since 1970."""

    id: str
    """The id that the article at this URL has, unless the URL leads to another one."""
    outlet: str
    url: str
    listing: str
    """URL of the listing that announced it first."""
    title: str | None = None
    published: str | None = None
    """When the article was published, as the listing or the page says; ISO 8601."""
    first_seen: int
    announced: int = 0
    """When a listing last announced it, to the day."""
    state: State = "waiting"
    checked: int | None = None
    """Time of the last attempt to fetch it, or None."""
    tries: int = 0
    """Number of failed attempts in a row."""

    def is_due(self, now: int, after: Sequence[int]) -> bool:
        """Return whether the address has passed one of the ages `after`, in seconds, since it was last checked."""
        return any((self.checked or 0) < self.first_seen + moment <= now for moment in after)

    def is_awaited(self, now: int) -> bool:
        """Return whether a waiting address may be tried now: twice without a wait, then after waits that double."""
        if self.tries < 2 or self.checked is None:
            return True
        return now - self.checked >= _SHORTEST_WAIT << (self.tries - 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The stored state of a listing. Times are seconds since 1970."""

    url: str
    outlet: str
    etag: str | None = None
    last_modified: str | None = None
    digest: bytes | None = None
    """Digest of the URLs in its last full response."""
    asked: int = 0
    """Number of responses so far; every LISTING_VERIFY_EVERY-th 304 is verified."""
    failures: int = 0
    """Number of runs in a row in which it yielded no article."""
    last_read: int | None = None
    last_new: int | None = None
    """When the newest article that it announced was first seen, in this listing or another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The rest of a host, or of a listing: no run requests it before a set time."""

    host: str
    """Name of the host, or URL of the listing."""
    until: int
    """When it may be requested again, in seconds since 1970."""
    reason: str
    """A `Reason`: `asked-to-wait` or `left-alone` for a host, `kills-reader` for a listing."""
    detail: str
    """What the host sent, how it failed, or what the listing did; a sentence without its subject, the host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An alarm that people were told of, and that is not over."""

    outlet: str
    """Slug of the outlet, or `all outlets`."""
    kind: str
    """A `Health`, as `blocked`, or the kind of an alarm of the whole run."""
    text: str
    """What was found, in words."""
    since: int
    """When people were told, in seconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """Counts of the articles that a listing announced in one run."""

    run: str
    """Id of the run."""
    at: int
    """Time of the run, in seconds since 1970."""
    new: int
    known: int
    """Articles that an earlier run had seen."""
    dead: int
    """Articles whose page is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far exports had come when a copy of the store began: the copy knows all that was published by then."""

    exports: str = ""
    """The root of the exports; empty if there was none."""
    sequence: int = 0
    """The last sequence number that they had given out."""
