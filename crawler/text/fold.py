"""Hindi text as the record prints it, and the keys by which words compare: one for any word, one for place names."""

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
# Control characters but white space, soft hyphens, byte-order marks, direction marks, private use (signs of icon
# fonts). Joiners (U+200C, U+200D) stay:
# without them some conjuncts are drawn differently.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\ud800-\udfff\ue000-\uf8ff]"
)
_UNSEEN = "\u00ad\u093c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0f\ufeff"
"""Soft hyphen, nukta, joiners, direction marks: nobody sees whether they are there."""

_SPACES = "\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"

_SAME = {
    **dict.fromkeys(_UNSEEN, ""),
    **dict.fromkeys(_SPACES, " "),
    **dict(zip("०१२३४५६७८९", "0123456789", strict=True)),
    **dict(zip("\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u095f", "कखगजडढफय", strict=True)),
    **dict(zip("\u0929\u0931\u0934\u0972", "नरळअ", strict=True)),
    **dict.fromkeys("‐‑–—", "-"),
    **dict(zip("‘’“”", "''\"\"", strict=True)),
    **{capital: capital.lower() for capital in map(chr, range(0x41, 0x5B))},
    "ँ": "ं",
    "ऍ": "ए",
}
_ODD = re.compile(f"[{re.escape(''.join(_SAME))}\u0300-\u036f]")
"""Signs are looked for and replaced one by one: str.translate takes ten times as long on Devanagari."""

_HALF_NASAL = re.compile("[ङञणनम]\u094d(?=[क-घच-झट-ढत-धप-भशस])")
"""A nasal without vowel before a stop or a sibilant is what others print as anusvara: मुम्बई, मुंबई."""


def normalise(text: str) -> str:
    """Return a text as the record prints it.

    >>> normalise("  ज़मीन\\u00a0पर\\n\\x0b ")
    'ज़मीन पर'
    """
    return _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


def fold(text: str) -> str:
    """Return the key by which two spellings of the same word compare equal.

    >>> fold("मुम्बई") == fold("मुंबई")
    True
    """
    return _fold_name(text) if len(text) <= _LONGEST_NAME else _fold(text)


def _fold(text: str) -> str:
    try:
        plain = _ODD.sub(_same, text)
    except KeyError:  # an accent that is a sign of its own, as in e and U+0301
        plain = _ODD.sub(_same_or_itself, unicodedata.normalize("NFC", text))
    return _HALF_NASAL.sub("ं", plain)


_LONGEST_NAME = 40
_fold_name = lru_cache(maxsize=512)(_fold)
"""A name in a dateline's slot is looked for as a date, an agency, a desk and a place, and folded for each."""


def _same(odd: re.Match[str]) -> str:
    return _SAME[odd[0]]


def _same_or_itself(odd: re.Match[str]) -> str:
    return _SAME.get(odd[0], odd[0])


_LEGACY_ANUSVARA = re.compile("¨([क-ह])")
"""Rest of a legacy font: ब¨ठडा is बठिंडा."""

_MATRA_FIRST = re.compile("(?<![\u0900-\u0963])ि([क-ह])")
"""Typed in the order of the eye: िसडनी is सिडनी."""

_DOUBLED = re.compile("([क-ह])\u094d\\1")
_GLIDE = re.compile("(?<=[िीइई])य(?=[ािीुूेैोौॉ])|(?<![\u094d ])य(?=[िीेै])")
"""सियोल and सिओल, नयी and नई: the य between two vowels is written or not."""

_LOOSE: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "\u094d -.'\""), None),
    **{
        ord(sign): same
        for signs, same in (
            ("ठ", "थ"), ("ट", "त"), ("ड", "द"), ("ढ", "ध"), ("ण", "न"), ("ळ", "ल"), ("ष", "श"),
            ("इईी", "ि"), ("उऊू", "ु"), ("एऐै", "े"), ("ओऔौ", "ो"), ("आऑॉॅ", "ा"), ("ऋृ", "रि"),
        )
        for sign in signs
    },
}  # fmt: skip


@lru_cache(maxsize=512)
def fold_place(name: str) -> str:
    """Return the looser key by which unseen spellings of a place are found.

    It unites long and short vowels, dental and retroflex letters, doubled letters, ॉ and ा, written and unwritten
    halants, glides and spaces. It is for names known to stand in a place's slot, never for words of a sentence.

    >>> fold_place("वॉशिंग्टन") == fold_place("वाशिंगटन")
    True
    """
    return loosen(fold(name))


def loosen(folded: str) -> str:
    """Return the place key of a text that has been folded."""
    plain = _LEGACY_ANUSVARA.sub("\\1िं", folded) if "¨" in folded else folded
    plain = _MATRA_FIRST.sub("\\1ि", plain)
    return _GLIDE.sub("", _DOUBLED.sub("\\1", plain)).translate(_LOOSE)
