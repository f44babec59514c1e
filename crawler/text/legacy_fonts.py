"""Recognise text that is no Unicode Hindi: typed for a legacy font (`crawler/data/legacy_fonts.toml`), or mojibake."""

import tomllib
from functools import lru_cache
from importlib import resources

_SHARE = 0.06
"""Least share of a text that are words of a font's list; of Hindi in Devanagari, the same words make up 25 %."""
_DIFFERENT = 4
"""Least number of different words of a font's list in a text."""
_HIGH_LETTERS = 0.25
"""Least share of letters from U+00A1 to U+00FF in a text for an unlisted font; French has 4 %, Icelandic 12 %."""
_LONGEST = 20_000  # characters
_MOJIBAKE = ("à¤", "à¥", "Ã ", "Ã\xa0", "Â¤", "Â¥", "â€")
"""The first bytes of Devanagari letters and curly quotes in UTF-8, decoded as Latin-1 once or twice."""
_MOST_MOJIBAKE = 0.1
"""Most sequences of `_MOJIBAKE` per character in a text that is none."""


def is_mojibake(text: str) -> bool:
    """Return whether a text is UTF-8 that was decoded with another charset.

    >>> is_mojibake("à¤­à¤¾à¤°à¤¤"), is_mojibake("भारत"), is_mojibake("café à Paris")
    (True, False, False)
    """
    return sum(map(text.count, _MOJIBAKE)) > _MOST_MOJIBAKE * max(len(text), 1)


def read_legacy_font(text: str) -> str | None:
    """Return the name of the legacy font that a text was typed for, `unknown` for an unlisted one; None for other text.

    >>> read_legacy_font("ljdkj us dgk gS fd vkSj yksxksa ds fy, jkgr dk dke fd;k x;k gSA")
    'Kruti Dev'
    """
    words = text[:_LONGEST].split()
    for name, known in _fonts():
        found = [word for word in words if word in known]
        if len(set(found)) >= _DIFFERENT and len(found) >= _SHARE * len(words):
            return name
    signs = "".join(words)
    high = sum("\xa1" <= sign <= "\xff" for sign in signs)
    return "unknown" if high > _HIGH_LETTERS * max(len(signs), 1) and not is_mojibake(text) else None


@lru_cache(maxsize=1)
def _fonts() -> tuple[tuple[str, frozenset[str]], ...]:
    file = resources.files("crawler.data").joinpath("legacy_fonts.toml")
    fonts = tomllib.loads(file.read_text(encoding="utf-8"))["font"]
    return tuple((font["name"], frozenset(font["words"].split())) for font in fonts)
