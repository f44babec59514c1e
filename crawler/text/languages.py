"""Detect the language of a text by its function words (`crawler/data/languages.toml`) or by its script."""

import re
import string
import tomllib
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import repeat

from crawler.text.fold import fold

ENOUGH_WORDS = 12
"""A text with fewer words is not judged by the words that it lacks: a headline may have no verb."""
_HINDI = "hi"
_SHARE = 0.08
"""Least share of a text that are function words of its language. In 593 whole reports and 479 leads of agency copy,
Hindi function words are 42 % at the median and at least 26 %; a lead whose words are glued together has none."""
_PLAIN = 1 / 8
"""Share of a text that are words of Hindi's list alone, above which more than half of it is Hindi. In 46 whole reports
they are 18 % at the median and at most 23 %."""
_PLAINLY_LONG = 100
"""Words from which on that share is one of a text, not of a line."""
_OWN_WORDS = 3
"""Different words that are not Hindi in a text in another language, at least."""
_LONGEST = 20_000
"""Characters of a text that are read."""
_ENOUGH_DEVANAGARI = 1 / 3
"""Least share of Devanagari letters in a text whose language is written in Devanagari."""
_DEVANAGARI = re.compile("[\u0900-\u0963\u0971-\u097f]+")
"""Letters and signs; not the dandas, digits and the abbreviation sign between them."""
_COMMON = "ाेरक्ीनिसतमंहोपलयवद"
"""Letters and signs that make up three quarters of Hindi text, the commonest first."""
_NO_WORD = string.punctuation + string.digits + "।॥…"


@dataclass(frozen=True, slots=True)
class _Languages:
    by_script: dict[str, list[str]]
    """Script → tags of its languages, in the order of the file."""
    by_word: dict[str, list[str]]
    """Folded function word → tags of the languages that have it."""
    by_letters: dict[str, str]
    """Script → the tag of a text in it whose words are in no list."""
    only_hindi: frozenset[str]
    """The function words that only Hindi has."""


def read_language(text: str) -> str | None:
    """Return the BCP 47 tag of the language of a text, or None if it is unclear.

    If no list knows its words, a text of at least 12 words gets the tag of its script: `te` for Telugu letters,
    `und-Latn` for Latin letters that are neither English nor Hindi; None for Devanagari.

    >>> read_language("काठमांडू में आज सुबह भूकंप के तेज झटके महसूस किए गए और लोग घरों से बाहर आ गए।")
    'hi'
    """
    read = text[:_LONGEST]
    if _is_plain_hindi(read.split()):
        return _HINDI
    words = list(filter(None, map(str.strip, fold(read).split(), repeat(_NO_WORD))))
    by_words = _by_words(Counter(words), len(words))
    return by_words or (_by_letters(read) if len(words) >= ENOUGH_WORDS else None)


def _is_plain_hindi(words: list[str]) -> bool:
    """Return whether words, as they stand between white space, are Hindi beyond doubt; most reports are."""
    return sum(map(_languages().only_hindi.__contains__, words)) >= _PLAIN * max(len(words), _PLAINLY_LONG)


def is_devanagari(text: str) -> bool:
    """Return whether at least a third of a text's letters are Devanagari.

    >>> is_devanagari("PM ने White House में कहा"), is_devanagari("PM ne kaha है")
    (True, False)
    """
    read = text[:_LONGEST]
    if _has_enough(read):
        return True  # whatever the rest is, as in nearly all texts
    rest = _DEVANAGARI.sub("", read)
    count = len(read) - len(rest)
    return count >= _ENOUGH_DEVANAGARI * max(count + sum(map(str.isalpha, rest)), 1)


def _has_enough(text: str) -> bool:
    """Return whether the commonest letters of Hindi alone are enough Devanagari in a text."""
    count = 0
    for letter in _COMMON:
        count += text.count(letter)
        if count > _ENOUGH_DEVANAGARI * len(text):
            return True
    return False


def _by_words(words: Counter[str], total: int) -> str | None:
    counts: dict[str, int] = defaultdict(int)
    own: dict[str, int] = defaultdict(int)
    by_word = _languages().by_word
    for word in words.keys() & by_word.keys():
        tags = by_word[word]
        for tag in tags:
            counts[tag] += words[word]
            own[tag] += _HINDI not in tags
    for tags in _languages().by_script.values():
        tag = max(tags, key=counts.__getitem__)  # the first of equals: Hindi
        if counts[tag] >= max(_SHARE * total, 1) and (tag == _HINDI or own[tag] >= _OWN_WORDS):
            return tag
    return None


def _by_letters(text: str) -> str | None:
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    if not scripts or scripts["DEVANAGARI"] >= _ENOUGH_DEVANAGARI * scripts.total():
        return None
    del scripts["DEVANAGARI"]
    ((script, _),) = scripts.most_common(1)
    return _languages().by_letters.get(script, "und")


@lru_cache(maxsize=1)
def _languages() -> _Languages:
    file = resources.files("crawler.data").joinpath("languages.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    by_script: dict[str, list[str]] = {}
    by_word: dict[str, list[str]] = {}
    for language in data["language"]:
        by_script.setdefault(language["script"], []).append(language["tag"])
        for word in {fold(word) for word in language["words"].split()}:
            by_word.setdefault(word, []).append(language["tag"])
    only_hindi = frozenset(word for word, tags in by_word.items() if tags == [_HINDI])
    return _Languages(by_script, by_word, data["scripts"], only_hindi)
