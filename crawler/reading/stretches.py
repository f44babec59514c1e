"""Find the stretches of a page that one long tag may fill; most pages have none outside texts, scripts and drawings.

A `>` inside a tag stands in a quoted value. Where no quote opens a value before it, it ends every tag, whatever comes
before: so a few searches per stretch prove that no tag is long, in a third of the time that reading all tags takes.
"""

from collections.abc import Iterator

_SPACES = b"\t\n\f\r "
_BEFORE_VALUE = frozenset(b"=" + _SPACES)
"""The byte before the quote that opens a value: an equals sign, or white space after one."""
_MOST_SPACES = 100
_MOST_TRIES = 32
"""Marks `>` that are tried at one place; ordinary pages need one or two."""


def long_stretches(html: bytes, size: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of the stretches of HTML that contain every tag with more than `size` bytes."""
    at, whole, last = 0, len(html), html.rfind
    apostrophe = 0
    while at + size < whole:
        end = last(b">", at, at + size)
        if apostrophe < at:  # few pages have any outside scripts
            apostrophe = html.find(b"'", at)
            apostrophe = apostrophe if apostrophe >= 0 else whole
        # Nearly always no quote before it may open a value; the function calls would take half of the time.
        if (
            end < 0
            or html[last(b'"', at, end) - 1] in _BEFORE_VALUE
            or (apostrophe < end and html[last(b"'", at, end) - 1] in _BEFORE_VALUE)
        ):
            end = _last_tag_end(html, at, at + size)
        if end < 0:
            end = _next_tag_end(html, at, at + size)
            begin = html.find(b"<", at, end - size + 1)
            if begin >= 0:  # not a text, whose paragraph ends behind it
                yield begin, min(end + 1, whole)
        at = end + 1


def _last_tag_end(html: bytes, at: int, limit: int) -> int:
    """Return the index of the last `>` before `limit` that ends any tag which begins at `at` or later; -1 for none."""
    for _ in range(_MOST_TRIES):
        end = html.rfind(b">", at, limit)
        if end < 0 or not _may_be_in_value(html, at, end):
            return end
        limit = end
    return -1


def _next_tag_end(html: bytes, at: int, start: int) -> int:
    """Return the index of the first such `>` from `start` on; the length of the page if none is found."""
    for _ in range(_MOST_TRIES):
        end = html.find(b">", start)
        if end < 0:
            break
        if not _may_be_in_value(html, at, end):
            return end
        start = end + 1
    return len(html)


def _may_be_in_value(html: bytes, at: int, mark: int) -> bool:
    """Return whether a value that opens at `at` or later may hold the byte at index `mark`."""
    for quote in (b'"', b"'"):
        opening = html.rfind(quote, at, mark)
        if opening > 0 and html[opening - 1] in _BEFORE_VALUE:
            before = html[max(0, opening - _MOST_SPACES) : opening].rstrip(_SPACES)
            if not before or before.endswith(b"="):
                return True
    return False
