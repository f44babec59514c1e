"""Decode and parse a page: detect its charset from its bytes, repair mojibake, and refuse what is not HTML."""

import re

from w3lib.encoding import http_content_type_encoding, read_bom, resolve_encoding

from crawler.reading.tree import Element, parse, parse_unchecked
from crawler.reasons import NotAnArticle, Reason

_META_CHARSET = re.compile(
    rb"""
    <meta [^>]{0,200}?                         # also http-equiv="Content-Type" content="text/html; charset=utf-8"
    charset\s*=\s* (?:["']\s*)?
    ([A-Za-z0-9_:.-]{2,40})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""")
_XML_FEED = re.compile(rb"<\?xml[^>]*>\s*(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex|rdf)", re.DOTALL)
_TAG = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h1|span|table)\b", re.I
)
_STARTS = (b"<!doctype html>", b"<html>", b"<html ")
"""The beginning of nearly all pages, which are looked at no further."""
_HEAD = 8192
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzipped data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a WebP image or a recording"),
    (b"\x00\x00\x00", "a recording"),
)
_MAGICS = tuple(magic for magic, _ in _MAGIC)
_MOJIBAKE = ("à¤", "à¥")
"""The first bytes of each Devanagari letter in UTF-8, decoded as Latin-1 or Windows-1252."""
_MOJIBAKE_RUN = re.compile(
    r"""
    (?: à[¤¥] [\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]   # a Devanagari letter: three bytes, the last in Windows-1252
      | â€ [\x80-\xbf\w™œž¢¦\x9d]                     # a curly quote or a dash
    )+
    """,
    re.VERBOSE,
)
_TWICE = ("Ã\xa0Â", "Ã Â")
"""The same, decoded wrongly twice; in the second form an editor replaced the no-break space."""
_TWICE_RUN = re.compile(r"(?:(?:Ã Â[¤¥]|[ÂÃâÅÆË][\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{1,2}))+")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_REPAIRED = (
    (b"\x00", (b"",)),
    (b"\xef", (b"\xbb\xbf", b"\xbf\xbd")),
    (b"\xc3", ("à¤".encode()[1:], "Ã".encode()[1:])),
)
"""A null; a byte order mark and a replacement character; mojibake and double mojibake: first byte, and the others."""
_CP1252_HOLES = {0x81: 0x81, 0x8D: 0x8D, 0x8F: 0x8F, 0x90: 0x90, 0x9D: 0x9D}
_HALVES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_REPLACEMENT = "\ufffd"
_MOST_REPLACED = 0.02
"""Share of characters that decoding may lose; a page that loses more is refused."""


def read_markup(page: bytes, url: str, *, encoding: str | None = None) -> Element:
    """Decode and parse a page, and return its root element.

    `encoding` is the charset in the HTTP header. Raise NotAnArticle if the page is empty, not HTML or not decodable;
    raise TooLargeError if it is too large.
    """
    if not page or page.isspace():
        raise NotAnArticle(Reason.EMPTY, f"{url}: the page has no bytes of content")
    _refuse_other_formats(page, url)
    root, is_utf8 = (None, False) if _needs_repair(page) else parse_unchecked(page)
    if not (is_utf8 or is_plain_utf8(page)):
        root = parse(decode(page, url, encoding=encoding).encode("utf-8", "replace"))
    if root is None:
        raise NotAnArticle(Reason.NOT_HTML, f"{url}: no element could be parsed")
    return root


def _refuse_other_formats(page: bytes, url: str) -> None:
    if page.startswith(_MAGICS) and not page.startswith(b"\x00\x00\xfe\xff"):
        what = next(what for magic, what in _MAGIC if page.startswith(magic))
        raise NotAnArticle(Reason.NOT_HTML, f"{url}: the content is {what}")
    start = page[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_STARTS):
        return
    if start.startswith((b"<rss", b"<feed", b"<urlset", b"<sitemapindex")) or _XML_FEED.match(start):
        raise NotAnArticle(Reason.NOT_HTML, f"{url}: the content is a feed or a sitemap, not a page")
    if b"\x00" not in page[:4] and not page.startswith((b"\xff\xfe", b"\xfe\xff")) and not _TAG.search(page, 0, 65536):
        raise NotAnArticle(Reason.NOT_HTML, f"{url}: the content has no HTML element")


def is_html(content: bytes) -> bool:
    """Return whether bytes without a declared content type are an HTML page, by their beginning."""
    return not content.startswith(_MAGICS) and _TAG.search(content[:_HEAD]) is not None


def is_plain_utf8(page: bytes) -> bool:
    """Return whether a page is valid UTF-8 without anything to repair, as nearly all pages are."""
    if _needs_repair(page):
        return False
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _needs_repair(page: bytes) -> bool:
    return any(_holds(page, first, rest) for first, rest in _REPAIRED)


def _holds(page: bytes, first: bytes, rest: tuple[bytes, ...]) -> bool:
    """Return whether a page holds a byte before one of these; a search for one byte is 50 times as fast as for two."""
    at = page.find(first)
    while at >= 0:
        if page.startswith(rest, at + 1):
            return True
        at = page.find(first, at + 1)
    return False


def declared_charset(content_type: bytes | None) -> str | None:
    """Return the charset that an HTTP header Content-Type declares, or None."""
    return http_content_type_encoding((content_type or b"").decode("latin-1"))


def in_utf8(content: bytes, *, encoding: str | None = None) -> bytes:
    """Return a page, a listing or a robots.txt re-encoded in UTF-8; `encoding` is the charset in the HTTP header."""
    return content if is_plain_utf8(content) else decoded(content, encoding=encoding).encode("utf-8", "replace")


def decode(page: bytes, url: str, *, encoding: str | None = None) -> str:
    """Return the decoded text of a page; raise NotAnArticle if too many characters are lost. See `decoded`."""
    text = decoded(page, encoding=encoding)
    _refuse_half_repaired(text, url)
    lost = text.count(_REPLACEMENT) if _REPLACEMENT in text else 0
    if lost > 50 and lost > _MOST_REPLACED * len(text):
        raise NotAnArticle(Reason.MOJIBAKE, f"{url}: {lost} characters could not be decoded in any declared charset")
    return text


def decoded(page: bytes, *, encoding: str | None = None) -> str:
    """Return the decoded text of a page, a listing or a robots.txt; lost characters are U+FFFD, mojibake is repaired.

    A byte order mark decides the charset; then the bytes, if they are UTF-16 or nearly valid UTF-8; then the content's
    own declaration; then `encoding`, the charset in the HTTP header.
    """
    text = _decoded(page, encoding)
    if sum(map(text.count, _TWICE)) > 20:
        text = _TWICE_RUN.sub(lambda run: _repaired_text(run[0].replace("Ã Â", "Ã\xa0Â")), text)
    if _MOJIBAKE[0] in text and text.count(_MOJIBAKE[0]) + text.count(_MOJIBAKE[1]) > 20:
        text = _MOJIBAKE_RUN.sub(_repaired, text)
    return text.replace("\x00", "") if "\x00" in text else text


def _refuse_half_repaired(text: str, url: str) -> None:
    """Refuse mojibake that lacks bytes: Windows-1252 has no character for the last byte of the halant."""
    garbled = text.count(_MOJIBAKE[0]) + text.count(_MOJIBAKE[1])
    if garbled > 20 and garbled > _MOST_REPLACED * len(_DEVANAGARI.findall(text)):
        raise NotAnArticle(Reason.MOJIBAKE, f"{url}: {garbled} letters are garbled, and bytes of them are lost")


def _decoded(page: bytes, encoding: str | None) -> str:
    bom_encoding, bom = read_bom(page)
    if bom_encoding and bom:
        return page[len(bom) :].decode(bom_encoding, "replace")
    wide = _wide(page)
    if wide:
        return page.decode(wide, "replace")
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError as error:
        # A truncated download ends inside a character.
        if len(page) - error.start < 4:
            return page[: error.start].decode("utf-8")
    as_utf8 = _HALVES.sub(_joined, page).decode("utf-8", "replace")
    if _is_utf8_with_holes(as_utf8):
        return as_utf8
    declared = _META_CHARSET.search(page[:_HEAD]) or _XML_ENCODING.match(page)
    for name in (declared[1].decode("ascii") if declared else None, encoding, "cp1252"):
        codec = resolve_encoding(name) if name else None
        if codec and not codec.startswith("utf"):  # the bytes have already confirmed or refuted UTF-8 and UTF-16
            return page.decode(codec, "replace")
    return as_utf8


def _joined(halves: re.Match[bytes]) -> bytes:
    """Return the UTF-8 of an emoji whose two surrogates were encoded one by one (CESU-8), as Java and old MySQL do."""
    return halves[0].decode("utf-8", "surrogatepass").encode("utf-16-be", "surrogatepass").decode("utf-16-be").encode()


def _wide(page: bytes) -> str | None:
    """Return `utf-16-be` or `utf-16-le` if every second byte of the first 16 is 0 (UTF-16 without a BOM), or None."""
    start = page[:16]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < 6 or min(even, odd):
        return None
    return "utf-16-be" if even else "utf-16-le"


def _is_utf8_with_holes(text: str) -> bool:
    """Return whether a text decoded with replacements is UTF-8: no other charset gives Devanagari by chance."""
    lost = text.count(_REPLACEMENT)
    if lost < max(20, 0.002 * len(text)):
        return re.search("[\u0900-\u097f]{3}", text) is not None
    return len(_DEVANAGARI.findall(text)) > 4 * lost


def _repaired(run: re.Match[str]) -> str:
    return _repaired_text(run[0])


def _repaired_text(garbled: str) -> str:
    raw = bytearray()
    for character in garbled:
        code = ord(character)
        raw += (
            bytes([code])
            if code in _CP1252_HOLES or 0xA0 <= code <= 0xFF
            else character.encode("cp1252", "ignore") or (bytes([code]) if code < 0x100 else b"")
        )
    return raw.decode("utf-8", "replace")
