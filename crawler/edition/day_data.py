"""The articles of a day as a script that the page loads: browsers refuse to fetch from a disk."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from crawler.edition.entry import EditionEntry
from crawler.edition.wording import Wording

_ESCAPED = re.compile("[<>\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Signs that end a script or a line, or turn the direction of the file's own text."""
TEXTS_IN_SCRIPT = 50
"""Whole texts in each script that a page loads when one of them is opened."""
_HINDI, _ENGLISH = Wording("hi"), Wording("en")


def day_script(entries: Sequence[EditionEntry], times: Sequence[str], texts: Sequence[str] = ()) -> str:
    """Return a script that sets `Videsh.day`: one list for each property of the articles, which JavaScript reads fast.

    `times` are the times of day as they are shown, `texts` the names of the scripts with the whole texts.
    """
    outlets = _Names({entry.outlet: (entry.outlet_hi, entry.outlet_en) for entry in entries})
    agencies = _Names(_named(entries, lambda entry: entry.agencies, _HINDI.agency, _ENGLISH.agency))
    countries = _Names(_named(entries, lambda entry: entry.countries, _HINDI.country, _ENGLISH.country))
    places = _Names({place.key: (place.name, place.english) for entry in entries for place in entry.places})
    kinds = sorted({entry.kind for entry in entries})
    stories = {story: number for number, story in enumerate(dict.fromkeys(entry.story for entry in entries))}
    day: dict[str, Any] = {
        "outlets": outlets.rows,
        "agencies": agencies.rows,
        "countries": countries.rows,
        "places": places.rows,
        "kinds": kinds,
        "stories": list(stories),
        "headline": [entry.headline for entry in entries],
        "lead": [entry.lead for entry in entries],
        "url": [entry.url or "" for entry in entries],
        **_index(entries),
        "time": list(times),
        "hour": [-1 if entry.hour is None else entry.hour for entry in entries],
        "outlet": outlets.numbers(entry.outlet for entry in entries),
        "agency": [agencies.numbers(entry.agencies) for entry in entries],
        "country": [countries.numbers(entry.countries) for entry in entries],
        "place": [places.numbers(dict.fromkeys(place.key for place in entry.places)) for entry in entries],
        "kind": [kinds.index(entry.kind) for entry in entries],
        "wire": [int(entry.is_wire) for entry in entries],
        "story": [stories[entry.story] for entry in entries],
        "texts": list(texts),
        "texts_in_script": TEXTS_IN_SCRIPT,
    }
    return script("day", day)


def _index(entries: Sequence[EditionEntry]) -> dict[str, list[str]]:
    """Return the folded words of all articles, sorted, and for each the numbers of the articles that have it.

    Numbers are written as steps from the one before, since small numbers are short; a search reads only a few.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for word in entry.words.split():
            found[word].append(number)
    words = sorted(found)
    steps = [" ".join(str(b - a) for a, b in pairwise([0, *found[word]])) for word in words]
    return {"words": words, "found": steps}


def script(name: str, value: Any) -> str:
    """Return a script that sets a property of `Videsh`; no text in it can end the script or its page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = _ESCAPED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)
    return f"window.Videsh = window.Videsh || {{}};\nVidesh.{name} = {text};\n"


class _Names:
    """Identifiers with their Hindi and English names, to which the articles refer by number."""

    def __init__(self, names: dict[str, tuple[str, str]]) -> None:
        self.rows = [(name, *shown) for name, shown in sorted(names.items())]
        self._numbers = {row[0]: number for number, row in enumerate(self.rows)}

    def numbers(self, ids: Iterable[str]) -> list[int]:
        """Return the numbers of some identifiers."""
        return [self._numbers[each] for each in ids]


def _named(
    entries: Sequence[EditionEntry],
    values: Callable[[EditionEntry], Iterable[str]],
    hindi: Callable[[str], str],
    english: Callable[[str], str],
) -> dict[str, tuple[str, str]]:
    return {value: (hindi(value), english(value)) for entry in entries for value in values(entry)}
