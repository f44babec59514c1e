"""Find the section of foreign news (विदेश, दुनिया, World) among the links of a page."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from urllib.parse import unquote

from crawler.reading.junk import fold_phrase
from crawler.reading.urls import canonical_url
from crawler.url_parts import host_of, path_of

_LONGEST_NAME = 40
"""Maximum length of a section's name in characters; a longer text is a headline."""
_MOST_SECTIONS = 3
_EXTENSION = re.compile(r"\.[a-z]{3,5}$")
_SLUG = re.compile(r"[^-]+(?:-+[^-]+){2,}")
"""Three words or more: the slug of an article, unless they name the section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLink:
    """A link that may lead to a section of foreign news."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of `section_names.toml`; the words of names are folded."""

    world: frozenset[str]
    beside: frozenset[str]
    elsewhere: frozenset[str]
    lists: frozenset[str]

    def name_the_world(self, text: str) -> bool:
        """Return whether a text names the section itself: not वर्ल्ड कप, not विदेश मंत्री."""
        words = {word for word in fold_phrase(text).split() if any(map(str.isalnum, word))}  # no arrows, no globes
        return bool(words & self.world) and words <= self.world | self.beside


@lru_cache(maxsize=1)
def _words() -> _Words:
    file = resources.files("crawler.data").joinpath("section_names.toml")
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    world, beside = (frozenset(map(fold_phrase, lists[name])) for name in ("world", "beside"))
    return _Words(world, beside, frozenset(lists["elsewhere"]), frozenset(lists["lists"]))


def foreign_sections(anchors: Iterable[tuple[str, str]], home: str) -> tuple[SectionLink, ...]:
    """Return the sections of foreign news among the links (text, URL) of a home page, the likeliest first.

    The link's text or the last part of its path names the section; links with both come first. Then those on the home
    page's host and below its path, then the shorter URL.

    >>> foreign_sections([("विदेश", "https://a.example/n/7"), ("वर्ल्ड कप", "https://a.example/world-cup")], "https://a.example")
    (SectionLink(name='विदेश', url='https://a.example/n/7'),)
    """
    ranked: dict[str, tuple[tuple[bool, bool, bool, int, int], SectionLink]] = {}
    for name, address in anchors:
        parts = path_parts(address)
        is_named = len(name) <= _LONGEST_NAME and _words().name_the_world(name)
        is_placed = bool(parts) and is_foreign(parts[-1])
        if not (is_placed or (is_named and parts and not _SLUG.fullmatch(parts[-1]))) or _words().elsewhere & set(
            parts
        ):
            continue
        url = _plain(address)
        rank = (not (is_named and is_placed), not is_named, not _is_at_home(address, home), len(parts), len(url))
        key = canonical_url(url).partition("//")[2].removeprefix("www.").rstrip("/")
        if key not in ranked or rank < ranked[key][0]:
            ranked[key] = rank, SectionLink(name=name, url=url)
    return tuple(link for _, link in sorted(ranked.values(), key=lambda each: each[0])[:_MOST_SECTIONS])


def path_parts(address: str) -> list[str]:
    """Return the parts of a URL's path, decoded, in lower case, without a file's extension."""
    parts = [unquote(part).lower() for part in path_of(address).split("/") if part]
    return [*parts[:-1], _EXTENSION.sub("", parts[-1])] if parts else []


def is_foreign(part: str) -> bool:
    """Return whether a part of a path names a section of foreign news: `world`, `international-news-hindi`."""
    return _words().name_the_world(part.replace("-", " ").replace("_", " "))


def holds_no_report(address: str) -> bool:
    """Return whether a URL leads to a video, pictures, a tag, a feed or a list, never to a report."""
    parts = set(path_parts(address))
    return bool(parts & _words().elsewhere or parts & _words().lists)


def _plain(address: str) -> str:
    """Return a URL without its fragment; of its query only values with a digit stay, which may tell pages apart."""
    address, _, query = address.split("#")[0].partition("?")
    kept = [pair for pair in query.split("&") if any(map(str.isdigit, pair.partition("=")[2]))]
    return "?".join(filter(None, (address, "&".join(kept))))


def _is_at_home(address: str, home: str) -> bool:
    return host_of(address) == host_of(home) and path_of(address).startswith(path_of(home).rstrip("/"))
