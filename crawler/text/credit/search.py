"""Find the sign-offs of a report: before it, within it, and in its last lines."""

import re
from collections.abc import Iterator, Sequence

from crawler.text.credit.disclaimer import read_disclaimer
from crawler.text.credit.named import SignOff
from crawler.text.credit.signature import read_doubled
from crawler.text.credit.signoff import read_bracket, read_sign_off
from crawler.text.dateline.elements import is_name
from crawler.text.dateline.opening import Opening

_FIRST_LINES = 3
"""Lines before a report that may be signed: `रिपोर्ट- न्यूज एजेंसी`."""
_LONGEST_HEAD = 120
_LAST_LINES = 8
"""Lines at the end that may be sign-offs, names of editors, disclaimers, or what pages print behind a report."""
_LEAST_WORDS = 5
"""Words of the shortest line that is a sentence when a full stop ends it."""
_MOST_WORDS = 25
"""Words above which a line is prose, whatever ends it."""
_STOPS = ("।", ".", "?", "!", "…")
_MOST_SIGN_OFFS = 3
"""Sign-offs that one line may hold: a desk's signature, then a disclaimer."""
# What pages print behind a report, and readers of pages leave in it: scripts, also-read lines, promos, posters' names.
_AFTER = re.compile(
    r"(?:/\*|<script|function\s*\(|jwplayer|window\.|\$\(|ga\(|(?:ये|यह|इसे|यहां)\s+भी\s+(?:पढ़|पढ|देख|जान)|also\s+read|"
    r"read\s+also|posted\s+by|written\s+by|(?<!been\s)edited\s+by|पढ़ें\s*:|और\s+पढ़ें|\[@|m\.jagran\.com|डाउनलोड\s+कर|फॉलो\s+कर|"
    r"(?:हिंदी|हिन्दी)\s+में\s+पढ़|[\u0a00-\u0a7f]{4,})",
    re.IGNORECASE,
)
_AFTER_WORDS = (
    "भी पढ",
    "भी देख",
    "भी जान",
    "पढ़ें",
    "डाउनलोड",
    "फॉलो",
    "lso",
    "LSO",
    "By",
    "by",
    "BY",
    "/*",
    "{",
    "(",
    "window.",
    "[@",
    "में पढ़",
)
"""One of these stands in all that may follow; looking for them costs a tenth of the pattern."""
# Lines that pages print behind every report: an app, a channel to follow, a disclaimer about opinions.
_PROMO = re.compile(
    r"(?:डाउनलोड|फॉलो|फ़ॉलो|सब्सक्राइब|ज्वाइन|जॉइन|लाइक|क्लिक)\s+कर|(?:अस्वीकरण|डिस्क्लेमर|disclaimer)\s*[:ः-]|^latest\s",
    re.IGNORECASE,
)
_PROMO_WORDS = "डाउनलोड फॉलो फ़ॉलो सब्सक्राइब ज्वाइन जॉइन लाइक क्लिक अस्वीकरण डिस्क्लेमर isclaimer ISCLAIMER atest".split()
_LONGEST_PROMO = 300
_BOX = re.compile(r"\s*(?:[(\[*]|यह\s|ये\s|इस\s|नोट|डिस्क्लेमर|अस्वीकरण|disclaimer|this\s|note)", re.IGNORECASE)
"""How a disclaimer begins that stands on its own within a report."""
_LATIN_INITIALS = re.compile(r"[(\[]\s*[A-Z]{2}\s*[)\]]")
"""`(AP)` behind a report without a dateline: the initials of a sub-editor, as DD News prints them."""


def head_sign_offs(lines: Sequence[str], opening: Opening) -> Iterator[tuple[int, SignOff]]:
    """Yield the sign-offs before a report, each with its line, the first first: `(एजेंसी)`, `Reported by: भाषा`."""
    for number, line in enumerate(lines[: opening.line if opening.dateline else _FIRST_LINES]):
        sign_off = read_sign_off(line) if len(line) <= _LONGEST_HEAD and number < len(lines) - 1 else None
        if sign_off is None or sign_off.start > 0 or not sign_off.is_sure:
            return
        yield number, sign_off


def tail_sign_offs(lines: Sequence[str], opening: Opening) -> Iterator[tuple[int, SignOff]]:
    """Yield the sign-offs in the last lines of a report, each with its line, the last first.

    The search goes up to the first line that holds a sentence, whatever else stands below it.
    """
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - _LAST_LINES), -1):
        text = _without_after(lines[number])
        for _ in range(_MOST_SIGN_OFFS):
            sign_off = read_sign_off(text) or read_doubled(text, "".join(lines[number + 1 : number + 2]))
            if sign_off is None or not _counts(sign_off, opening):
                break
            if number < opening.line or (number == opening.line and sign_off.start < opening.offset):
                break
            yield number, sign_off
            text = text[: sign_off.start].rstrip()
        if _is_prose(text) and not _is_promo(lines[number]):
            return


def _is_prose(text: str) -> bool:
    words = len(text.split())
    return words > _MOST_WORDS or (words >= _LEAST_WORDS and text.rstrip(" \"'”’»)]*").endswith(_STOPS))


def may_follow_sign_off(text: str) -> bool:
    """Say whether a line may stand behind a sign-off: an editor's name alone, or what the page adds."""
    return is_name(text.strip(" -–—()")) and len(text.split()) <= 3


def is_signers(line: str) -> bool:
    """Say whether a line above an agency names who edited its copy, as UNI prints it: `रमेश.संजय`."""
    names = re.split(r"[\s.,/]+", line.strip())
    return len(names) <= 3 and len(line) <= 40 and is_name(" ".join(names)) and not line.rstrip().endswith(("।", ":"))


def _is_promo(line: str) -> bool:
    may_be = len(line) <= _LONGEST_PROMO and any(word in line for word in _PROMO_WORDS)
    return may_be and bool(_PROMO.search(line))


def _without_after(text: str) -> str:
    if not any(word in text for word in _AFTER_WORDS):
        return text
    found = _AFTER.search(text)
    return text[: found.start()].rstrip() if found else text


def _counts(sign_off: SignOff, opening: Opening) -> bool:
    if not sign_off.is_sure:
        return {agency.id for agency in sign_off.agencies} <= {agency for agency, _ in opening.agencies}
    return opening.dateline is not None or not _LATIN_INITIALS.fullmatch(sign_off.raw)


def inline_sign_offs(lines: Sequence[str], end: int) -> Iterator[tuple[int, SignOff]]:
    """Yield what closes a paragraph before the line `end`: two reports on one page, or a box behind the report."""
    for number, text in enumerate(lines[: min(end, len(lines) - 1)]):
        sign_off = read_bracket(text) or (read_disclaimer(text) if _BOX.match(text) else None)
        if sign_off is not None and sign_off.is_sure and not _LATIN_INITIALS.fullmatch(sign_off.raw):
            yield number, sign_off
