"""Make texts of pages harmless to show: without controls, not too long; and addresses that may be linked to."""

import re

from crawler.text.fold import normalise
from crawler.url_parts import is_url

_UNSHOWN = re.compile("[\u061c\u2066-\u2069\ufdd0-\ufdef\uffff\U000e0000-\U000e007f]")
"""Direction marks, tags and noncharacters that `normalise` keeps; XML allows none of the latter."""
_LEAD_WORDS = 40
_MOST_OF_LEAD = 400
_MOST_OF_HEADLINE = 300
_READ = 8_000
"""Characters of a text of which the opening is taken."""


def shown_headline(text: str) -> str:
    """Return a headline as it is shown: at most 300 characters, without signs that change the direction of text."""
    return _cut(_plain(text[:_READ]), _MOST_OF_HEADLINE)


def shown_lead(text: str | None) -> str:
    """Return the first 40 words of a text, at most 400 characters."""
    words = _plain((text or "")[:_READ]).split(" ")
    lead = " ".join(words[:_LEAD_WORDS])
    return _cut(lead if len(words) <= _LEAD_WORDS else f"{lead} …", _MOST_OF_LEAD)


def shown_name(text: str) -> str:
    """Return a name of an outlet or place as it is shown, at most 80 characters; `?` if no sign of it can be shown."""
    return _cut(_plain(text[:_READ]), 80) or "?"


def shown_paragraph(text: str) -> str:
    """Return a paragraph as it is shown."""
    return _plain(text)


def linked(url: str) -> str | None:
    """Return an address if it may be linked to: http and https alone."""
    return url if is_url(url) else None


def _plain(text: str) -> str:
    return normalise(_UNSHOWN.sub("", text))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
