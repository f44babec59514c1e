"""Decode a listing's bytes, and read its titles and URLs, so that damaged ones are recognised."""

import html
import re

from crawler.reading.markup import decoded, is_plain_utf8
from crawler.reading.urls import absolute_url

_NO_TEXT = "\ufdd0"
"""A noncharacter that marks lost or invalid characters; `url_parts` rejects a URL that contains it."""
_LOST = "\ufffd"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that neither XML nor lxml allow."""
_CONTROLS_IN_UTF8 = re.compile(
    rb"""
    [\x00-\x08\x0b\x0c\x0e-\x1f]  # control characters but tab, line feed and carriage return
    | \xef\xbf[\xbe\xbf]          # the noncharacters U+FFFE and U+FFFF in UTF-8
    """,
    re.VERBOSE,
)
_SHOWN_AS_NOTHING = re.compile(f"[\x7f-\x9f{_NO_TEXT}]")
"""Characters that a browser does not show: C1 controls, and our mark of lost text."""
_REFERENCE = re.compile(r"&#(?:([0-9]{1,10})|[xX]([0-9a-fA-F]{1,8}));")
"""A numeric character reference: decimal in group 1, hexadecimal in group 2."""
_REFERENCE_IN_BYTES = re.compile(_REFERENCE.pattern.encode())
_REFERENCES = re.compile(r"(?:&#(?:[0-9]{1,10}|[xX][0-9a-fA-F]{1,8});)+")
"""A run of numeric character references, as the two surrogates of an emoji."""
_TAG = re.compile(r"<[^<>]+>")


def readable(plain: bytes, encoding: str | None = None) -> tuple[bytes, int]:
    """Return a listing in UTF-8, and the number of its characters that are lost or invalid.

    `encoding` is the charset of the HTTP header; as on a page, evidence in the bytes has priority over it.
    """
    if is_plain_utf8(plain) and not _CONTROLS_IN_UTF8.search(plain):
        return plain, 0
    text = decoded(plain, encoding=encoding).removeprefix("\ufeff")
    lost = max(0, text.count(_LOST) - plain.count(_LOST.encode()))
    if lost:
        text = text.replace(_LOST, _LOST + _NO_TEXT)
    text, controls = _CONTROLS.subn(_NO_TEXT, text)
    return text.encode("utf-8", "replace"), lost + controls


def is_text(code: int) -> bool:
    """Return whether a code point is a character: neither a UTF-16 surrogate nor a control character."""
    return (
        code in (9, 10, 13)
        or 0x20 <= code <= 0x7E
        or 0xA0 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or (0x10000 <= code <= 0x10FFFF)
    )


def with_text_only(plain: bytes) -> bytes:
    """Return HTML with invalid character references escaped as text; a parser would silently drop them."""
    return _REFERENCE_IN_BYTES.sub(lambda found: found[0] if is_text(_code(found)) else b"&amp;" + found[0][1:], plain)


def read_address(printed: str | None, base: str) -> str | None:
    """Return a printed URL, made absolute with `base`; None if it is invalid or holds an invalid reference."""
    if printed is None or any(not is_text(_code(found)) for found in _REFERENCE.finditer(printed)):
        return None
    return absolute_url(printed, base)


def read_title(printed: str | None) -> str | None:
    """Return a printed title as plain text: without tags, doubly encoded entities, or emoji split into surrogates.

    >>> read_title("पुल &amp; <b>सड़क</b> &#55357;&#56832;")
    'पुल & सड़क 😀'
    """
    plain = _unescaped(_TAG.sub("", _unescaped(printed or "")))
    return " ".join(_SHOWN_AS_NOTHING.sub("", plain).split()) or None


def _unescaped(text: str) -> str:
    return html.unescape(_REFERENCES.sub(_meant, text))


def _meant(references: re.Match[str]) -> str:
    """Return the text of character references, if any is invalid or a surrogate: JavaScript prints emoji as surrogates.

    A surrogate without its partner, or an invalid reference, gives no text.
    """
    codes = [_code(found) for found in _REFERENCE.finditer(references[0])]
    if all(0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF for code in codes):
        return references[0]
    units = b"".join(chr(code).encode("utf-16-be", "surrogatepass") for code in codes if 0 < code <= 0x10FFFF)
    return units.decode("utf-16-be", "ignore")


def _code(reference: re.Match[str] | re.Match[bytes]) -> int:
    return int(reference[1]) if reference[1] else int(reference[2], 16)
