"""Read the wire credits of a report: who wrote it, not whom it quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.text.agencies import find_agency
from crawler.text.credit.acknowledged import read_disclaimer
from crawler.text.credit.named import SignOff
from crawler.text.credit.signoff import read_bracket, read_doubled, read_sign_off
from crawler.text.dateline.elements import is_name
from crawler.text.dateline.opening import Opening

Where = Literal["dateline", "tail", "inline", "byline", "meta"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One agency that a report is credited to."""

    agency: str
    """Identifier of the agency: `ap`, `reuters`, `pti-bhasha`, ...; `agencies` where none is named."""

    name: str
    """The agency's name in `agencies.toml`: `एसोसिएटेड प्रेस`."""

    raw: str
    """The credit as printed: `(एपी)`."""

    where: Where
    """Where it stood: `dateline`, `tail`, `inline`, `byline` or `meta`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a report closes: its sign-offs, and where the narrative ends before them."""

    credits: tuple[Credit, ...] = ()
    line: int
    """The line in which the narrative ends; the number of lines where nothing is to be cut."""
    offset: int = 0
    """Where in that line it ends."""
    signed: frozenset[int] = frozenset()
    """The lines that do nothing but sign the report: a credit, who edited its copy, a disclaimer."""


_LAST_BLOCKS = 4
"""Lines at the end that may be sign-offs, names of editors or disclaimers."""
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


def read_credits(lines: Sequence[str], opening: Opening, closing: Closing | None = None) -> tuple[Credit, ...]:
    """Return the credits of a report in the order of its text, no agency twice.

    `lines` are its blocks in page order; `opening` and `closing` are what `read_opening` and `read_closing` found.
    """
    closing = closing or read_closing(lines, opening)
    inline = [c for _, sign_off in inline_sign_offs(lines, closing.line) for c in _credits(sign_off, "inline")]
    found = [*_from_opening(opening), *inline, *closing.credits]
    return tuple({credit.agency: credit for credit in reversed(found)}.values())[::-1]


def read_closing(lines: Sequence[str], opening: Opening) -> Closing:
    """Return the sign-offs in the last block of a report, and where the narrative ends."""
    found: list[Credit] = []
    line, offset = len(lines), 0
    signed: set[int] = set()
    for number, sign_off in tail_sign_offs(lines, opening):
        found[:0] = _credits(sign_off, "tail")
        line, offset = number, sign_off.start
        if offset == 0:
            signed.add(number)
    if offset == 0 and opening.line < line - 1 < len(lines) - 1 and _is_signers(lines[line - 1]):
        line -= 1
        signed.add(line)
    signed.update(number for number in range(line + 1, len(lines)) if _may_follow_sign_off(lines[number]))
    signed.update(number for number, sign_off in inline_sign_offs(lines, line) if sign_off.start == 0)
    return Closing(credits=tuple(found), line=line, offset=offset, signed=frozenset(signed))


def tail_sign_offs(lines: Sequence[str], opening: Opening) -> Iterator[tuple[int, SignOff]]:
    """Yield the sign-offs in the last block of a report, each with its line, the last first."""
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - _LAST_BLOCKS), -1):
        text = _without_after(lines[number])
        for _ in range(_MOST_SIGN_OFFS):
            sign_off = read_sign_off(text) or read_doubled(text, "".join(lines[number + 1 : number + 2]))
            if sign_off is None or not _counts(sign_off, opening):
                break
            if number < opening.line or (number == opening.line and sign_off.start < opening.offset):
                break
            yield number, sign_off
            text = text[: sign_off.start].rstrip()
        if text.strip() and not _may_follow_sign_off(text) and not _is_promo(lines[number]):
            return


def _may_follow_sign_off(text: str) -> bool:
    """Say whether a line may stand behind a sign-off: an editor's name alone, or what the page adds."""
    return is_name(text.strip(" -–—()")) and len(text.split()) <= 3


def _is_signers(line: str) -> bool:
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
    return opening.dateline is not None or not _LATIN_INITIALS.fullmatch(sign_off.raw)


def inline_sign_offs(lines: Sequence[str], end: int) -> Iterator[tuple[int, SignOff]]:
    """Yield what closes a paragraph before the line `end`: two reports on one page, or a box behind the report."""
    for number, text in enumerate(lines[: min(end, len(lines) - 1)]):
        sign_off = read_bracket(text) or (read_disclaimer(text) if _BOX.match(text) else None)
        if sign_off is not None and not _LATIN_INITIALS.fullmatch(sign_off.raw):
            yield number, sign_off


def _credits(sign_off: SignOff, where: Where) -> list[Credit]:
    return [Credit(agency=a.id, name=a.name, raw=sign_off.raw, where=where) for a in sign_off.agencies]


def _from_opening(opening: Opening) -> Iterator[Credit]:
    for identifier, raw in opening.agencies:
        agency = find_agency(identifier)
        yield Credit(agency=identifier, name=agency.name if agency else identifier, raw=raw, where="dateline")


def read_byline_credit(name: str, where: Where = "byline") -> Credit | None:
    """Return the credit that a name in a byline is, or None where it is a person or a desk.

    >>> read_byline_credit("एएनआई").agency
    'ani'
    """
    agency = find_agency(name)
    if agency is None or not agency.may_credit:
        return None
    return Credit(agency=agency.id, name=agency.name, raw=name, where=where)


def narrative(lines: Sequence[str], opening: Opening, closing: Closing) -> str:
    """Return the blocks of a report from where its narrative begins to where it ends, joined with blank lines."""
    told: list[str] = []
    for number, line in enumerate(lines):
        if number in closing.signed or (number < opening.line and opening.dateline is not None):
            continue
        start = opening.offset if number == opening.line else 0
        end = closing.offset if number == closing.line else len(line)
        if number > closing.line:
            break
        if text := line[start:end].strip():
            told.append(text)
    return "\n\n".join(told)
