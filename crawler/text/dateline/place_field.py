"""Parse the places in a short field outside the report's text: `इस्लामाबाद, 28 नवंबर 2025`."""

import re

from crawler.text.dateline.elements import is_name, read_sign
from crawler.text.dateline.rare_forms import read_updated
from crawler.text.dateline.unknown_names import topic_word
from crawler.text.fold import fold
from crawler.text.parts import Dateline, Place
from crawler.text.places import clean, find_place, look_up

_LONGEST = 80
_AROUND = " ,;:।|/–—-.[](){}"
_BETWEEN = re.compile(r"[/,|()]|(?<!\s)\s+(?:और|एवं|व)\s+")
_FROM = re.compile(
    r"""
    \.*\s*से\s+(?P<behind>[^,]+)                # ........से काठमांडू
  | (?P<before>[^,\s]+(?:\s+[^,\s]+)*?)\s+से(?:\s*,.*|\s+.{0,80}के\s+लिए)?  # कुशीनगर से, बीबीसी हिंदी के लिए
    """,
    re.VERBOSE,
)


def read_place_field(raw: str, *, is_for_places: bool) -> tuple[Place, ...]:
    """Return the places in a short field; () for a date, a person, a country or a sentence.

    `is_for_places`: the field holds places only, as `dateline` of JSON-LD does; then it may hold one unknown place.

    >>> [place.english for place in read_place_field("कुशीनगर से, बीबीसी हिंदी के लिए", is_for_places=False)]
    ['Kushinagar']
    """
    if len(raw) > _LONGEST:
        return ()
    found = _FROM.fullmatch(raw.strip(" "))
    printed = (found["behind"] or found["before"]) if found else raw
    parts = [part for part in map(str.strip, _BETWEEN.split(printed.strip(_AROUND))) if part]
    known = [part for part in parts if _is_city(part)]
    if known:
        return tuple(place for part in known if (place := find_place(part)))
    is_one_word = len(parts) == 1 and len(parts[0].split()) == 1
    if not is_for_places or not is_one_word or not _may_be_a_place(parts[0]):
        return ()
    return (find_place(parts[0]) or Place(name=clean(parts[0])),)


def read_update_row(row: str) -> Dateline | None:
    """Return the dateline of a row with places before the time of the last update, or None.

    >>> read_update_row("जकार्ता6 घंटे पहले").raw
    'जकार्ता'
    """
    slot = read_updated(row)
    names = [element.text for element in slot.elements if element.kind == "place"] if slot else []
    if not names:
        return None
    raw = row[: row.index(names[-1]) + len(names[-1])].strip()
    return Dateline(raw=raw, places=tuple(place for name in names if (place := find_place(name))))


def _may_be_a_place(word: str) -> bool:
    """Return whether a word alone in a field for places may be a place that the gazetteer does not know."""
    is_other = re.search(r"\d", word) or topic_word(word) or look_up(word) or read_sign(word, "")
    return is_name(word) and not is_other


def _is_city(name: str) -> bool:
    named = look_up(name) if fold(name) else None
    return named is not None and named.is_exact and not named.is_broad
