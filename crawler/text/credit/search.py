"""Find the sign-offs of a report: above it, inside it, and in its last lines."""

import re
from collections.abc import Iterator, Sequence

from crawler.text.any_of import any_of
from crawler.text.credit.disclaimer import read_disclaimer
from crawler.text.credit.named import SignOff
from crawler.text.credit.signature import read_doubled
from crawler.text.credit.signoff import read_bracket, read_sign_off
from crawler.text.dateline.elements import is_name
from crawler.text.dateline.opening import Opening

_FIRST_LINES = 3
"""Lines at the beginning that may be a credit above the report, if it has no dateline: `रिपोर्ट- न्यूज एजेंसी`."""
_LONGEST_HEAD = 120  # characters
_LONGEST_SIGNERS = 40  # characters
_LAST_LINES = 8
"""Lines at the end that are searched: sign-offs, editors' names, disclaimers, and boxes printed after a report."""
_LEAST_WORDS = 5
"""Words in the shortest line that is a sentence if it ends in a stop."""
_MOST_WORDS = 25
"""A line of more words is prose, whatever its last character is."""
_STOPS = ("।", ".", "?", "!", "…")
_MOST_SIGN_OFFS = 3
"""Sign-offs in one line at most: a desk's signature, then a disclaimer."""
# The main content may keep what pages print after a report.
_AFTER = re.compile(
    r"""
    (?:
        /\* | <script | function\s*\( | jwplayer | window\. | \$\( | ga\(      # scripts
        | (?:ये|यह|इसे|यहां)\s+भी\s+(?:पढ़|पढ|देख|जान) | also\s+read | read\s+also  # links to other reports
        | posted\s+by | written\s+by | (?<!been\s)edited\s+by                  # not: has been edited by
        | पढ़ें\s*: | और\s+पढ़ें | \[@ | m\.jagran\.com | डाउनलोड\s+कर | फॉलो\s+कर   # promotions
        | (?:हिंदी|हिन्दी)\s+में\s+पढ़ | [\u0a00-\u0a7f]{4,}                       # other languages; Gurmukhi
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTER_WORD = any_of(
    (
        "भी पढ", "भी देख", "भी जान", "पढ़ें", "डाउनलोड", "फॉलो", "lso", "LSO", "By", "by", "BY", "/*", "{",
        "$(", "ga(", "unction", "window.", "[@", "में पढ़",
    )
)  # fmt: skip
"""Each match of `_AFTER` contains one of these; searching for them takes less than a tenth of the pattern's time."""
# Pages print these lines after every report.
_PROMO = re.compile(
    r"""
    (?:डाउनलोड|फॉलो|फ़ॉलो|सब्सक्राइब|ज्वाइन|जॉइन|लाइक|क्लिक)\s+कर   # an app or a channel
    | (?:अस्वीकरण|डिस्क्लेमर|disclaimer)\s*[:ः-]             # a disclaimer about opinions
    | ^latest\s                                             # Latest Hindi News App
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PROMO_WORD = any_of(
    "डाउनलोड फॉलो फ़ॉलो सब्सक्राइब ज्वाइन जॉइन लाइक क्लिक अस्वीकरण डिस्क्लेमर isclaimer ISCLAIMER atest".split()
)
_LONGEST_PROMO = 300  # characters
_BOX = re.compile(
    r"""
    [(\[*]                                  # in brackets, or behind a star
    |यह\s|ये\s|इस\s                         # this report, these views; whole words: not इसराइल
    |नोट|डिस्क्लेमर|अस्वीकरण|disclaimer       # its label
    |this\s|note                            # the same in English
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BOX_LETTERS = frozenset("([*यइनडअdDtTnN")
"""The beginning of a disclaimer that is a paragraph of its own inside a report."""
_LATIN_INITIALS = re.compile(r"[(\[]\s*[A-Z]{2}\s*[)\]]")
"""`(AP)` after a report without a dateline: the initials of a sub-editor, as DD News prints them."""


def head_sign_offs(lines: Sequence[str], opening: Opening) -> Iterator[tuple[int, SignOff]]:
    """Yield the sign-offs above a report, from the top, with the index of the line: `(एजेंसी)`, `Reported by: भाषा`."""
    for number, line in enumerate(lines[: opening.line if opening.dateline else _FIRST_LINES]):
        sign_off = read_sign_off(line) if len(line) <= _LONGEST_HEAD and number < len(lines) - 1 else None
        if sign_off is None or sign_off.start > 0 or not sign_off.is_sure:
            return
        yield number, sign_off


def tail_sign_offs(lines: Sequence[str], opening: Opening) -> Iterator[tuple[int, SignOff]]:
    """Yield the sign-offs in the last lines of a report, from the bottom, each with the index of its line.

    The search ends at the first line from the bottom that holds a sentence.
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
    """Return whether a line may be a sub-editor's name below a sign-off: a name of at most three words."""
    return is_name(text.strip(" -–—()")) and len(text.split()) <= 3


def is_signers(line: str) -> bool:
    """Return whether a line above an agency's line holds its sub-editors' names, as UNI prints them: `रमेश.संजय`."""
    if len(line) > _LONGEST_SIGNERS or line.rstrip().endswith(("।", ":")):
        return False
    names = re.split(r"[\s.,/]+", line.strip())
    return len(names) <= 3 and is_name(" ".join(names))


def _is_promo(line: str) -> bool:
    may_be = len(line) <= _LONGEST_PROMO and _PROMO_WORD.search(line) is not None
    return may_be and bool(_PROMO.search(line))


def _without_after(text: str) -> str:
    if not _AFTER_WORD.search(text):
        return text
    found = _AFTER.search(text)
    return text[: found.start()].rstrip() if found else text


def _counts(sign_off: SignOff, opening: Opening) -> bool:
    if not sign_off.is_sure:
        return {agency.id for agency in sign_off.agencies} <= {agency for agency, _ in opening.agencies}
    return opening.dateline is not None or not _LATIN_INITIALS.fullmatch(sign_off.raw)


def inline_sign_offs(lines: Sequence[str], end: int) -> Iterator[tuple[int, SignOff]]:
    """Yield the sign-offs that end a paragraph above line `end`, each with the index of its line.

    A page may print two reports, or a box after its report.
    """
    for number, text in enumerate(lines[: min(end, len(lines) - 1)]):
        sign_off = read_bracket(text) or (read_disclaimer(text) if _may_be_box(text) else None)
        if sign_off is not None and sign_off.is_sure and not _LATIN_INITIALS.fullmatch(sign_off.raw):
            yield number, sign_off


def _may_be_box(text: str) -> bool:
    begun = text.lstrip()
    return begun[:1] in _BOX_LETTERS and _BOX.match(begun) is not None
