"""Split a feed or sitemap into its entries, and parse each alone, so that a broken one does not harm the others."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.entities import html5
from itertools import islice
from typing import Any, cast

from lxml import etree

from crawler.discovery.printed import is_text, read_address, read_title
from crawler.limits import LONGEST_FIELD, MOST_ELEMENTS
from crawler.reading.guard import bounded_xml
from crawler.reasons import Reason

_REFERENCE = re.compile(
    rb"""
    &                                   # also alone: a bare ampersand must be escaped
    (?:
        [#]([0-9]{1,10});               # a decimal character reference: &#2346;
        | [#][xX]([0-9a-fA-F]{1,8});    # a hexadecimal one: &#x92A;
        | ([A-Za-z][A-Za-z0-9]{1,31};)  # an entity of XML or of HTML: &amp; &nbsp;
    )?
    """,
    re.VERBOSE,
)
_OF_XML = frozenset((b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"))
_CDATA = re.compile(rb"(<!\[CDATA\[|\]\]>)")
_MEDIA = ("image", "video", "media", "mrss", "itunes")
"""Parts of the prefixes and namespaces of elements that describe a picture or a video, not the article."""
_OTHERS = frozenset(("source", "image", "video", "author", "contributor", "publication"))
"""Elements with a URL, a title or a time of their own, which is not the article's."""
_FIELDS = frozenset(
    ("title", "link", "loc", "guid", "id", "pubdate", "description", "category", "published", "updated")
)
_PARSER = etree.XMLParser(
    encoding="utf-8", recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One parsed entry of a feed or sitemap."""

    name: str
    """Its element's name in lower case and without prefix: `item`, `entry`, `url` or `sitemap`."""
    texts: dict[str, str]
    """Texts of its elements, by their names in lower case and without prefix."""
    links: tuple[str, ...]
    """`href` of its Atom links, web pages first."""
    element: etree._Element = field(repr=False, compare=False)
    """The parsed entry itself."""

    def text(self, *names: str) -> str | None:
        """Return the text of the first of these elements that the entry has, or None."""
        return next((self.texts[name] for name in names if name in self.texts), None)

    def title(self) -> str | None:
        """Return the title as plain text, or None."""
        return read_title(self.texts.get("title"))

    def address(self, base: str, *printed: str | None) -> str | None:
        """Return the first of the printed texts that is a URL, made absolute with `base`, or None."""
        return next((address for each in printed if (address := read_address(each, base))), None)


def outside(plain: bytes, wanted: re.Pattern[bytes], start: int = 0) -> Iterator[re.Match[bytes]]:
    """Yield the matches of a pattern outside comments and CDATA sections; a section that is never closed is ignored."""
    opening = re.compile(rb"(?P<opens><!--|<!\[CDATA\[)|" + wanted.pattern, wanted.flags)
    ends = {b"<!--": _Ahead(plain, b"-->"), b"<![cdata[": _Ahead(plain, b"]]>")}
    next_cdata = _Ahead(plain, b"<![CDATA[")
    at = start
    while found := opening.search(plain, at):
        at = found.end()
        mark = (found["opens"] or b"").lower()
        if not mark:
            yield found
            continue
        end = ends[mark].after(at)
        if end is None or (mark != b"<!--" and (next_cdata.after(at) or end) < end):
            continue
        at = end


class _Ahead:
    """Finds the next occurrence of a mark for growing offsets, and scans each byte at most once."""

    def __init__(self, plain: bytes, mark: bytes) -> None:
        self._plain, self._mark = plain, mark
        self._at: int | None = 0

    def after(self, start: int) -> int | None:
        """Return the offset at which the first mark after `start` ends, or None if there is none."""
        if self._at is not None and self._at <= start:
            found = self._plain.find(self._mark, start)
            self._at = found + len(self._mark) if found >= 0 else None
        return self._at


class Entries:
    """Iterates over the entries of a feed or sitemap, each as bytes.

    `plain` is the whole document, `root` the name of its root element, `start` the offset after the root's name, and
    `names` the names of entry elements. An entry that is not closed ends where the next one begins; one whose start tag
    is missing is None; one that the end of the file cuts off is left out, since half a URL is invalid. `is_whole` is
    True once the root's end tag was found.
    """

    def __init__(self, plain: bytes, root: bytes, start: int, names: Iterable[str]) -> None:
        self._plain, self._start = plain, start
        name = rb"(?:[\w.-]+:)?(?:" + "|".join(names).encode() + rb")"
        self._tags = re.compile(
            rb"<" + name + rb"(?=[\s/<>])[^<>]*>?"  # the start tag of an entry, which may lack its end
            rb"|<(?P<end>/)" + name + rb"\s*>"  # the end tag of an entry
            rb"|<(?P<over>/)" + re.escape(root) + rb"\s*>",  # the end tag of the root
            re.IGNORECASE,
        )
        opening = plain[start : plain.find(b">", start) + 1]
        self.is_whole = opening.endswith(b"/>")

    def __iter__(self) -> Iterator[bytes | None]:
        begun: int | None = None
        for tag in outside(self._plain, self._tags, self._start):
            if begun is not None:
                yield self._plain[begun : tag.end() if tag["end"] else tag.start()]
            elif tag["end"]:
                yield None
            begins = not (tag["end"] or tag["over"] or tag[0].endswith(b"/>"))
            begun = tag.start() if begins else None
            self.is_whole = self.is_whole or tag["over"] is not None

    def why_none(self) -> tuple[Reason, str]:
        """Return why a listing has no entries, as a reason and a sentence: it is empty, or it is not valid XML."""
        parser = etree.XMLParser(encoding="utf-8", target=cast(Any, _Nobody()), resolve_entities=False, no_network=True)
        try:
            etree.fromstring(self._plain, parser)
        except etree.XMLSyntaxError as error:
            return Reason.NOT_XML, f"no entry can be read: {error.msg}"
        return Reason.EMPTY, "it announces nothing"


class _Nobody:
    """A parser target that discards everything."""

    def close(self) -> None:
        return


def read_entry(piece: bytes) -> Entry | None:
    """Return the parsed entry, or None if nothing of it can be parsed; damaged markup is repaired first."""
    root = etree.fromstring(bounded_xml(_mended(piece)), _PARSER)
    if root is None:
        return None
    texts: dict[str, str] = {}
    links: list[tuple[bool, str]] = []
    for name, part in islice(_parts(root), MOST_ELEMENTS):
        href = part.get("href")
        if name == "link" and href and (part.get("rel") or "alternate") == "alternate":
            links.append((part.get("type", "text/html") != "text/html", href))
        text = _text(part, name)
        if text:
            texts.setdefault(name, text)
    about = next((value for key, value in root.attrib.items() if str(key).endswith("about")), None)
    if about:
        texts.setdefault("about", str(about))
    links.sort(key=lambda link: link[0])  # web pages before other formats of the article
    return Entry(name=_name(str(root.tag)), texts=texts, links=tuple(href for _, href in links), element=root)


def _parts(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the elements that describe the article: the entry's own, then those inside a tag that was not closed."""
    own = list(_describing(root))
    yield from own
    for _, part in own:
        yield from _below(part)


def _below(part: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for name, each in _describing(part):
        yield name, each
        yield from _below(each)


def _describing(parent: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield name and element of the children that describe the article, not a picture, an author or another feed."""
    for part in parent:
        name = _describing_name(part.tag) if isinstance(part.tag, str) else None
        if name:
            yield name, part


@lru_cache(maxsize=1024)
def _describing_name(tag: str) -> str | None:
    prefix = tag[1:].split("}")[0] if tag.startswith("{") else tag.rpartition(":")[0]
    name = _name(tag)
    return None if name in _OTHERS or any(word in prefix.lower() for word in _MEDIA) else name


def _name(tag: str) -> str:
    """Return an element's name in lower case without its namespace, which outlets misspell."""
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower()


def _text(part: etree._Element, name: str) -> str:
    """Return the text of an element; a title's includes that of its markup, up to a field inside an unclosed title."""
    if name != "title" or not len(part):
        return " ".join((part.text or "")[:LONGEST_FIELD].split())
    texts: list[str] = []
    for event, each in etree.iterwalk(part, events=("start", "end")):
        if len(texts) > LONGEST_FIELD:
            break
        if event == "end":
            texts.append("" if each is part else each.tail or "")
        elif each is not part and _name(str(each.tag)) in _FIELDS:
            break
        else:
            texts.append(each.text or "")
    return " ".join("".join(texts)[:LONGEST_FIELD].split())


def _mended(piece: bytes) -> bytes:
    """Return an entry as valid XML text: HTML entities, bare ampersands and unclosed CDATA marks are repaired."""
    tokens = _CDATA.split(piece)
    mended: list[bytes] = []
    is_raw = False
    for number, token in enumerate(tokens):
        if token == b"]]>":
            mended.append(token if is_raw else b"]]&gt;")
            is_raw = False
        elif token == b"<![CDATA[":
            is_raw = tokens[number + 2 : number + 3] == [b"]]>"]  # a mark that is never closed is dropped
            mended.append(token if is_raw else b"")
        else:
            mended.append(token if is_raw else _REFERENCE.sub(_reference, token))
    return b"".join(mended)


def _reference(found: re.Match[bytes]) -> bytes:
    """Return a reference that XML knows, or the character of an HTML entity; escape any other as text."""
    decimal, hexadecimal, name = found.groups()
    if decimal or hexadecimal:
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return found[0] if is_text(code) else b"&amp;" + found[0][1:]
    meant = html5.get(name.decode("ascii")) if name and name not in _OF_XML else None
    if meant:
        return meant.encode()
    return found[0] if name in _OF_XML else b"&amp;" + found[0][1:]
