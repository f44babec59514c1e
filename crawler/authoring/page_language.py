"""Tell in which language a page is before it is read: by what its record says, else by the text it begins with."""

import html
import re
from collections.abc import Collection, Iterator

from crawler.text.languages import ENOUGH_WORDS, is_devanagari, read_language

LOOKED_AT = 64 * 1024
"""Bytes of a page that are looked at."""
_LONGEST = 3_000
"""Characters of text of one kind that are judged."""
_THREE_LETTERS = {
    "asm": "as",
    "ben": "bn",
    "eng": "en",
    "guj": "gu",
    "hin": "hi",
    "kan": "kn",
    "mal": "ml",
    "mar": "mr",
    "nep": "ne",
    "ori": "or",
    "pan": "pa",
    "tam": "ta",
    "tel": "te",
    "urd": "ur",
}
"""Tags of ISO 639-3, which Common Crawl writes, by those of our records."""
_UNKNOWN = "und"
_MOST_STRANGE = 20
"""Characters that UTF-8 has not, from which a page is in another charset."""
_TAG = re.compile("[a-z]{2,3}")
_UNREAD = ((b"<script", b"</script"), (b"<style", b"</style"), (b"<noscript", b"</noscript"), (b"<!--", b"-->"))
"""Begin and end what nobody reads."""
_MARK = re.compile(rb"<[^<>]*>")


def stated_languages(header: str | None) -> frozenset[str]:
    """Return the primary tags that a header lists; three-letter tags become those of our records.

    >>> sorted(stated_languages("hin,eng")), sorted(stated_languages("hi-IN"))
    (['en', 'hi'], ['hi'])
    """
    tags = ((each.strip().lower().partition("-")[0]) for each in (header or "").split(","))
    return frozenset(_THREE_LETTERS.get(tag, tag) for tag in tags if _TAG.fullmatch(tag))


def may_be_in(languages: Collection[str], page: bytes) -> bool:
    """Return whether a page may hold a text in one of these languages, by its first 64 KB.

    It may if its Devanagari or its other text is in one of them, or in a language that cannot be told, if it has too
    few words to tell, and if it is not in UTF-8.
    """
    shown = page[:LOOKED_AT]
    for begin, end in _UNREAD:
        shown = _without(shown, begin, end)
    plain = html.unescape(_MARK.sub(b"\n", shown).decode("utf-8", "replace"))
    if plain.count("\ufffd") + plain.count("\0") > _MOST_STRANGE:
        return True
    judged = [read_language(text) or _UNKNOWN for text in _texts(plain) if len(text.split()) >= ENOUGH_WORDS]
    return not judged or any(tag.partition("-")[0] in (_UNKNOWN, *languages) for tag in judged)


def _without(page: bytes, begin: bytes, end: bytes) -> bytes:
    """Return a page without all that lies between two marks; what has no end is left out to the end."""
    lower = page.lower()
    kept, at = [], 0
    while (start := lower.find(begin, at)) >= 0:
        kept.append(page[at:start])
        stop = lower.find(end, start)
        at = stop + len(end) if stop >= 0 else len(page)
    return b" ".join([*kept, page[at:]])


def _texts(plain: str) -> Iterator[str]:
    """Yield the first lines in Devanagari, and the first others."""
    texts = {True: "", False: ""}
    for line in filter(None, map(str.strip, plain.splitlines())):
        if min(map(len, texts.values())) >= _LONGEST:
            break
        kind = is_devanagari(line)
        if len(texts[kind]) < _LONGEST:
            texts[kind] += f" {line[:_LONGEST]}"
    yield from texts.values()
