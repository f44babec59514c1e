"""Editions of an article: what makes two of them differ."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b

from crawler.items import Article


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
