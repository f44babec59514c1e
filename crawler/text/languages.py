"""The language of a text, by the words that hold its sentences together (`crawler/data/languages.toml`)."""

import string
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from crawler.text.fold import fold

ENOUGH_WORDS = 12
"""Words that a text needs to be judged by what it lacks: a headline may have no verb."""
_HINDI = "hi"
_SHARE = 0.08
"""The part of a text that the words of its language make up at least. In 593 whole reports and 479 leads of agency
copy the Hindi words of the list are 42 % at the median and never under 26 %; a lead with glued words has none."""
_OWN_WORDS = 3
"""Different words, none of them Hindi, that a text needs to be in another language."""
_LONGEST = 20_000
"""Characters by which a text is judged."""
_ENOUGH_DEVANAGARI = 1 / 3
"""The part of its letters that a text in one of the languages written in Devanagari has at least."""
_NO_WORD = string.punctuation + string.digits + "।॥…"


@dataclass(frozen=True, slots=True)
class _Languages:
    by_script: dict[str, list[str]]
    """The languages of each script, in the order of the file."""
    of_word: dict[str, list[str]]
    by_letters: dict[str, str]


def read_language(text: str) -> str | None:
    """Return the BCP 47 tag of the language that a text is written in, or None when unsure.

    A text of many words that no list knows is named after its script: `te`, or `und-Latn` for what is neither English
    nor Hindi in Latin letters. One in Devanagari is None then.

    >>> read_language("काठमांडू में आज सुबह भूकंप के तेज झटके महसूस किए गए और लोग घरों से बाहर आ गए।")
    'hi'
    """
    words = [word for word in (each.strip(_NO_WORD) for each in fold(text[:_LONGEST]).split()) if word]
    by_words = _by_words(Counter(words), len(words))
    return by_words or (_by_letters(text[:_LONGEST]) if len(words) >= ENOUGH_WORDS else None)


def is_devanagari(text: str) -> bool:
    """Return whether a third of a text's letters are Devanagari.

    >>> is_devanagari("PM ने White House में कहा"), is_devanagari("PM ne kaha है")
    (True, False)
    """
    letters = [letter for letter in text[:_LONGEST] if letter.isalpha() or "\u0900" <= letter <= "\u0963"]
    return sum("\u0900" <= letter <= "\u097f" for letter in letters) >= _ENOUGH_DEVANAGARI * max(len(letters), 1)


def _by_words(words: Counter[str], total: int) -> str | None:
    counts: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for word, count in words.items():
        tags = _languages().of_word.get(word, ())
        for tag in tags:
            counts[tag] += count
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
    of_word: dict[str, list[str]] = {}
    for language in data["language"]:
        by_script.setdefault(language["script"], []).append(language["tag"])
        for word in {fold(word) for word in language["words"].split()}:
            of_word.setdefault(word, []).append(language["tag"])
    return _Languages(by_script, of_word, data["scripts"])
