"""Which URLs lead to one article: by its number, or else by its path; and its id, which is stable."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl

from crawler.reading.outlet import Outlet
from crawler.reading.urls import canonical_url, parts_of_url, plain_host
from crawler.url_parts import host_of, path_of

_NUMBER_AT_END = re.compile(
    r"""
    (?<!\d)(?!(?:19|20)\d\d(?!\d))  # a year identifies no article
    (?P<number>\d{4,20})
    (?:\.[a-z]{3,5})?/?$              # .html, .cms
    """,
    re.VERBOSE,
)
_LEAST_DIGITS = 5
"""A shorter number may be part of a date; outside its place in the outlet's `article` rule it identifies no article."""
_DIGITS = re.compile(r"\d+")


def article_id(address: str, outlet: Outlet | None) -> str:
    """Return the stable id of an article: a hash of its outlet and its number, or else of its canonical URL."""
    return _id_of(address, outlet.slug, outlet.article) if outlet else _id_of(address, None, None)


@lru_cache(maxsize=512)  # its listing, its request and its page ask for the id of one article
def _id_of(address: str, slug: str | None, rule: str | None) -> str:
    number = _number_of(address, rule) if rule else None
    parts = parts_of_url(address)
    key = f"#{number}" if number else f"{plain_host(host_of(address))}{parts.path.rstrip('/')}?{parts.query}"
    digest = hashlib.blake2b(f"{slug or ''}\n{key}".encode(), digest_size=10).hexdigest()
    return f"{slug or 'web'}-{digest}"


def article_number(address: str, outlet: Outlet) -> str | None:
    """Return the number of an article, which stays when its slug changes, or None if the outlet's rule has none."""
    return _number_of(address, outlet.article)


def _number_of(address: str, rule: str) -> str | None:
    found = _compiled(rule).match(path_of(address))
    return found.groupdict().get("number") if found else None


def bears_number(address: str, number: str, outlet: Outlet) -> bool:
    """Return whether a URL contains an article's number, even if the article has moved to another section."""
    is_long = len(number) >= _LEAST_DIGITS
    return article_number(address, outlet) == number or (is_long and number in _DIGITS.findall(address))


def announced_id(address: str, announced: str, outlet: Outlet) -> str:
    """Return the id of an article whose URL in a listing (`announced`) differs from that of its page (`address`).

    It is the id of the listing's URL if both contain the same number: the article has moved to another section.
    """
    if address == announced:
        return article_id(address, outlet)
    number = article_number(announced, outlet)
    is_same = number is not None and bears_number(address, number, outlet)
    return article_id(announced if is_same else address, outlet)


def is_same_article(one: str, other: str, outlet: Outlet | None) -> bool:
    """Return whether two URLs lead to one article: they have the same number, or else the same path.

    The number is that of the outlet's `article` rule; without an outlet, the number at the end of the path. Paths
    are compared without AMP and mobile forms, a trailing slash and case. Parameters must be equal: those in
    `keep_query`, or without an outlet those with a number. Ports other than 80 and 443 must be equal.
    """
    if one == other:
        return True
    first, second = canonical_url(one, outlet), canonical_url(other, outlet)
    if parts_of_url(first).port != parts_of_url(second).port:
        return False  # the port of a site behind its cache cannot be requested
    if _place(first, outlet) == _place(second, outlet):
        return True
    if outlet is None:
        found = [_NUMBER_AT_END.search(path_of(address)) for address in (first, second)]
        return all(found) and len({match["number"] for match in found if match}) == 1
    numbers = {article_number(first, outlet), article_number(second, outlet)} - {None}
    return len(numbers) == 1 and all(bears_number(each, str(*numbers), outlet) for each in (first, second))


def _place(address: str, outlet: Outlet | None) -> tuple[str, list[tuple[str, str]]]:
    parts = parts_of_url(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return parts.path.rstrip("/").lower(), [pair for pair in pairs if outlet or _DIGITS.search(pair[1])]


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
