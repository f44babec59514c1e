"""Words and shingles of a text for comparison: different spellings of one word are folded into one."""

import re
from array import array
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from itertools import compress

from crawler.text.calendar import calendar
from crawler.text.fold import fold

# The commonest words of Hindi news: postpositions, pronouns, auxiliaries, reporting verbs. Three of them in a row can
# be in any text; three other words in a row are rarely in two texts by chance.
_COMMON = """
    अगर अधिक अन्य अनुसार अपना अपनी अपने अब अभी अलावा आ आए आने आया इन इनमें इस इसके इसकी इसमें इसी इससे उन उनका उनकी उनके
    उनमें उन्हें उन्होंने उस उसका उसकी उसके उसमें उसी उसे एक ऐसा ऐसे ओर और कई कर करते करना करने करेगा करें कहना कहा का काफी कारण
    कि किए किया किसी किसे की कुछ के को कोई कैसे क्या क्यों कम खिलाफ गई गए गया चल चलते चाहिए जब जबकि जहां जा जाए जाएगा जाता जाती
    जाते जाने जारी जिन जिनमें जिस जिसमें जिससे जो ज्यादा तक तथा तब तरह तो था थी थे दिन दिया दिए दी दे देने देर दोनों दौरान द्वारा न
    नहीं ने पर पहले पास फिर बजे बता बताया बहुत बात बाद बार बीच भी मगर मुताबिक में मैं यदि यह यहां यही या ये रहा रही रहे रात रूप लग
    लगा लगी लगे ले लेकर लेकिन लिए लिया ली लोग लोगों व वह वहां वहीं वही वाला वाली वाले वालों वे शामिल सकता सकती सकते सबसे सभी समय साथ
    साल से हम हालांकि हुआ हुई हुए हूं है हैं हो होगा होगी होता होती होते होना होने
"""
_WORD = re.compile(r"[\u0900-\u0963\u0971-\u097fa-z0-9]+")
_GLIDE = re.compile(r"य([िे])")
"""The glide य before two vowels, which is optional: गयी and गई, हुये and हुए."""
_VOWEL = {"ि": "इ", "े": "ए"}
_LOOSER = str.maketrans({"ः": None, "ॅ": None, "ॉ": "ा", "ऑ": "आ", "ी": "ि", "ई": "इ", "ू": "ु", "ऊ": "उ"})
"""Further spelling variants that `fold` keeps apart, above all in names: वॉशिंगटन and वाशिंगटन."""

_MARKS = "।,.;:!?()[]'\"‘’“”—–-%"
"""What stands around a figure."""
_CACHED_TOKENS = 65_536
_BITS = 28
"""A shingle is a sum of 15 hashes at most, and fits into 32 bits."""
FIGURES = 0xFF << _BITS - 8
"""The numbers from here on are those of figures: words that begin with a digit, and the numbers from two to sixty."""


def fold_word(token: str) -> str:
    """Return the common form of all spellings of a word; "" for a token without letters or digits.

    >>> [fold_word(token) for token in ("वॉशिंगटन", "हुये।", "—")] == [fold_word("वाशिंगटन"), fold_word("हुए"), ""]
    True
    """
    word = "".join(_WORD.findall(fold(token).replace("अा", "आ").translate(_LOOSER)))
    return word[:1] + _GLIDE.sub(_vowel, word[1:])


def _vowel(glide: re.Match[str]) -> str:
    return _VOWEL[glide[1]]


_COMMON_WORDS = frozenset(map(fold_word, _COMMON.split()))


class _Tokens(dict[str, int]):
    """A cache of hashes by printed token; it is emptied when it is full, so that its size is bounded."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _CACHED_TOKENS:
            self.clear()
        number = self[token] = word_number(token)
        return number


_tokens = _Tokens()


@lru_cache(maxsize=1)
def _numerals() -> dict[str, str]:
    """Return the digits of each folded number word, except `एक`, which is an article more often than a number."""
    words = {fold_word(word): str(number) for word, number in calendar().numbers.items() if number != 1}
    return {word: digits for word, digits in words.items() if word}


def word_number(word: str) -> int:
    """Return a word's number, the same for all its spellings; 0 for what is not a word.

    Its lowest bit says that the word is uncommon, the next one is 0; figures have the highest numbers.

    >>> word_number("तीन") == word_number("3") >= FIGURES > word_number("तीस-मार")
    True
    """
    return _hash(fold_word(word))


def _hash(word: str) -> int:
    if not word:
        return 0
    word = _numerals().get(word, word)
    number = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "little") >> 32 - _BITS
    if "0" <= word[0] <= "9":
        return FIGURES | number & ~3 | 1
    number = number & ~3 | (word not in _COMMON_WORDS) or 4
    return number if number < FIGURES else number ^ 1 << _BITS - 1


def numbered_words(lines: Iterable[str]) -> tuple["array[int]", list[str]]:
    """Return the numbers of a text's words in order, and its figures as printed."""
    tokens = " ".join(lines).split()
    numbers = list(map(_tokens.__getitem__, tokens))
    figures = [token.strip(_MARKS) for token in compress(tokens, map(FIGURES.__le__, numbers))]
    return array("I", filter(None, numbers)) if 0 in numbers else array("I", numbers), figures


def printed(lines: Iterable[str]) -> list[str]:
    """Return the words of a text as printed, one for each number of `numbered_words`."""
    return [token for token in " ".join(lines).split() if _tokens[token]]


def shingles(words: "array[int]") -> "array[int]":
    """Return the runs of three words, in order, as numbers; the two lowest bits count the uncommon words of a run.

    A number is `a + 5 * b + 9 * c`: the factors keep these two bits, and make it depend on the order of the words.

    >>> shingles(array("I", [4, 8, 1, 0]))
    array('I', [53, 13])
    """
    # All runs are added at once: the words lie in one long integer, 32 bits each, which no sum exceeds.
    lanes = int.from_bytes(words.tobytes(), "little")
    sums = lanes + 5 * (lanes >> 32) + 9 * (lanes >> 64)
    return array("I", sums.to_bytes(4 * len(words), "little")[: 4 * max(len(words) - 2, 0)])


def lowest_bytes(numbers: "array[int]") -> bytes:
    """Return the lowest byte of each number."""
    return numbers.tobytes()[:: numbers.itemsize]


_UNCOMMON = bytes(byte & 3 for byte in range(256))


def weigh(numbers: Iterable[int]) -> int:
    """Return the weight of shingles: the sum of their numbers of uncommon words.

    >>> weigh([0b0111, 0b1001, 0b1100])
    4
    """
    return sum(lowest_bytes(array("I", numbers)).translate(_UNCOMMON))
