"""The words of a text as they are compared: spellings that outlets choose between are one word."""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain

from crawler.text.fold import fold

# The commonest words of Hindi news: postpositions, pronouns, auxiliaries, reporting verbs. A run of three of them tells
# nothing; a run of three other words is rarely printed twice by chance.
_COMMON = """
    अगर अधिक अन्य अनुसार अपना अपनी अपने अब अभी अलावा आ आए आने आया इन इनमें इस इसके इसकी इसमें इसी इससे उन उनका उनकी उनके
    उनमें उन्हें उन्होंने उस उसका उसकी उसके उसमें उसी उसे एक ऐसा ऐसे ओर और कई कर करते करना करने करेगा करें कहना कहा का काफी कारण
    कि किए किया किसी किसे की कुछ के को कोई कैसे क्या क्यों कम खिलाफ गई गए गया चल चलते चाहिए जब जबकि जहां जा जाए जाएगा जाता जाती
    जाते जाने जारी जिन जिनमें जिस जिसमें जिससे जो ज्यादा तक तथा तब तरह तो था थी थे दिन दिया दिए दी दे देने देर दो दोनों दौरान द्वारा न
    नहीं ने पर पहले पास फिर बजे बता बताया बहुत बात बाद बार बीच भी मगर मुताबिक में मैं यदि यह यहां यही या ये रहा रही रहे रात रूप लग
    लगा लगी लगे ले लेकर लेकिन लिए लिया ली लोग लोगों व वह वहां वहीं वही वाला वाली वाले वालों वे शामिल सकता सकती सकते सबसे सभी समय साथ
    साल से हम हालांकि हुआ हुई हुए हूं है हैं हो होगा होगी होता होती होते होना होने
"""
_WORD = re.compile(r"[\u0900-\u0963\u0971-\u097fa-z0-9]+")
_GLIDE = re.compile(r"य([िे])")
"""गयी, गई and हुये, हुए: the glide before these vowels is written or not."""
_VOWEL = {"ि": "इ", "े": "ए"}
_LOOSER = str.maketrans({"ः": None, "ॅ": None, "ॉ": "ा", "ऑ": "आ", "ी": "ि", "ई": "इ", "ू": "ु", "ऊ": "उ"})
"""What outlets spell differently beyond `fold`, above all in names: वॉशिंगटन, वाशिंगटन."""

_CACHED_TOKENS = 32_768

Hashes = tuple[int, int, int]
"""A word's hashes, one for each place in a shingle, of 30 bits; the lowest bit says that the word is uncommon."""


def folded_words(text: str) -> list[str]:
    """Return the words of a text in the one spelling that all outlets' spellings fold to.

    >>> folded_words("वॉशिंगटन में पाँच ज़ख्मी हुये।") == folded_words("वाशिंगटन में पांच जख्मी हुए")
    True
    """
    plain = fold(text).replace("अा", "आ").translate(_LOOSER)
    return [word[0] + _GLIDE.sub(lambda glide: _VOWEL[glide[1]], word[1:]) for word in _WORD.findall(plain)]


_COMMON_WORDS = frozenset(folded_words(_COMMON))


class _Tokens(dict[str, tuple[Hashes, ...]]):
    """Printed tokens with the hashes of their words; emptied when full, so that it does not grow with the texts."""

    def __missing__(self, token: str) -> tuple[Hashes, ...]:
        if len(self) >= _CACHED_TOKENS:
            self.clear()
        hashes = self[token] = tuple(_hashes(word) for word in folded_words(token))
        return hashes


_tokens = _Tokens()


def _hashes(word: str) -> Hashes:
    digest = blake2b(word.encode(), digest_size=12).digest()
    uncommon = word not in _COMMON_WORDS
    first, second, third = (int.from_bytes(digest[at : at + 4], "little") >> 2 for at in (0, 4, 8))
    return (first & ~3 | uncommon, second & ~3 | uncommon, third & ~3 | uncommon)


def hashed_words(lines: Iterable[str]) -> list[Hashes]:
    """Return the hashes of a text's words, in order."""
    return list(chain.from_iterable(map(_tokens.__getitem__, " ".join(lines).split())))


def shingles(words: Sequence[Hashes]) -> set[int]:
    """Return the runs of three words as numbers of 32 bits; the two lowest bits count the uncommon words of a run.

    A number is the sum of tabulated hashes: the same on every machine, and as good as random above the two bits.
    """
    if len(words) < 3:
        return set()
    first, second, third = zip(*words, strict=True)
    return {a + b + c for a, b, c in zip(first, second[1:], third[2:], strict=False)}


def weigh(numbers: Iterable[int]) -> int:
    """Return the weight of shingles: each counts as often as it holds uncommon words.

    >>> weigh([0b0111, 0b1001, 0b1100])
    4
    """
    return sum([number & 3 for number in numbers])
