"""Bytes of a page to a tree: the charset is judged from the bytes, and what is not HTML is refused."""

import re

from w3lib.encoding import http_content_type_encoding, read_bom, resolve_encoding

from crawler.reading.tree import Element, parse
from crawler.reasons import NotAnArticle, Reason

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*(?:["']\s*)?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""")
_TAG = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h1|span|table)\b", re.I
)
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
_MOJIBAKE = ("à¤", "à¥")
"""How every Devanagari letter begins when its UTF-8 bytes were read as Latin-1 or Windows-1252."""
_MOJIBAKE_RUN = re.compile(r"(?:à[¤¥][\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€[\x80-\xbf\w™œž¢¦\x9d])+")
_TWICE = ("Ã\xa0Â", "Ã Â")
"""How they begin where that happened twice; the second has lost its no-break space to an editor."""
_TWICE_RUN = re.compile(r"(?:(?:Ã Â[¤¥]|[ÂÃâÅÆË][\x80-\xbfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{1,2}))+")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_TO_MEND = (b"\x00", b"\xef\xbb\xbf", b"\xef\xbf\xbd", "à¤".encode(), "Ã".encode())
"""A null, a byte order mark, a replacement character, mojibake, mojibake twice."""
_CP1252_HOLES = {0x81: 0x81, 0x8D: 0x8D, 0x8F: 0x8F, 0x90: 0x90, 0x9D: 0x9D}
_HALVES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_REPLACEMENT = "\ufffd"
_MOST_REPLACED = 0.02
"""Share of characters lost in decoding above which a page is refused rather than read with holes."""


def read_markup(page: bytes, url: str, *, encoding: str | None = None) -> Element:
    """Return the tree of a page; raise NotAnArticle for what is empty, not HTML or undecodable.

    Raise TooLargeError for what is too large.
    """
    if not page.strip():
        raise NotAnArticle(Reason.EMPTY, f"{url}: the page has no bytes of content")
    _refuse_other_formats(page, url)
    source = page if is_plain_utf8(page) else decode(page, url, encoding=encoding).encode("utf-8", "replace")
    root = parse(source)
    if root is None:
        raise NotAnArticle(Reason.NOT_HTML, f"{url}: no element could be parsed")
    return root


def _refuse_other_formats(page: bytes, url: str) -> None:
    for magic, what in _MAGIC:
        if page.startswith(magic) and not (magic == b"\x00\x00\x00" and page.startswith(b"\x00\x00\xfe\xff")):
            raise NotAnArticle(Reason.NOT_HTML, f"{url}: the content is {what}")
    start = page[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(
        rb"<\?xml[^>]*>\s*(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex|rdf)", start, re.DOTALL
    ) or start.startswith((b"<rss", b"<feed", b"<urlset", b"<sitemapindex")):
        raise NotAnArticle(Reason.NOT_HTML, f"{url}: the content is a feed or a sitemap, not a page")
    if b"\x00" not in page[:4] and not page.startswith((b"\xff\xfe", b"\xfe\xff")) and not _TAG.search(page[:65536]):
        raise NotAnArticle(Reason.NOT_HTML, f"{url}: the content has no HTML element")


def is_html(content: bytes) -> bool:
    """Return whether bytes that nobody gave a type begin as a web page."""
    return not content.startswith(tuple(magic for magic, _ in _MAGIC)) and _TAG.search(content[:_HEAD]) is not None


def is_plain_utf8(page: bytes) -> bool:
    """Return whether a page is valid UTF-8 with nothing to mend, as nearly all are."""
    # One byte is found at once, four only by stepping through the page (measured: 0.002 and 0.1 ms).
    if any(sign[:1] in page and sign in page for sign in _TO_MEND):
        return False
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def declared_charset(content_type: bytes | None) -> str | None:
    """Return the charset that an HTTP header Content-Type declares, or None."""
    return http_content_type_encoding((content_type or b"").decode("latin-1"))


def in_utf8(content: bytes, *, encoding: str | None = None) -> bytes:
    """Return a text in UTF-8, as `decoded` has it; `encoding` is the charset of the HTTP header."""
    return content if is_plain_utf8(content) else decoded(content, encoding=encoding).encode("utf-8", "replace")


def decode(page: bytes, url: str, *, encoding: str | None = None) -> str:
    """Return the text of a page as `decoded` has it; raise NotAnArticle where too much of it is lost."""
    text = decoded(page, encoding=encoding)
    _refuse_half_repaired(text, url)
    lost = text.count(_REPLACEMENT) if _REPLACEMENT in text else 0
    if lost > 50 and lost > _MOST_REPLACED * len(text):
        raise NotAnArticle(Reason.MOJIBAKE, f"{url}: {lost} characters could not be decoded in any declared charset")
    return text


def decoded(page: bytes, *, encoding: str | None = None) -> str:
    """Return the text of a page, a listing or a robots.txt, with U+FFFD for what is lost.

    Valid UTF-8 wins over any declaration, then the BOM, what it declares itself, and `encoding`, the charset of HTTP.
    """
    text = _decoded(page, encoding)
    if sum(map(text.count, _TWICE)) > 20:
        text = _TWICE_RUN.sub(lambda run: _repaired_text(run[0].replace("Ã Â", "Ã\xa0Â")), text)
    if _MOJIBAKE[0] in text and text.count(_MOJIBAKE[0]) + text.count(_MOJIBAKE[1]) > 20:
        text = _MOJIBAKE_RUN.sub(_repaired, text)
    return text.replace("\x00", "") if "\x00" in text else text


def _refuse_half_repaired(text: str, url: str) -> None:
    """Refuse a text of which whole bytes are gone: Windows-1252 has no letter for the last byte of the halant."""
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
        # A download that was cut ends in half a character.
        if len(page) - error.start < 4:
            return page[: error.start].decode("utf-8")
    as_utf8 = _HALVES.sub(_joined, page).decode("utf-8", "replace")
    if _is_utf8_with_holes(as_utf8):
        return as_utf8
    declared = _META_CHARSET.search(page[:_HEAD]) or _XML_ENCODING.match(page)
    for name in (declared[1].decode("ascii") if declared else None, encoding, "cp1252"):
        codec = resolve_encoding(name) if name else None
        if codec and not codec.startswith("utf"):  # each of these has been seen, or refuted, in the bytes
            return page.decode(codec, "replace")
    return as_utf8


def _joined(halves: re.Match[bytes]) -> bytes:
    """Return an emoji whose halves of UTF-16 were encoded each, as Java and old MySQL do."""
    return halves[0].decode("utf-8", "surrogatepass").encode("utf-16-be", "surrogatepass").decode("utf-16-be").encode()


def _wide(page: bytes) -> str | None:
    """Return the charset of UTF-16 without a byte order mark: every other byte of its first tag is zero."""
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
