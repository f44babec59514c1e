"""Bound the pages that libxml2 parses: shorten tags with too many attributes, refuse pages with too many elements.

libxml2's time for a tag grows with the square of its attributes: 40,000 take 1.4 s, and a page may hold millions. This
module finds tags as HTML's tokenizer does, because quotes, comments and scripts may hide where a tag begins and ends.
"""

import re
from collections.abc import Iterator
from itertools import islice
from string import ascii_letters

from crawler.limits import LARGEST_PAGE, LONGEST_ATTRIBUTE, MOST_ATTRIBUTES, MOST_TAGS
from crawler.reading.stretches import long_stretches

_SHORTEST_NAMES = 95
"""Names of one byte that attributes may have: ASCII without white space, slash, `>` and capitals."""
_SHORT = 2 * _SHORTEST_NAMES + 3 * (MOST_ATTRIBUTES - _SHORTEST_NAMES)
"""A tag of at most this many bytes cannot have too many attributes: each has a space and a name of its own."""
_RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes"
"""Elements whose content is text even if it looks like tags (raw text in HTML's standard)."""
_NOTHING = "(?!)"
"""A pattern that never matches."""
_ATTRIBUTE = r"""
    (?: =[^\t\n\f\r\ />=]*+ | [^\t\n\f\r\ />=]++ )        # a name may begin with an equals sign
    (?: [\t\n\f\r\ ]*+ = [\t\n\f\r\ ]*+
        (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z)              # quotes may hold a `>`; an open one runs to the end
          | [^\t\n\f\r\ >"'][^\t\n\f\r\ >]*+ | (?=>|\Z) )
    )?+
"""
_INSIDE = rf"[^\t\n\f\r\ />]*+ (?: [\t\n\f\r\ ]++ | /(?!>) | {_ATTRIBUTE} )*+"
_ATTRIBUTES = re.compile(_ATTRIBUTE.encode(), re.VERBOSE)
_NAME = re.compile(rb"</?[^\t\n\f\r />]*+")
_TAG_START = re.compile(rb"</?[a-zA-Z]")
_TAG = re.compile(rf"</?[a-zA-Z] {_INSIDE} /?+ (?:>|\Z)".encode(), re.VERBOSE)
_MOST_STARTS = 20
"""Starts of tags in one stretch that are looked at one by one; with more, all tags of the page are read in order."""
_SEPARATORS = b"\t\n\f\r /\"'"
"""Each attribute follows one of these: white space, a slash, or the closing quote of the attribute before."""


def _marks(opens: str, raw: str) -> re.Pattern[bytes]:
    """Return a pattern that matches up to and including the next mark that needs a look.

    `opens` matches the beginning of comments and the like after `<`, `raw` the names of raw-text elements.
    """
    initials = {name[:1] for name in raw.split("|")}
    others = f"[{''.join(letter for letter in ascii_letters if letter.lower() not in initials)}]"
    return re.compile(
        rf"""
        (?: [^<]*+ <                                     # skip text and tags that are surely short
            (?: /[a-zA-Z][a-zA-Z0-9]{{0,12}}+
              | (?: {others} | (?!(?i:{raw})[\t\n\f\r\ />])[a-zA-Z] ) [a-zA-Z0-9:_-]{{0,20}}+
                (?: [\t\n\f\r\ ] [^<>"'=]{{0,60}}+
                    (?<=[a-zA-Z0-9:_-]) (?: ="[^"<>]{{0,400}}+" | ='[^'<>]{{0,400}}+' )  # no other quote opens a value
                ){{0,6}}+ [\ /]?+ )
            >
        )*+ [^<]*+
        (?P<start><)
        (?: (?P<opens>(?i:{opens}))
          | (?P<raw>(?i:{raw}))(?=[\t\n\f\r\ />]) {_INSIDE} (?P<empty>/)?+ (?:>|\Z)   # for libxml2 <script/> is empty
          | (?P<tag>/?[a-zA-Z]) {_INSIDE} (?P<closed>/)?+ (?:>|\Z)
          | [!?/][^>]*+                                   # a declaration, or what the parser takes for a comment
          |                                               # a `<` that begins no tag
        )
        """.encode(),
        re.VERBOSE,  # without IGNORECASE, which doubles the time of every class
    )


_HTML = _marks("!--", _RAW)
_XML = _marks(r"!--|!\[CDATA\[|\?", _NOTHING)
_XML_ENDS = {b"!--": b"-->", b"![CDATA[": b"]]>", b"?": b"?>"}
_COMMENT_END = re.compile(rb"--!?>")
_RAW_ENDS = {
    name.encode(): re.compile(rb"</%s(?=[\t\n\f\r />])" % name.encode(), re.IGNORECASE) for name in _RAW.split("|")
}
_IN_SCRIPT = re.compile(
    rb"""
    < (?: (?P<escape>!--)                                   # a comment inside the script begins
        | (?P<end>/script)(?=[\t\n\f\r\ />]) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_IN_ESCAPE = re.compile(
    rb"""
    (?P<over>-->)                                           # the comment ends
    | < (?: (?P<again>script) | (?P<end>/script) ) (?=[\t\n\f\r\ />])   # a script tag inside the comment
    """,
    re.IGNORECASE | re.VERBOSE,
)
_START_TAG = re.compile(rb"<[a-zA-Z]")
_DRAWING = re.compile(rb"<(?P<end>/?)svg(?=[\s/>])", re.IGNORECASE)
_DATA_URL = re.compile(rb"\bdata:[^\s\"'<>]*+", re.IGNORECASE)


class TooLargeError(ValueError):
    """The page is too large to be parsed."""


def bounded(html: bytes) -> bytes:
    """Return HTML (UTF-8) with the attributes of a tag cut after the 256th; raise TooLargeError if it is too large."""
    if len(html) > LARGEST_PAGE or (len(html) > 2 * MOST_TAGS and html.count(b"<") > MOST_TAGS):
        _refuse(html)
    if any(_may_be_cut(html, begin, end) for begin, end in long_stretches(html, _SHORT)):
        return _with_short_tags(html, _html_tags(html))
    return html


def bounded_xml(xml: bytes) -> bytes:
    """Return XML (UTF-8) with the attributes of a tag cut after the 256th."""
    return _with_short_tags(xml, _xml_tags(xml)) if len(xml) > _SHORT else xml


def _may_be_cut(html: bytes, begin: int, end: int) -> bool:
    """Return whether a part of a page holds what is a tag to cut, unless it stands in a script or a comment."""
    if _TAG_START.search(html, begin, end - _SHORT) is None or not _may_be_long(html[begin:end]):
        return False
    for number, start in enumerate(_TAG_START.finditer(html, begin, end - _SHORT)):
        if number == _MOST_STARTS:
            return True
        found = _TAG.match(html, start.start(), end)
        tag = found[0] if found else b""
        if _may_be_long(tag) and _shortened(tag, is_empty=False) is not tag:
            return True
    return False


def _with_short_tags(source: bytes, tags: Iterator[re.Match[bytes]]) -> bytes:
    pieces, kept = [], 0
    for found in tags:
        start, end = found.start("start"), found.end()
        if end - start > _SHORT and _may_be_long(source[start:end]):
            is_empty = bool(found["empty"] or found["closed"])
            pieces += [source[kept:start], _shortened(source[start:end], is_empty=is_empty)]
            kept = end
    return b"".join([*pieces, source[kept:]]) if pieces else source


def _may_be_long(tag: bytes) -> bool:
    """Return whether a tag has so many separators or bytes that its attributes need to be counted."""
    return len(tag) > LONGEST_ATTRIBUTE or len(tag) - len(tag.translate(None, _SEPARATORS)) > MOST_ATTRIBUTES


def _shortened(tag: bytes, *, is_empty: bool) -> bytes:
    """Return a tag with at most MOST_ATTRIBUTES attributes of at most LONGEST_ATTRIBUTE bytes each."""
    name = _NAME.match(tag)
    assert name is not None
    attributes = [found[0] for found in islice(_ATTRIBUTES.finditer(tag, name.end()), MOST_ATTRIBUTES + 1)]
    if len(attributes) <= MOST_ATTRIBUTES and max(map(len, attributes), default=0) <= LONGEST_ATTRIBUTE:
        return tag
    kept = [_cut(attribute) for attribute in attributes[:MOST_ATTRIBUTES] if not attribute.startswith(b"=")]
    return b" ".join([name[0], *kept]) + (b" />" if is_empty else b">")


def _cut(attribute: bytes) -> bytes:
    if len(attribute) <= LONGEST_ATTRIBUTE:
        return attribute
    rest, _, value = attribute[1:].partition(b"=")
    name, value = attribute[:1] + rest, value.lstrip(b"\t\n\f\r ")
    quote = value[:1] if value[:1] in (b'"', b"'") else b""
    short = value.strip(quote)[:LONGEST_ATTRIBUTE].decode("utf-8", "ignore").encode()
    return name + b"=" + quote + short + quote if len(name) <= LONGEST_ATTRIBUTE else b""


def _html_tags(html: bytes) -> Iterator[re.Match[bytes]]:
    """Yield a match for each tag that may be too long."""
    at = 0
    while found := _HTML.match(html, at):
        at = found.end()
        if found["opens"]:
            at = _comment_end(html, at)
        elif found["raw"] or found["tag"]:
            yield found
            at = _raw_end(html, at, found["raw"].lower()) if found["raw"] and not found["empty"] else at


def _xml_tags(xml: bytes) -> Iterator[re.Match[bytes]]:
    at, absent = 0, set[bytes]()  # an end mark that is absent once is not searched again
    while found := _XML.match(xml, at):
        at = found.end()
        if found["opens"]:
            mark = _XML_ENDS[found["opens"].upper()]
            end = -1 if mark in absent else xml.find(mark, at)
            if end < 0:
                absent.add(mark)
            at = end + len(mark) if end >= 0 else at
        elif found["tag"]:
            yield found


def _comment_end(html: bytes, at: int) -> int:
    """Return the index after a comment whose `<!--` ends at index `at`; `<!-->` is a complete comment."""
    if html.startswith((b">", b"->"), at):
        return html.index(b">", at) + 1
    found = _COMMENT_END.search(html, at)
    return found.end() if found else len(html)


def _raw_end(html: bytes, at: int, name: bytes) -> int:
    """Return the index at which a raw-text element ends; a script may contain `<script>` in a comment."""
    is_escaped = is_again = False
    if name != b"script":
        found = _RAW_ENDS[name].search(html, at)
        return found.start() if found else len(html)
    while found := (_IN_ESCAPE if is_escaped else _IN_SCRIPT).search(html, at):
        if found["end"] and not is_again:
            return found.start()
        at = found.end() - 2 if found.lastgroup == "escape" else found.end()
        is_escaped = found.lastgroup != "over"
        is_again = found.lastgroup == "again"
    return len(html)


def _refuse(html: bytes) -> None:
    """Raise TooLargeError if the page is too large even without scripts, styles, drawings and `data:` URLs."""
    plain = b"".join(_without_scripts(html))
    tags = sum(1 for _ in islice(_START_TAG.finditer(plain), MOST_TAGS + 1))
    if tags > MOST_TAGS:
        raise TooLargeError(f"it has more than {MOST_TAGS} elements")
    size = len(plain) - _drawn(plain) - sum(len(found[0]) for found in _DATA_URL.finditer(plain))
    if size > LARGEST_PAGE:
        raise TooLargeError(f"it has {size} bytes, scripts, styles and drawings left out; {LARGEST_PAGE} are read")


def _without_scripts(html: bytes) -> Iterator[bytes]:
    at = kept = 0
    while found := _HTML.match(html, at):
        at = found.end()
        if found["opens"]:
            at = _comment_end(html, at)
        elif found["raw"] and not found["empty"]:
            at = _raw_end(html, at, found["raw"].lower())
            if found["raw"].lower() in (b"script", b"style"):
                yield html[kept : found.end()]
                kept = at
    yield html[kept:]


def _drawn(plain: bytes) -> int:
    """Return the number of bytes in `svg` elements."""
    size = level = begun = 0
    for mark in _DRAWING.finditer(plain):
        if not level:
            begun = mark.start()
        level = max(0, level + (-1 if mark["end"] else 1))
        size += mark.end() - begun if mark["end"] and not level else 0
    return size
