"""Normalise Hindi text for the record, and fold it into keys for comparison: one for words, a looser one for places.

The project has five such keys. A lexicon and the text that is looked up in it take the same one:

- `fold`, here: for words of a text, of which the signs and offsets still matter: dates, agencies, desks, roles.
- `fold_place`, here: looser, for a name that stands where a place is expected.
- `fold_word` in `crawler/stories/words.py`: for one word in the comparison of two texts. It drops punctuation and joins
  spellings that editors change, and is a little looser than `fold`.
- `fold_phrase` in `crawler/reading/junk.py`: for a line of a page, as `Also read:`. It drops punctuation between words
  and keeps their spelling, since junk comes from templates.
- `search_key` in `crawler/text/search_key.py`: for readers who search, with tables that JavaScript can mirror.
"""

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
# Joiners (U+200C, U+200D) are not among these: without them some conjuncts are drawn differently.
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters, except white space
    "\u00ad\u200b\u2060"  # soft hyphen, zero-width space, word joiner
    "\u200e\u200f\u202a-\u202e"  # direction marks
    "\ufeff\ufffe"  # byte-order marks
    "\ud800-\udfff"  # halves of surrogate pairs
    "\ue000-\uf8ff"  # private use: the signs of icon fonts
    "]"
)
_UNSEEN = "\u00ad\u093c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0f\ufeff"
"""Signs without an effect on comparison: soft hyphen, nukta, joiners, direction marks, variation selector."""

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
"""The signs that `_fold` replaces one by one; `str.translate` takes ten times as long on Devanagari."""

_HALF_NASAL = re.compile("\u094d(?<=[ङञणनम]\u094d)(?=[क-घच-झट-ढत-धप-भशस])")
"""The halant of a nasal consonant before a stop or a sibilant; others print anusvara: मुम्बई, मुंबई.

A search for the halant takes a quarter of the time of a search for the consonants.
"""

_TYPED_O = (("अ\u093e\u0945", "ऑ"), ("\u093e\u0945", "ॉ"), ("आ\u0945", "ऑ"), ("अॉ", "ऑ"))
"""The letter or sign ऑ typed as two signs, which look the same: बैंकाॅक, आॅकलैंड."""


_NUKTA = "\u093c"
_ODD_NUKTA = re.compile(
    f"""
    {_NUKTA} (?:
        (?<! [क-धप-यलवश-ह]{_NUKTA} )                               # behind a letter with which it may be composed
      | (?! [\u0900-\u093b\u093d-\u097f\\s!-~\u2010-\u2027] | \\Z )    # before a sign that may belong before it
    )
    """,
    re.VERBOSE,
)
"""A nukta that may be out of its place in NFC; any other has none of its own."""


def compose(text: str) -> str:
    """Return a text in NFC.

    Python takes ten times as long where a text has a nukta, which nearly all Hindi has, as it may have to be composed.
    Most nuktas cannot: they stand behind ड, ढ, ज or फ. So a text is looked at without them first.
    """
    if _NUKTA in text and not _ODD_NUKTA.search(text) and unicodedata.is_normalized("NFC", text.replace(_NUKTA, "")):
        return text
    return unicodedata.normalize("NFC", text)


def collapsed(text: str) -> str:
    """Return a text with its white space collapsed and stripped, in half the time of `" ".join(text.split())`.

    >>> collapsed(" पुल\\u00a0\\n खुला ")
    'पुल खुला'
    """
    if text.isprintable() and "  " not in text:  # of white space, only a plain space is printable
        return text.strip(" ")
    return " ".join(text.split())


def normalise(text: str) -> str:
    """Return a text in the form of the record: NFC, without invisible signs, white space collapsed and stripped.

    >>> normalise("  ज़मीन\\u00a0पर\\n\\x0b ")
    'ज़मीन पर'
    """
    plain = compose(text)
    if plain.isprintable() and "  " not in plain:  # of white space, only a plain space is printable
        return plain.strip()
    return _SPACE.sub(" ", _INVISIBLE.sub("", plain)).strip()


def fold(text: str) -> str:
    """Return a key that is equal for two spellings of one word.

    It drops nuktas, joiners and capitals, and unifies digits, dashes, quotes, chandrabindu, half nasals and the two
    ways to type ऑ. Folding is not for display; normalise lexicon and text with the same function.

    >>> fold("मुम्बई") == fold("मुंबई")
    True
    """
    return _fold_short(text) if len(text) <= _LONGEST_NAME else _fold(text)


def fold_name(name: str) -> str:
    """Return the key of a name: folded, its white space collapsed and stripped.

    >>> fold_name(" न्यू  यॉर्क ") == fold("न्यू यॉर्क")
    True
    """
    return _fold_words(name) if len(name) <= _LONGEST_NAME else " ".join(_fold(name).split())


def _fold(text: str) -> str:
    try:
        plain = _ODD.sub(_same, text.replace(_NUKTA, "").replace("ँ", "ं"))  # the commonest two at once
    except KeyError:  # a combining accent, as in e followed by U+0301
        plain = _ODD.sub(_same_or_itself, unicodedata.normalize("NFC", text))
    plain = _with_anusvara(plain)
    if "\u0945" in plain or "अॉ" in plain:
        for typed, same in _TYPED_O:
            plain = plain.replace(typed, same)
    return plain


def _with_anusvara(text: str) -> str:
    if not _HALF_NASAL.search(text):
        return text
    pieces, start = [], 0
    for halant in _HALF_NASAL.finditer(text):
        pieces.append(text[start : halant.start() - 1])
        start = halant.end()
    return "ं".join([*pieces, text[start:]])


_LONGEST_NAME = 40
_fold_short = lru_cache(maxsize=512)(_fold)
"""A cache for short texts: the same name in a dateline is looked up as a date, an agency, a desk and a place."""


@lru_cache(maxsize=512)
def _fold_words(name: str) -> str:
    return " ".join(_fold_short(name).split())


def _same(odd: re.Match[str]) -> str:
    return _SAME[odd[0]]


def _same_or_itself(odd: re.Match[str]) -> str:
    return _SAME.get(odd[0], odd[0])


_LEGACY_ANUSVARA = re.compile("¨([क-ह])")
"""A leftover of a legacy font: ब¨ठडा is बठिंडा."""

_MATRA_FIRST = re.compile("ि(?<![\u0900-\u0963]ि)([क-ह])")
"""A short i typed before its consonant, where it is drawn: िसडनी is सिडनी."""

_DOUBLED = re.compile("([क-ह])\u094d\\1")
_GLIDE = re.compile(
    r"""
    य (?: (?<=[िीइई]य) (?=[ािीुूेैोौॉ])       # सियोल, सिओल
      | (?<![\u094d\ ]य) (?=[िीेै]) )        # नयी, नई; not in a conjunct, not at the beginning of a word
    """,
    re.VERBOSE,
)
"""A य between two vowels, which spellings print or omit."""

_LOOSE = {
    **dict.fromkeys("\u094d -.'\"", ""),
    **{
        sign: same
        for signs, same in (
            ("ठ", "थ"), ("ट", "त"), ("ड", "द"), ("ढ", "ध"), ("ण", "न"), ("ळ", "ल"), ("ष", "श"),
            ("इईी", "ि"), ("उऊू", "ु"), ("एऐै", "े"), ("ओऔौ", "ो"), ("आऑॉॅ", "ा"), ("ऋृ", "रि"),
        )
        for sign in signs
    },
}  # fmt: skip
"""Signs that are replaced one after another: `str.translate` takes thrice the time on all names of the gazetteer."""


@lru_cache(maxsize=512)
def fold_place(name: str) -> str:
    """Return the loose key of a place's name, which is equal for most spellings of one place.

    Beyond `fold` it ignores vowel length, dental or retroflex, doubled letters, ॉ or ा, halants, glides and spaces.
    Use it only for names that stand where a place is expected, never for words of a sentence.

    >>> fold_place("वॉशिंग्टन") == fold_place("वाशिंगटन")
    True
    """
    return loosen(fold(name))


def loosen(folded: str) -> str:
    """Return the loose key of a text that is already folded."""
    plain = _LEGACY_ANUSVARA.sub("\\1िं", folded) if "¨" in folded else folded
    plain = _MATRA_FIRST.sub("\\1ि", plain)
    plain = _GLIDE.sub("", _DOUBLED.sub("\\1", plain))
    for sign, same in _LOOSE.items():
        if sign in plain:
            plain = plain.replace(sign, same)
    return plain
