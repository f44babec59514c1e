"""Guess the pattern of a site's article URLs from the links of its section of foreign news."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from crawler.authoring.foreign_news import holds_no_report, is_foreign
from crawler.reading.urls import canonical_url
from crawler.url_parts import path_of

_FORMS = (
    # A number at the end: slug-804411.html, 804411.cms, slug-117070300009_1.html, slug-2649478-2026-09-22.
    r"[^/]*?(?<!\d)(?P<number>\d{5,})(?:[_-]\d{1,4}){0,4}(?:\.\w+)?/?$",
    r"(?P<number>\d{4,})/[^/-]+(?:-+[^/-]+){2,}/?$",  # a number of its own part before the slug
    r"[^/-]+(?:-+[^/-]+){2,}(?:\.\w+)?/?$",  # a slug of three words or more
    r"(?=[a-z]*\d)[0-9a-z]{9,}/?$",  # an identifier of letters and digits: cv36lr6dy9lo
)
"""Patterns for the end of an article's path; if two match the same number of links, the first one is used."""
_IDENTIFIER = _FORMS[-1]
_FOLDERS = "(?:[^/]+/)*"
_PATHS = {form: re.compile(f"^(?P<folders>{_FOLDERS}){form}") for form in _FORMS}
_NO_FOLDER = re.compile(rf"\d+$|{_FORMS[2]}|{_FORMS[3]}")
"""A first part of a path that belongs to one article: a number, a slug, an identifier."""
_LIST_PAGE = re.compile(r"/page[/-]?\d+$")
_FEWEST_IN_ONE_FOLDER = 3
"""Minimum number of links in one folder for the rule to name the folder."""
_FEWEST_ELSEWHERE = 2
"""Minimum number of links of one form outside the section's path; a single link may be anything."""


def rule_below(section: str, links: Iterable[str]) -> str | None:
    """Return a pattern for the paths of articles below a section's URL; None if no link is an article.

    >>> rule_below("https://a.example/world", ["https://a.example/world/a-lake-returns-804411.html"])
    '/world/[^/]*?(?<!\\\\d)(?P<number>\\\\d{5,})(?:[_-]\\\\d{1,4}){0,4}(?:\\\\.\\\\w+)?/?$'
    """
    own = path_of(canonical_url(section)).rstrip("/")
    paths = [path for path in _paths(links) if path != own]
    rules = (_commonest(prefix, paths, own) for prefix in _prefixes(section))
    return next((rule for rule, _ in rules if rule), None)


def rule_among(links: Iterable[str]) -> str | None:
    """Return a pattern for the commonest form of article among the links of a section's page, at any path."""
    paths = _paths(links)
    starts = Counter(_start(path) for path in paths)
    found = [_commonest(start, paths) for start in starts]
    rule, count = max(found, key=lambda each: each[1], default=(None, 0))
    return rule if count >= _FEWEST_ELSEWHERE else None


def _paths(links: Iterable[str]) -> list[str]:
    """Return the canonical paths of links that may be articles."""
    wanted = (link for link in links if not holds_no_report(link))
    paths = (path_of(canonical_url(link)).rstrip("/") for link in wanted)
    return [path for path in dict.fromkeys(paths) if path and not _LIST_PAGE.search(path)]


def _prefixes(section: str) -> Iterator[str]:
    """Yield the folders that may hold a section's articles: /world-news-hindi/, /world-news/, /world/."""
    parts = path_of(canonical_url(section)).strip("/").split("/")
    named = [at for at, part in enumerate(parts) if is_foreign(part.split(".")[0])]
    end = named[-1] if named else len(parts) - 1
    folder, words = "".join(f"/{part}" for part in parts[:end]), parts[end].split(".")[0].split("-")
    names = ["-".join(words[:count]) for count in range(len(words), 0, -1)]
    names = [name for name in names if is_foreign(name)] or names[:1]
    yield from (f"{folder}/{name}/" for name in names)
    if folder:
        yield from (f"/{name}/" for name in names)  # /category/world/ lists what lies below /world/


def _start(path: str) -> str:
    """Return the first folder of a path; "/" if it is a number or a slug."""
    first, slash, _ = path.strip("/").partition("/")
    return f"/{first}/" if slash and not _NO_FOLDER.match(first) else "/"


def _commonest(prefix: str, paths: Sequence[str], section: str = "") -> tuple[str | None, int]:
    """Return the pattern of the form that most paths below a prefix have, and their number; None if none has one.

    A form with a number wins over one without if it has half as many paths; the others are then subsections.
    """
    below = [path[len(prefix) :] for path in paths if path.startswith(prefix)]
    found = {form: [match["folders"] for rest in below if (match := path.match(rest))] for form, path in _PATHS.items()}
    most = max(map(len, found.values()))
    if not most:
        return None, 0
    form, folders = next((form, folders) for form, folders in found.items() if len(folders) * 2 >= most)
    rules = (f"{_escaped(prefix)}{middle}{form}" for middle in _middles(form, folders))
    return next((rule for rule in rules if not re.match(rule, section)), None), len(folders)


def _middles(form: str, folders: Sequence[str]) -> Iterator[str]:
    """Yield patterns for the folders of articles: the one that all share, any, any with the same last folder."""
    shared = set(folders)
    if shared == {""} or (len(shared) == 1 and len(folders) >= (1 if form == _IDENTIFIER else _FEWEST_IN_ONE_FOLDER)):
        yield _escaped(*shared)
    yield _FOLDERS if "" in shared else _FOLDERS.replace("*", "+")  # * would match the slugs of subsections
    last = {folder.rstrip("/").rpartition("/")[2] for folder in shared}
    if len(last) == 1 and "" not in last:
        yield f"{_FOLDERS}{_escaped(*last)}/"


def _escaped(path: str) -> str:
    return re.escape(path).replace(r"\-", "-")
