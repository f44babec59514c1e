"""Parse a disclaimer: the agency whose copy a report is, or from whose feed it was published unedited."""

import re
from collections.abc import Iterator

from crawler.text.agencies import Agency, Mention, find_agency, is_trap, mentions
from crawler.text.any_of import any_of
from crawler.text.credit.named import QUOTES, SignOff, agencies_of, find_named
from crawler.text.fold import fold

_REACH = 600
"""Characters at the end of a line that are searched: disclaimers are several long sentences."""


def _loose(pattern: str) -> str:
    """Return a pattern that allows a nukta after each ख, ज and फ: ख़बर, न्यूज़, फ़ीड."""
    return re.sub("[खजफ]", "\\\\g<0>\u093c?".replace("\\\\", "\\"), pattern)


_REPORT = "(?:खबर|समाचार|स्टोरी|रिपोर्ट|आर्टिकल|आलेख|लेख|कॉपी|न्यूज)"
_THIS_REPORT = rf"(?<![\u0900-\u0963])(?:यह|ये|इस)\s+(?:पूरी\s+)?{_REPORT}(?![\u0900-\u0963])"
ABOUT_REPORT = re.compile(
    _loose(
        rf"""
        {_THIS_REPORT}
        | (?<![\u0900-\u0963])(?:यह|ये)\s+(?:[^\s।]+\s+){{0,4}}?(?:फीड|वायर)(?![\u0900-\u0963])  # यह आईएएनएस न्यूज फीड से …
        | this\s+(?:is\s+)?(?:[a-z-]+\s+){{0,6}}?(?:story|report|article|news|copy|content|feed)\b
        | (?:डिस्क्लेमर|स्क्लेमर|अस्वीकरण|नोट|disclaimer|note)\s*[:ः–—-]
        | सिंड[िी]केट(?:ेड)?\s+(?:न्यूज\s+)?फीड
        | हेड(?:लाइन|िंग)\s+(?:के\s+अलावा|को\s+छोड)
        """
    ),
    re.IGNORECASE | re.VERBOSE,
)
"""Words that a sentence about the report itself contains: यह खबर, नोट:, this story."""
_UNEDITED = re.compile(
    _loose(
        r"""
        (?:फीड|वायर)\s+(?:से|के\s+द्वारा|द्वारा)\s[^।]{0,60}?                  # published from a feed
            (?:प्रकाशित|पब्लिश|ली\s+ग|लिया\s+ग|ली\s+है|अपलोड|प्राप्त|पोस्ट|ऑटो|न[रे]+ट)
        | ऑटो[\s-]*(?:अपलोड|पब्लिश|फीड|जे?न[रे]+ट)                             # जनरेट, जनरेटेड, जेनरेट
        | auto[\s-]*(?:generated|published|feed)
        | (?:एडिट|एडिटिंग|संपादित|सम्पादित|बदलाव)\s+नहीं                         # not edited
        | not\s+(?:been\s+)?edited | unedited | no\s+editing
        | feed[^।]{0,80}?(?:published|upload|generated)
        | (?:published|generated|taken|sourced)[^।]{0,60}?\b(?:feed|wire)
        """
    ),
    re.IGNORECASE | re.VERBOSE,
)
_UNEDITED_WORDS = ("फीड", "फ\u093cीड", "वायर", "ऑटो", "डिट", "ंपादित", "म्पादित", "बदलाव", "auto", "edit", "feed", "wire")
"""Every match of `_UNEDITED` contains one of these, in lower case."""
_RESPONSIBLE = re.compile(
    _loose(r"जिम्मेदार|उत्तरदायी|बदलाव|एडिट|संपाद|सम्पाद|शीर्षक|हेडलाइन|हेडिंग|editing|edited|responsib|headline"), re.IGNORECASE
)
"""Words of the other sentences in a disclaimer: the outlet edited the headline only and is not responsible."""
_ABOUT_FEED = re.compile(
    _loose(r"एजेंसी|एजेंसि|फीड(?!बै)|सिंडिक|सिंडीक|वायर(?![\u0900-\u0963])|syndicat|feed|agency|wire"), re.IGNORECASE
)
_DISCLAIMER_WORDS = ("फीड", "फ\u093cीड", "सिंड", "वायर ", "एडिट", "ंपादित", "म्पादित", "ऑटो", "ynd", "eed", "dited", "uto")
"""Every disclaimer contains one of these; searching for them takes a tenth of the patterns' time."""
_NAME = r"[^\s।()]+(?:\s+[^\s।()]+){0,4}?"
_COPY_OF = re.compile(
    _loose(
        rf"""
        (?:यह|ये|इस) (?<![\u0900-\u0963]..)                                                # a whole word
        (?:\s+(?:पूरी\s+)?{_REPORT}(?![\u0900-\u0963]) | (?<!इस))\s+                         # यह खबर, यह
        (?P<trade>(?:(?:न्यूज|समाचार|संवाद)\s+)?(?:एजेंसी|समिति)\s+)?(?P<name>{_NAME}\s+)??  # समाचार एजेंसी एपी
        (?:(?:की|का)\s+(?:{_REPORT}\s+)?है | के\s+(?:सौजन्य|सहयोग)\s+से | (?:ने|द्वारा)\s+जारी\s    # की खबर है
          | के\s+हवाले\s+से\s+(?:है|(?:प्रकाशित|ली)\s+(?:की\s+)?(?:गई|हुई)(?:\s+है)?)(?=[।)]|$) )
        """
    ),
    re.VERBOSE,
)
_FIRST_PRINTED = re.compile(
    _loose(
        rf"""
        (?:{_THIS_REPORT}\s+(?:मूल\s+रूप\s+से|मूलत[:ः]|मूल\s+रूप\s+में|सबसे\s+पहले|पहली\s+बार|पहले)     # originally, first
            | this\s+(?:article|story|report|piece)\s+(?:was\s+)?(?:originally|first)
              \s+(?:published|appeared)\s+(?:on|in|by)
            | this\s+(?:article|story|report|news)\s+(?:is|was|has\s+been)\s+(?:(?:sourced|taken)\s+)?from)
        \s+(?P<name>{_NAME})
        (?:\s+(?:की|के)\s+(?:वेबसाइट|पोर्टल|साइट))?                                               # on the website of
        (?:\s+(?:पर|में)\s+(?:प्रकाशित|पब्लिश|छप) | [.)]|$)                                       # was printed
        """
    ),
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_WORDS = ("मूल", "पहल", "riginally", "irst", " from ")
"""Each match of `_FIRST_PRINTED` contains one of these."""
_COPY_WORDS = ("की है", "का है", "बर है", "र्ट है", "सौजन्य", "सहयोग", "हवाले", "जारी", *_FIRST_WORDS)
_THIS = re.compile(r"(?:यह|ये|इस)(?<![\u0900-\u0963]..)\s")
"""Each match of `_COPY_OF` and `_FIRST_PRINTED` begins like this, or with an English `this`."""
_WORD = any_of((*_DISCLAIMER_WORDS, *_COPY_WORDS))
_SENTENCE_END = re.compile(r"[।!]+|\.(?=\s|$)")
_BEFORE_NAME = re.compile(r"(?:एजेंसी|समिति|agency|from|of|by|[-–—:('\"])\s*$")
_AFTER_NAME = re.compile(
    r"""
    \s* (?: $ | ['"/,)\].।]                                               # nothing, or a mark
          | (?:की|के|से|न्यूज|समाचार|एजेंसी|फीड)(?![\u0900-\u0963]) )          # भाषा की फीड, भाषा न्यूज
    """,
    re.VERBOSE,
)
"""Beside an ordinary word such as भाषा, these show that it names the agency, in a sentence about the report."""


def read_disclaimer(line: str) -> SignOff | None:
    """Return a sign-off with the agency whose copy or feed the report is, `agencies` if it is not named; else None."""
    if not _WORD.search(line):
        return None
    may_be_unedited = any(map(line.lower().__contains__, _UNEDITED_WORDS))
    if not may_be_unedited and not _THIS.search(line) and "his" not in line and "HIS" not in line:
        return None
    sentences = list(_sentences(line))
    for number, (start, end) in enumerate(sentences):
        copied = _copied_from(line[start:end])
        if not copied and not (may_be_unedited and _is_unedited(line[start:], line[start:end])):
            continue
        opened = start - 1 if line[start - 1 : start] in ("(", "[") else start
        is_apart = opened < start or not line[:start].strip()
        if not is_apart and not all(_goes_on(line[begin:last]) for begin, last in sentences[number + 1 :]):
            continue
        agencies = copied or _fed_by(line[start:])
        if agencies:
            rule = "says whose copy it is" if copied else "published from a feed, unedited"
            return SignOff(agencies=agencies, raw=line[opened:].strip(), start=opened, rule=rule)
    return None


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence in the last `_REACH` characters of a line.

    If a bracket is still open at the end of a sentence, the sentence starts after that bracket.
    """
    begin = max(0, len(line) - _REACH)
    while begin < len(line):
        begin += len(line) - begin - len(line[begin:].lstrip())
        found = _SENTENCE_END.search(line, begin)
        end = found.end() if found else len(line)
        opened = max(line.rfind("(", begin, end), line.rfind("[", begin, end))
        yield opened + 1 if opened > line.rfind(")", begin, end - 1) else begin, end
        begin = end


def _is_unedited(text: str, sentence: str) -> bool:
    about_report = ABOUT_REPORT.search(sentence)
    return bool(
        about_report and _UNEDITED.search(text) and (_UNEDITED.search(sentence) or _ABOUT_FEED.search(sentence))
    )


def _goes_on(sentence: str) -> bool:
    return not sentence.strip(" )]") or bool(_RESPONSIBLE.search(sentence) or _UNEDITED.search(sentence))


def _copied_from(sentence: str) -> tuple[Agency, ...]:
    if not any(map(sentence.__contains__, _COPY_WORDS)):
        return ()
    if any(map(sentence.__contains__, _FIRST_WORDS)) and (found := _FIRST_PRINTED.search(sentence)):
        return agencies_of(found["name"])
    found = _COPY_OF.search(sentence)
    if found is None:
        return ()
    name, trade = (found["name"] or "").strip(), found["trade"]
    if not name:
        unnamed = find_agency("एजेंसियां") if trade else None
        return (unnamed,) if unnamed else ()
    agency = find_named(name)
    is_plain = agency is not None and (trade or name[0] in QUOTES or not is_trap(name))
    return (agency,) if agency is not None and agency.kind == "agency" and agency.may_credit and is_plain else ()


def _fed_by(text: str) -> tuple[Agency, ...]:
    """Return the agencies named in a disclaimer, `agencies` if it mentions a feed but names none, else ()."""
    folded = fold(text)
    named = [
        m.agency for m in mentions(folded) if m.agency.kind == "agency" and m.agency.may_credit and _names(m, folded)
    ]
    unnamed = find_agency("एजेंसियां") if _ABOUT_FEED.search(text) else None
    return tuple(dict.fromkeys(named)) or ((unnamed,) if unnamed else ())


def _names(mention: Mention, folded: str) -> bool:
    if not mention.is_trap:
        return True
    return bool(_BEFORE_NAME.search(folded[: mention.start][-12:]) or _AFTER_NAME.match(folded[mention.end :][:12]))
