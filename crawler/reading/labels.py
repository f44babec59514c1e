"""Classify a line as the label of what stands around a report: a box, a summary, comments, tags, the next article."""

import re

from crawler.reading.junk import junk
from crawler.reading.lines import Line

_JOURNALISM = re.compile(
    r"""
      पत्रकारिता
    | पत्रकार\s(?:हैं|के\sरूप)
    | (?:संवाददाता|संपादक|एडिटर|राइटर|लेखक|लेखिका|रिपोर्टर)[^।.]{0,60}\sहैं     # not: a correspondent's question
    | (?:खबरें|लेख)\s(?:लिख|कवर\sकर)(?:ती|ते|ता)\sहैं
    | journalis
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SPEAKS = re.compile(r"\sने\s(?:कहा|बताया|पूछा|लिखा\sकि)(?![\u0900-\u0963])")
"""Whoever speaks is in the report: `सीता राव ने कहा कि पत्रकारिता …`."""
_LONGEST_AUTHOR_BOX = 700
_MOST_NAMES = 6
"""A line of at least this many words is a headline, not a name."""
TITLE_TAGS = ("summary", "legend")
"""The tags of the titles of boxes: no paragraph, however long."""
_THOUGHTS = re.compile(
    r"""
    ^(?:\d{1,5}|one|leave\ a)\                  # how many there are, or a call for the first one
    (?:thoughts?|responses?|replies|reply)\     # themes differ in the word
    (?:on|to)\                                  # the headline follows
    """,
    re.VERBOSE,
)
"""The heading of comments in WordPress, which the article's headline follows: `4 thoughts on …`."""
_CALL_TO_PAY = re.compile(
    r"""
      ^(?:आगे|पूरा|पूरी|यह|इस)\s(?:\S{1,12}\s){0,3}पढने\sके\sलिए\s(?:\S{1,12}\s){0,3}
        (?:सदस्य\sबनें|सदस्यता\sलें|सब्सक्राइब\sकरें|लॉग\sइन\sकरें|लॉगिन\sकरें|साइन\sइन\sकरें)$
    | ^(?:यह|ये)\s(?:लेख|आर्टिकल|खबर|रिपोर्ट|स्टोरी|सामग्री|कंटेंट)\s(?:केवल|सिर्फ)\s(?:\S{1,12}\s){0,3}
        (?:सदस्यों|सब्सक्राइबर|सब्सक्राइबर्स|सब्सक्राइबरों|ग्राहकों)\sके\sलिए\s(?:उपलब्ध\s)?है(?:\sपढने\s.{1,40})?$
    | ^पढने\sके\sलिए\s(?:\S{1,12}\s){0,2}(?:सदस्य\sबनें|सदस्यता\sलें|सब्सक्राइब\sकरें|लॉग\sइन\sकरें|लॉगिन\sकरें)$
    | ^(?:subscribe|sign\sin|log\sin|register)\sto\s(?:read|continue|unlock)(?:\s\S{1,12}){0,5}$
    | ^(?:this|the)\s(?:story|article)\sis\s(?:only\s)?for\s(?:\S{1,12}\s){0,2}(?:subscribers|members)(?:\sonly)?$
    """,
    re.VERBOSE,
)
"""The folded heading of a box that asks a reader to pay."""
_LONGEST_BOX_LABEL = 60
_LONGEST_NOTE = 160
_HOW_MADE = r"""(?:
    generated|powered|written|made|created|assisted|based|quick|news|story|smart|short|instant|by|is|with
    |से|ने|द्वारा|की|मदद|सहायता|तैयार|बना|बनाया|लिखा|किया|गया|निर्मित|जनरेटेड|जेनरेटेड|आधारित|संचालित|संक्षिप्त|त्वरित|है|यह
)"""
"""Words between the machine and the summary; others make a heading: `एआई समिट का सार`, `AI safety talks in brief`."""
_MACHINE_SUMMARY = re.compile(
    rf"""
      ^(?:ai|एआई|ए\sआई)\s(?:{_HOW_MADE}\s){{0,5}}                          # AI generated, एआई से तैयार
        (?:summary|overview|read|brief|highlights|key\spoints|key\stakeaways|सारांश|सार|समरी)(?:\snewsroom\sreviewed)?$
    | ^(?:इस\s)?(?:खबर|लेख|रिपोर्ट|स्टोरी)\sका\s(?:ai|एआई)\s(?:सारांश|सार|समरी)$    # खबर का एआई सारांश
    | ^summari[sz]ed\sby\sai$
    | ^(?:summary|सारांश|समरी)\s(?:{_HOW_MADE}\s){{0,3}}(?:ai|एआई)(?:\s{_HOW_MADE}){{0,4}}$   # Summary (AI-generated)
    """,
    re.VERBOSE,
)
"""The folded label of a machine-written summary."""
_WRITTEN_BY_MACHINE = re.compile(
    r"""
      ^\W*(?:this\s)?(?:summary|key\spoints|highlights)\b.{0,40}\bAI\b   # Summary is AI-generated, newsroom-reviewed
    | ^\W*(?:यह|इस|ये)\s+(?:सारांश|समरी|सार|हाइलाइट्स)\s.{0,40}(?:एआई|AI)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_OF_NOTES = "यइTtSsKkHh"
"""The letters with which such a note begins, where it begins with a letter."""


def opens_box(text: str, plain: str) -> bool:
    """Return whether a line is the label of a box: a podcast, `4 Comments`, a call to pay."""
    if len(text) >= _LONGEST_BOX_LABEL:
        return False
    uncounted = plain.strip("0123456789 ")
    is_counted = uncounted != plain and uncounted in junk().comments
    return is_counted or plain in junk().box or _CALL_TO_PAY.match(plain) is not None


def opens_summary(text: str, plain: str) -> bool:
    """Return whether a line is the label of a summary that is no part of the report: `AI सारांश`, `Quick Read`."""
    return len(text) < _LONGEST_BOX_LABEL and (plain in junk().summary or _MACHINE_SUMMARY.match(plain) is not None)


def opens_highlights(plain: str) -> bool:
    """Return whether a line is the label of an editor's summary, which is text where the report has begun."""
    return plain in junk().highlights


def closes_summary(text: str) -> bool:
    """Return whether a line is the note below a summary that a machine wrote it."""
    if len(text) >= _LONGEST_NOTE or (text[:1].isalnum() and text[0] not in _FIRST_OF_NOTES):
        return False
    return _WRITTEN_BY_MACHINE.match(text) is not None


def author_openings(names: frozenset[str]) -> tuple[str, ...]:
    """Return what a paragraph about one of these authors begins with; `names` are folded, headlines among them."""
    people = [name for name in names if 1 < len(name.split()) < _MOST_NAMES]
    return tuple(f"{each} " for name in people for each in (name, name.split()[0]) if len(each) > 2)


def introduces_author(text: str, plain: str, openings: tuple[str, ...]) -> bool:
    """Return whether a paragraph introduces one of the authors: `सीता राव दस साल से पत्रकारिता कर रही हैं।`"""
    return plain.startswith(openings) and describes_journalist(text, plain)


def describes_journalist(text: str, plain: str) -> bool:
    """Return whether a paragraph tells of somebody's work for a newsroom: `वे दस साल से पत्रकारिता कर रही हैं।`"""
    return len(text) < _LONGEST_AUTHOR_BOX and _JOURNALISM.search(text) is not None and _SPEAKS.search(plain) is None


def opens_comments(line: Line, plain: str) -> bool:
    """Return whether a line is the heading of readers' comments: `टिप्पणियां (12)`, `4 Comments`, `पाठकों की राय`."""
    if line.kind != "subhead" and line.element.tag not in TITLE_TAGS:
        return False
    return plain.strip("0123456789 ") in junk().comments or _THOUGHTS.match(plain) is not None


def opens_next(plain: str) -> bool:
    """Return whether a line is the label above the next article's headline: `अगली खबर`."""
    return plain in junk().next


def opens_tags(plain: str) -> bool:
    """Return whether a line is the label above a list of tags, one tag on each line."""
    return plain in junk().tags


def lists_others(plain: str) -> bool:
    """Return whether a line is the label of a list of other articles or videos: `लोकप्रिय खबरें`."""
    return plain in junk().others
