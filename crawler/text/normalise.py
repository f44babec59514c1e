"""The form of a text that we print: NFC, white space collapsed, what nobody can see taken out."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
# Control characters but white space, soft hyphens, byte-order marks, direction marks. Joiners (U+200C, U+200D) stay:
# without them some conjuncts are drawn differently.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ufffe\ud800-\udfff]"
)


def normalise(text: str) -> str:
    """Return a text as the record prints it.

    >>> normalise("  ज़मीन\\u00a0पर\\n\\x0b ")
    'ज़मीन पर'
    """
    return _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
