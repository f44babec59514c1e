"""Read a sign-off that is a sentence: whose input a report has, from whose feed it was published."""

import re

from crawler.text.agencies import Agency, find_agency
from crawler.text.credit.named import INPUT, SignOff, agencies_among, agencies_of
from crawler.text.fold import fold

_REACH = 400
"""Characters from a line's end that are searched: disclaimers are long sentences."""
_INPUT_WORD = re.compile(INPUT, re.IGNORECASE)
_TAKEN = re.compile(r"से\s+(?:ली\s+गई|लिया\s+गया|ली\s+है|प्राप्त|साभार)")
_INPUT_WORDS = ("इनपुट", "nput", "NPUT", "से ली", "से लिया", "से प्राप्त", "से साभार")
_WITH = re.compile(r"\s+(?:के\s+साथ|से)\s*$")
_OF = re.compile(r"\s+(?:के|से|की)\s*$")
_BEFORE_INPUT = re.compile(
    rf"((?:[^\s।.:()\[\]]+\s+){{1,8}})(?={INPUT}(?:\s+(?:के\s+साथ|से|सहित)|\W*$)|{_TAKEN.pattern})", re.IGNORECASE
)
_AFTER_INPUT = re.compile(rf"{INPUT}\s*[-–—:ः]+\s*([^।()\[\]\n]{{2,60}})", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"(?<![\u0900-\u0963])(?:(?:फीड|सिंडिकेट|सिंडीकेट|सिंडिकेटेड|वायर)(?![\u0900-\u0963])|syndicate\w*|feed)[^।]{0,80}"
    r"(?<![\u0900-\u0963])(?:ऑटो-?अपलोड|अपलोड|प्रकाशित|पब्लिश|ली गई|लिया गया|published|upload\w*)"
    r"|(?:एडिट|संपादित|सम्पादित|edited)\s+(?:नहीं|not)|(?:not been|nahi)\s+edited"
    r"|ऑटो[\s-]*(?:अपलोड|पब्लिश)|ऑटो[\s-]*जे?नरेट|auto[\s-]*generated",
    re.IGNORECASE,
)
_DISCLAIMER_WORDS = ("फीड", "सिंड", "वायर", "डिट", "पादित", "ऑटो", "ynd", "eed", "dited", "uto")
"""One of these stands in every disclaimer; looking for them costs a tenth of the pattern."""
_ABOUT_FEED = re.compile(r"एजेंसी|एजेंसि|फीड(?!बै)|सिंडिक|सिंडीक|वायर(?![\u0900-\u0963])|syndicat|feed|agency", re.IGNORECASE)
_ABOUT_REPORT = frozenset(fold("ये यह इस खबर रिपोर्ट आर्टिकल स्टोरी लेख समाचार न्यूज को हमारी").split())


def read_disclaimer(line: str) -> SignOff | None:
    """Return the agency whose feed a line says it was published from, unedited; `agencies` where none is named."""
    if not any(word in line for word in _DISCLAIMER_WORDS):
        return None
    found = _DISCLAIMER.search(line, max(0, len(line) - _REACH))
    if found is None or not _ABOUT_FEED.search(line):
        return None
    start = max((line.rfind(mark, 0, found.start()) + 1 for mark in "।([.|"), default=0)
    opened = start - 1 if start and line[start - 1] in "([" else start
    words = line[start:]
    named = [
        a
        for word in re.split(r"[\s/,()\[\]]+", words)
        if (a := find_agency(word)) and a.kind == "agency" and a.may_credit
    ]
    unnamed = find_agency("एजेंसियां")
    agencies = tuple(dict.fromkeys(named)) or ((unnamed,) if unnamed else ())
    return (
        SignOff(agencies=agencies, raw=line[opened:].strip(), start=opened, rule="published from a feed, unedited")
        if agencies
        else None
    )


def read_input(line: str) -> SignOff | None:
    """Return the agencies whose input a line acknowledges: `एएनआई के इनपुट के साथ`, `इनपुट: पीटीआई`."""
    if not any(word in line for word in _INPUT_WORDS):
        return None
    reach = max(0, len(line) - _REACH)
    word = _INPUT_WORD.search(line, reach) or _TAKEN.search(line, reach)
    if word is None:
        return None
    start = max(line.rfind(mark, 0, word.start()) for mark in '।([\n"”’') + 1
    start = max(start, word.start() - _REACH)
    sentence = line[start:]
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


def _acknowledged(words: list[str], first: int) -> tuple[Agency, ...]:
    """Return the agencies that words name from one on; unnamed ones only of the report itself, not of a state."""
    agencies = agencies_of(" ".join(words[first:]))
    unnamed = any(agency.kind == "unnamed" for agency in agencies)
    return () if unnamed and not _ABOUT_REPORT.issuperset(map(fold, words[:first])) else agencies
