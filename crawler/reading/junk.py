"""The phrases and class names of page parts that are not the report, from `crawler/data/junk.toml`."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

_FILE = "crawler/data/junk.toml"
_NUKTA = "\u093c"
_COMPOSED = re.compile("\u093c(?<=[\u0928\u0930\u0933]\u093c)")
"""The nukta of a letter that NFC composes with it (ऩ, ऱ, ऴ); it splits all others."""
_UNSEEN = re.compile("[\u200b-\u200f\u00ad\ufeff]")
_MARKS = re.compile(r"[:：;,.।॥!?'\"‘’“”()\[\]|/\\<>«»*•·\-–—_#►▶▪→➤…=+] ?")
_WORD_OF_A_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HASH = re.compile(
    r"""
    ^(?=\D*\d)[0-9a-f]{6,}$         # hexadecimal with a digit: not facade
    |^\D*\d[^a-z]*[a-z]\D*\d        # a letter between two digits: not col-md-6, h2
    |^\d                            # people begin no class name with a digit
    """,
    re.VERBOSE,
)
"""Names that a build tool generates: `f3e032cb`, `19j92fr`."""
_LISTS = (
    *("line", "start", "label", "tags", "promo", "box", "summary", "highlights", "whole", "comments", "next", "end"),
    *("others", "also_read"),
)
_LABELS = ("line", "tags", "box", "summary", "highlights", "whole", "comments", "next", "end", "others")


@dataclass(frozen=True, slots=True)
class Junk:
    """The phrases of `junk.toml`, folded, and its class names; the file explains each list."""

    labels: frozenset[str]
    """All phrases that a whole line may be; most lines are none of them, and need not be looked up in each list."""
    line: frozenset[str]
    start: tuple[str, ...]
    start_heads: frozenset[str]
    """Their first signs, as many as the shortest of them has; nearly no line begins with these."""
    head: int
    """The number of these signs."""
    label: tuple[str, ...]
    tags: frozenset[str]
    promo: tuple[str, ...]
    box: frozenset[str]
    summary: frozenset[str]
    highlights: frozenset[str]
    whole: frozenset[str]
    comments: frozenset[str]
    next: frozenset[str]
    end: frozenset[str]
    end_start: tuple[str, ...]
    """End marks in English, which may have more words after them: `English summary of ...`."""
    others: frozenset[str]
    also_read: tuple[str, ...]
    openings: frozenset[str]
    """The first words of the phrases that a whole line is or begins with, however long it is."""
    openings_alone: tuple[str, ...]
    """Those of them that are a phrase of their own, with which the first word of a line may begin."""
    names: dict[str, str]
    """Word of a class name or id → the role of the element: `advertising`, `sharing`, `related`, `caption`, ..."""


@lru_cache(maxsize=512)
def fold_phrase(text: str) -> str:
    """Return the key by which phrases are compared: lower case, no nukta, no joiners, punctuation as single spaces."""
    if _NUKTA in text and not _COMPOSED.search(text):
        text = text.replace(_NUKTA, "")  # NFC of a text with a nukta takes ten times as long
    plain = unicodedata.normalize("NFC", text).replace(_NUKTA, "").replace("ँ", "ं").lower()
    plain = plain if plain.isprintable() else " ".join(_UNSEEN.sub("", plain).split())
    plain = _MARKS.sub(" ", plain).strip(" ")
    return " ".join(plain.split()) if "  " in plain else plain


@lru_cache(maxsize=1)
def junk() -> Junk:
    """Return the lists of `junk.toml`; the first call reads the file."""
    return read_junk(resources.files("crawler.data").joinpath("junk.toml").read_text(encoding="utf-8"), _FILE)


def read_junk(toml: str, file: str) -> Junk:
    """Parse the lists from TOML text; `file` is its name for error messages. Raise ValueError if a table is wrong."""
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}") from error
    for key in _LISTS:
        phrases = table.get(key)
        if not isinstance(phrases, list) or not all(isinstance(p, str) and fold_phrase(p) for p in phrases):
            raise ValueError(f'{file}: "{key}" must be a list of phrases, none of them empty')
    if not isinstance(table.get("element"), dict):
        raise ValueError(f'{file}: "[element]" must name the words of class names')
    folded = {key: [fold_phrase(phrase) for phrase in table[key]] for key in _LISTS}
    head = min(map(len, folded["start"]), default=0)
    lists = ("line", "start", "tags", "highlights", "whole", "next", "end", "others")
    opening = [phrase for key in lists for phrase in folded[key]]
    return Junk(
        labels=frozenset(phrase for key in _LABELS for phrase in folded[key]),
        openings=frozenset(phrase.partition(" ")[0] for phrase in opening),
        openings_alone=tuple(sorted({phrase for phrase in folded["start"] if " " not in phrase})),
        line=frozenset(folded["line"]),
        start=tuple(sorted(set(folded["start"]))),
        start_heads=frozenset(phrase[:head] for phrase in folded["start"]),
        head=head,
        label=tuple(sorted(folded["label"])),
        tags=frozenset(folded["tags"]),
        promo=tuple(sorted(set(folded["promo"]))),
        box=frozenset(folded["box"]),
        summary=frozenset(folded["summary"]),
        whole=frozenset(folded["whole"]),
        highlights=frozenset(folded["highlights"]),
        comments=frozenset(folded["comments"]),
        next=frozenset(folded["next"]),
        end=frozenset(folded["end"]),
        end_start=tuple(sorted(phrase for phrase in folded["end"] if phrase.isascii())),
        others=frozenset(folded["others"]),
        also_read=tuple(sorted(set(folded["also_read"]), key=len, reverse=True)),
        names={name: mark for mark, names in table["element"].items() for name in names},
    )


@lru_cache(maxsize=4096)
def mark_of(names: str) -> str | None:
    """Return the role of an element by the words in its class attribute and id, or None.

    >>> mark_of("relativeNews")
    'related'
    """
    known = junk().names
    for name in names.split():
        words = [
            word.lower()
            for part in re.split(r"[-_.:]+", name)
            if part and not _HASH.search(part)
            for word in _WORD_OF_A_NAME.findall(part)
        ]
        for word in (*(a + b for a, b in pairwise(words)), *words, name.lower()):
            if word in known:
                return known[word]
    return None
