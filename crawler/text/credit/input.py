"""Parse an acknowledgement of an agency's input: `एएनआई के इनपुट के साथ`, `इनपुट: पीटीआई`."""

import re

from crawler.text.agencies import Agency
from crawler.text.credit.disclaimer import ABOUT_REPORT
from crawler.text.credit.named import INPUT, SignOff, agencies_among, agencies_of
from crawler.text.fold import fold

_REACH = 400
"""Characters at the end of a line that are searched."""
_INPUT_WORD = re.compile(INPUT, re.IGNORECASE)
_TAKEN = re.compile(
    r"""
    से\s+(?:ली\s+गई|लिया\s+गया|ली\s+है|प्राप्त|साभार)
    | (?P<issued>की\s+ओर\s+से\s+(?:ली|लिया|जारी|प्राप्त)\s)     # counts only in a sentence about the report
    """,
    re.VERBOSE,
)
_INPUT_WORDS = ("इनपुट", "nput", "NPUT", "से ली", "से लिया", "से प्राप्त", "से साभार", "ओर से")
_WITH = re.compile(r"(?<!\s)\s+(?:के\s+साथ|से)\s*$")
_OF = re.compile(r"(?<!\s)\s+(?:के|से|की(?:\s+ओर)?)\s*$")
_BEFORE_INPUT = re.compile(
    rf"""
    (?<![^\s।.:()\[\]])                                  # at the beginning of a word
    ((?:[^\s।.:()\[\]]+\s+){{1,8}})                      # group 1: at most 8 words, which end in the agencies
    (?={INPUT}(?:\s+(?:के\s+साथ|से|सहित)|\W*$)            # इनपुट के साथ, or इनपुट as the last word
      |{_TAKEN.pattern})                                 # से ली गई
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTER_INPUT = re.compile(rf"{INPUT}\s*[-–—:ः]+\s*([^।()\[\]\n]{{2,60}})", re.IGNORECASE)
_GOES_ON = re.compile(rf"{INPUT}\s+(?:के\s+साथ|से|सहित)\s+[\u0900-\u0963]", re.IGNORECASE)
"""एएनआई के इनपुट के साथ लिखी गई है: a whole sentence; it counts only if it is about the report."""


def read_input(line: str) -> SignOff | None:
    """Return a sign-off with the agencies whose input a line acknowledges, or None: `एएनआई के इनपुट के साथ`."""
    if not any(map(line.__contains__, _INPUT_WORDS)):
        return None
    reach = max(0, len(line) - _REACH)
    word = _INPUT_WORD.search(line, reach) or _TAKEN.search(line, reach)
    if word is None:
        return None
    start = max(line.rfind(mark, 0, word.start()) for mark in '।([\n"”’') + 1
    start = max(start, word.start() - _REACH)
    sentence = line[start:]
    if (_GOES_ON.search(sentence) or word.groupdict().get("issued")) and not ABOUT_REPORT.search(sentence):
        return None
    after = _AFTER_INPUT.search(sentence)
    agencies = agencies_among(_WITH.sub("", after[1])) if after else ()
    before = _BEFORE_INPUT.search(sentence)
    if not agencies and before:
        words = _OF.sub("", before[1]).split()
        agencies = next((known for n in range(len(words)) if (known := _acknowledged(words, n))), ())
    if not agencies:
        return None
    opened = start - 1 if start and line[start - 1] in "([" else start
    return SignOff(agencies=agencies, raw=line[opened:].strip(), start=opened, rule="says whose input it has")


_OWN_WORDS = frozenset(fold("ये यह इस खबर रिपोर्ट आर्टिकल स्टोरी लेख समाचार न्यूज को हमारी").split())
"""Words before `एजेंसी` in a sentence about the report; with others it is about, say, a state's agencies."""


def _acknowledged(words: list[str], first: int) -> tuple[Agency, ...]:
    """Return the agencies that `words[first:]` names; `एजेंसी` counts only in a sentence about the report."""
    agencies = agencies_of(" ".join(words[first:]))
    unnamed = any(agency.kind == "unnamed" for agency in agencies)
    return () if unnamed and not _OWN_WORDS.issuperset(map(fold, words[:first])) else agencies
