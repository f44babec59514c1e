"""Classify one line of a page by its words: an end mark, junk, a link to another article, a caption, a date row."""

import re
from functools import lru_cache

from crawler.reading.junk import junk
from crawler.reading.lines import Line
from crawler.reading.promotion import has_sentences_behind

_NUKTA = {
    "ड": "(?:ड\u093c?|\u095c)",
    "ढ": "(?:ढ\u093c?|\u095d)",
    "ख": "(?:ख\u093c?|\u0959)",
    "ज": "(?:ज\u093c?|\u095b)",
}
"""Letters that are printed with or without a nukta, as one letter or two."""
_AFTER_MARKER = r"(?![\u0900-\u0963a-zA-Z])[\s:：;।.\-–—|>»\u200b-\u200d]*"
_WITH_COLON = r"\s*(?:[:：\-–—]|$)"
_SENTENCE_END = re.compile(
    r"""
      [।.!?॥] ['"’”)\]\s]*$     # closing quotes and brackets may follow the stop
    | [:：]-?\s*$               # a colon introduces a quote or a list
    """,
    re.VERBOSE,
)
_LONGEST_TITLE = 200  # characters, as all lengths here
_LONGEST_CAPTION = 250
_LONGEST_LINK_LABEL = 40
_FEWEST_WORDS = 3
"""Words in the shortest headline of another article."""
_LABEL_ENDS = (":", "：", "-", "–", "—", "|", ">", "»")
_LONGEST_POST = 160
_SOURCE_AND_CAPTION = re.compile(
    r"""
    (?:इमेज|तस्वीर)\ स्रोत,\ (?P<credit>.{1,80}?)\s+
    (?:इमेज|तस्वीर)\ कैप्शन,\ (?P<caption>.+)
    """,
    re.VERBOSE,
)
"""The credit and caption of BBC Hindi, which labels both for screen readers."""
_PHOTO_WORD = r"photos?|images?|pics?|picture|फ\u093c?ोटो|तस्वीर|इमेज|चित्र"
_PHOTO_KIND = r"file|फ\u093c?ाइल|सांकेतिक|प्रतीकात्मक|काल्पनिक|representative"
_COURTESY = r"credits?|courtesy|source|क्रेडिट|सौजन्य|साभार|स्रोत"
_PHOTO_CREDIT = re.compile(
    rf"""
      [(\[](?P<whole>[A-Z]{{2,12}}\s(?:file\s)?(?:photo|image)s?\s?/\s?[^()\[\]]{{2,40}})[)\]][\s.।]*$  # (AP Photo/Rao)
    | [\s(\[|:/-]?(?:(?:{_PHOTO_KIND})\s?)?(?:{_PHOTO_WORD}|photo\s?by)(?:\s?(?:{_COURTESY})){{0,2}}
      \s?[:：/–—-]{{1,5}}\s?(?P<credit>[^()\[\]:]{{2,60}}?)\s?[)\]]?[\s.।]{{0,3}}$                        # फोटो: एपी
    | [(\[]\s?(?:(?:(?:{_PHOTO_KIND})\s?)?(?:photo|फ\u093c?ोटो|तस्वीर|चित्र)|फ\u093c?ाइल)\s?[)\]][\s.।]*$    # (फाइल फोटो)
    | (?:^|[\s|/-])(?:तस्वीर|फोटो|इमेज)\s?(?:साभार|स्रोत|सौजन्य)\s?[,:：-]?\s?(?P<source>.{{2,60}})$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A credit of a picture at the end of a line, whose white space is single spaces."""
_PHOTO_MARK = re.compile(
    rf"""
    \s?[(\[]\s?
    (?: (?:(?:{_PHOTO_KIND})\s?)?(?:{_PHOTO_WORD})(?:\s?(?:{_COURTESY}))?(?:\s?[:：/–—-]\s?[^()\[\]]{{2,60}})?
      | फ\u093c?ाइल )
    \s?[)\]][\s.।]*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The mark of a photo at the end of a paragraph that was a caption before: `(फाइल फोटो)`, `(फोटो: एपी)`."""
_LONGEST_MARK = 90
_POSTED_BY = re.compile(
    r"""
      pic\.twitter\.com/
    | ^>?\s*[—–-]+\s*.{1,60}\(@\w+\)     # the signature of a post: — Name (@name)
    | ^https?://\S+$                     # a URL alone
    | ^[#@]\w+$                          # a hashtag or a name alone
    """,
    re.VERBOSE,
)
"""The last lines of an embedded post."""
_JOURNALISM = re.compile(
    r"""
      पत्रकारिता
    | पत्रकार\s(?:हैं|के\sरूप)
    | (?:संवाददाता|संपादक|एडिटर|राइटर|लेखक|लेखिका|रिपोर्टर)[^।.]{0,60}\sहैं     # not: a correspondent's question
    | journalis
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_AUTHOR_BOX = 700
_MOST_NAMES = 6
"""A line of so many words or more is a headline, not a name."""
_COUNT = re.compile(r"\d{1,6} (?:comments?|shares?|views?|likes?|टिप्पणी|टिप्पणियां|कमेंट|कमेंट्स)")
_THOUGHTS = re.compile(r"^(?:\d{1,5}|one|leave a) (?:thoughts?|responses?|replies|reply) (?:on|to) ")
"""The heading of comments in WordPress, which the article's headline follows: `4 thoughts on …`."""
_COPYRIGHT = re.compile(
    r"""
      ^\W*[©]                                                      # © 2024 खबर
    | ^\W*(?:copyrights?|कॉपीराइट)\s*(?:[©@:]|\(c\)|(?:19|20)\d\d)   # Copyright@2024; not: Copyright कानून पर …
    | ^\W*(?:\(c\)|c\))\s*(?:19|20)\d\d                              # (c) 2024
    | ^\W*(?:सर्वाधिकार|सभी\s+अधिकार)\s+(?:©|सुरक्षित)                 # at the beginning of the line
    | (?:सर्वाधिकार|सभी\s+अधिकार)\s+सुरक्षित(?:\s+है[ं]?)?\W*$          # at its end
    | all\s+rights\s+reserved
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AROUND_BOX = re.compile(
    r"""
      ^छोड(?:िए|कर)\s.{1,60}(?:पोस्ट|बढें)(?:\s\d{1,3})?$         # the link that skips a box
    | ^पोस्ट\s.{1,60}\sसमाप्त(?:\s\d{1,3})?$                       # the target of that link
    | से\sमिली\sसामग्री\sशामिल\sहै\s.{0,200}इजाजत                 # the reason why a post is not shown
    | ^.{1,40}\sसामग्री\sकी\sइजाजत$                                # the question for consent
    """,
    re.VERBOSE,
)
"""The folded lines around posts, videos and podcasts on BBC Hindi."""
_LONGEST_BOX_LABEL = 60
_MACHINE_SUMMARY = re.compile(
    r"""
      ^(?:ai|एआई|ए\sआई)\s(?:\S{1,12}\s){0,4}                           # AI generated, एआई से तैयार
        (?:summary|overview|read|brief|सारांश|सार|समरी)(?:\snewsroom\sreviewed)?$
    | ^(?:summary|सारांश|समरी)\s(?:\S{1,12}\s){0,3}(?:ai|एआई)(?:\s\S{1,12}){0,2}$   # Summary (AI-generated)
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
_YEAR = r"(?:19|20|१९|२०)[\d०-९]{2}"
_DATE_ROW = re.compile(
    rf"""
      {_YEAR}.{{0,120}}(?:\bIST\b|[\d०-९]{{1,2}}:[\d०-९]{{2}})          # a year, and after it a time of day
    | [\d०-९]{{1,2}}:[\d०-९]{{2}}.{{0,120}}{_YEAR}                      # a time of day, and after it a year
    | ^\W*(?:updated|published|publish\s+date|last\s+updated|posted|first\s+published|modified|created
        |प्रकाशित|अपडेटेड|अपडेट|अद्यतन|अंतिम\sअपडेट|पब्लिश).*[\d०-९]      # the label of a time, and a digit
    | ^\D{{0,40}}[\d०-९]{{1,2}}[\s,]{{1,3}}\S{{3,12}}[\s,]{{1,3}}{_YEAR}\W*$   # at most a name, and `13 जून 2024`
    | ^\D{{0,60}}[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}},\s*{_YEAR}\W*$        # at most a name, and `Jun 13, 2024`
    | ^\D{{0,40}}\d{{1,3}}\s+(?:मिनट|घंट[ाे]|घण्ट[ाे]|दिन|हफ्ते|minutes?|hours?|days?|weeks?|mins?|hrs?)
        \s+(?:पहले|ago)\W*$                                        # at most a name, and `5 घंटे पहले`
    | ^\W*(?:estimated\s)?(?:read(?:ing)?\s+time|time\s+to\s+read
        |(?:पढ\u093cने|पठन)\s+(?:(?:का|में\s+लगने\s+वाला)\s+)?समय)\W{{0,4}}\d{{1,3}}\s*\S{{0,12}}$     # पढ़ने का समय: 4 मिनट
    | ^\W*\d{{1,3}}\s*(?:mins?|minutes?|मिनट)\s+
        (?:read|(?:में\s)?पढ\u093cें|का\sपाठ|की\sरीड|पढ\u093cने\sका\sसमय)\W*$    # 4 min read, 4 मिनट में पढ़ें
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK_LINE = re.compile(
    r"""
    ^\W*
    (?:(?:आज|सुबह|तड\u093cके|दोपहर|शाम|रात)\W{1,3}){0,2}                         # आज सुबह
    (?:[^\d०-९:]{0,20}[\d०-९]{1,2}[^\d०-९:]{1,20}(?:[\d०-९]{4})?[\s,|–-]*)?     # a date before the time: 13 जून 2024,
    [\d०-९]{1,2}[:.][\d०-९]{2}(?:[:.][\d०-९]{2})?                              # 10:45, 10.45
    \s*+(?:[ap]\.?m\.?)?+\W*+(?:(?:IST|बजे)\W*+)?                              # possessive: linear on a line of signs
    (?:[^\d०-९:]{0,4}[\d०-९]{1,2}[^\d०-९:]{1,20}(?:[\d०-९]{4})?\W*+)?$          # a date after the time
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ISO_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}\S*$")
_DIGIT = re.compile(r"[\d०-९]")
_PHOTO = re.compile(r"photo|image|pic|फोटो|फ\u093cोटो|तस्वीर|इमेज|चित्र|फाइल", re.IGNORECASE)
_CREDIT_LIKE = re.compile(
    r"""
      ^\W*[(\[]                # a bracket at the beginning of the line: (एपी)
    | [)\]][^\w)\]]*$          # one at its end: … है। (एपी)
    | ^[-–—]{1,3}\s*\S         # a dash before a name: --आईएएनएस
    | इनपुट | एजेंस | \binputs?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=1)
def _markers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile the phrases of `also_read` for the start and for the end of a line; a single word needs a colon."""
    loose = [_loose(phrase) for phrase in junk().also_read if " " in phrase or phrase.isascii()]
    single = [_loose(phrase) for phrase in junk().also_read if not (" " in phrase or phrase.isascii())]
    alternatives = "|".join([*loose, *(phrase + f"(?={_WITH_COLON})" for phrase in single)])
    at_start = re.compile(rf"^[^\w\u0900-\u0963]*+(?:{alternatives}){_AFTER_MARKER}", re.IGNORECASE)
    at_end = re.compile(rf"(?:{'|'.join([*loose, *single])})[\s:：;।\-–—|>»]*$", re.IGNORECASE)
    return at_start, at_end


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{'|'.join(map(_loose, junk().label))})\s*[:：](?!.*।\s*$)", re.IGNORECASE)


def _loose(phrase: str) -> str:
    return "".join(
        _NUKTA.get(letter, r"[\s\u00a0]+" if letter == " " else re.escape(letter)) for letter in phrase
    ).replace("ं", "[ंँ]")


def title_after_marker(text: str) -> str | None:
    """Return the text after यह भी पढ़ें or a similar phrase at the start of a line ("" if none); None without a phrase.

    >>> title_after_marker("यह भी पढ़ें: नेपाल में भूकंप के झटके")
    'नेपाल में भूकंप के झटके'
    """
    found = _markers()[0].match(text)
    return text[found.end() :].strip() if found else None


def without_marker(text: str) -> str | None:
    """Return a text without यह भी पढ़ें or a similar phrase at its end; None if it has none."""
    found = _markers()[1].search(text)
    return text[: found.start()].rstrip(" ([|-–—*•>") if found else None


def is_end(text: str, plain: str) -> bool:
    """Return whether a line marks the end of the report; `plain` is the line in the form of `junk.folded`."""
    if "समाप्त" in text and text.startswith(("-", "–", "—", "*", "=")):
        return True
    phrases = junk()
    return len(plain) < 60 and (plain in phrases.end or plain.startswith(phrases.end_start))


def is_junk(line: Line, plain: str) -> bool:
    """Return whether a line is no part of any report: a label, a copyright notice, a line of an embedded post."""
    phrases = junk()
    if plain in phrases.line or plain in phrases.tags:
        return True
    if plain.startswith(phrases.start):
        return not has_sentences_behind(line.text)
    if len(line.text) < 3 * _LONGEST_TITLE and _AROUND_BOX.search(plain):
        return True
    if closes_summary(line.text):
        return True
    if len(line.text) < _LONGEST_POST and (_POSTED_BY.search(line.text) or _COUNT.fullmatch(plain)):
        return True
    return len(line.text) < _LONGEST_TITLE and bool(_labels().match(line.text) or _COPYRIGHT.search(line.text))


def opens_box(text: str, plain: str) -> bool:
    """Return whether a line is the label of a box: a podcast, `4 Comments`, a machine-written summary."""
    if len(text) >= _LONGEST_BOX_LABEL:
        return False
    uncounted = plain.strip("0123456789 ")
    return (
        plain in junk().box
        or (uncounted != plain and uncounted in junk().comments)
        or _MACHINE_SUMMARY.search(plain) is not None
    )


def closes_summary(text: str) -> bool:
    """Return whether a line is the note below a summary that a machine wrote it."""
    return len(text) < _LONGEST_POST and _WRITTEN_BY_MACHINE.search(text) is not None


def introduces_author(text: str, plain: str, names: frozenset[str]) -> bool:
    """Return whether a paragraph introduces one of the authors: `सीता राव दस साल से पत्रकारिता कर रही हैं।`

    `names` are the folded names of the authors.
    """
    by_name = any(plain.startswith(f"{name} ") for name in names if 1 < len(name.split()) < _MOST_NAMES)
    return by_name and len(text) < _LONGEST_AUTHOR_BOX and _JOURNALISM.search(text) is not None


def opens_comments(line: Line, plain: str) -> bool:
    """Return whether a line is the heading of readers' comments: `टिप्पणियां (12)`, `4 Comments`, `पाठकों की राय`."""
    if line.kind != "subhead" and line.element.tag not in ("summary", "legend"):
        return False
    return plain.strip("0123456789 ") in junk().comments or _THOUGHTS.match(plain) is not None


def opens_next(plain: str) -> bool:
    """Return whether a line is the label above the next article's headline: `अगली खबर`."""
    return plain in junk().next


def opens_tags(plain: str) -> bool:
    """Return whether a line is the label above a list of tags, one tag on each line."""
    return plain in junk().tags


def opens_as_junk(plain: str) -> bool:
    """Return whether a line begins with a phrase that begins no line of a report: `written by`."""
    return plain.startswith(junk().start)


def ends_post(text: str) -> bool:
    """Return whether a line is the signature of an embedded post: `— Name (@name) November 28, 2025`."""
    return len(text) < _LONGEST_POST and "(@" in text and _POSTED_BY.search(text) is not None


def is_date_row(text: str) -> bool:
    """Return whether a line holds only the time of a report, perhaps with a label, a place or a name."""
    if len(text) >= 120 or text.endswith("।") or not _DIGIT.search(text):
        return len(text) < 80 and text.endswith(("क्षण पहले", "just now"))
    return _DATE_ROW.search(text) is not None


def is_clock(text: str) -> bool:
    """Return whether a line is the time of an entry in a live blog: `10:45 AM`, `13 जून 2024, 10:45 (IST)`."""
    return len(text) < 60 and (_CLOCK_LINE.match(text) is not None or _ISO_TIME.match(text) is not None)


def is_pointer(line: Line) -> bool:
    """Return whether a line consists of links: at least 85 % of its characters."""
    return line.linked > 0 and line.linked >= 0.85 * len(line.text)


def is_labelled_link(line: Line) -> bool:
    """Return whether a line is one link to an article with a short label before it, or with a time after it.

    `VIDEO: नई रेल लाइन शुरू` is one. A dateline before a linked sentence is none, nor is a credit with a linked agency.
    """
    if len(line.links) != 1 or len(line.text) > _LONGEST_TITLE:
        return False
    title, href = line.links[0]
    if len(title.split()) < _FEWEST_WORDS or href.startswith("#") or title not in line.text:
        return False
    label, _, rest = line.text.partition(title)
    if not label:
        return is_date_row(rest.strip())
    return (
        len(label) <= _LONGEST_LINK_LABEL
        and label.rstrip().endswith(_LABEL_ENDS)
        and not rest.strip(" ]).»")
        and not _SENTENCE_END.search(title)
        and not is_credit_like(label)
    )


def is_title(line: Line) -> bool:
    """Return whether a line may be the title of another article: it is short and does not end as a sentence."""
    return len(line.text) <= _LONGEST_TITLE and not _SENTENCE_END.search(line.text)


def is_sentence(text: str) -> bool:
    """Return whether a line is a paragraph: longer than 200 characters, or than 30 and ending as a sentence."""
    return len(text) > _LONGEST_TITLE or (len(text) > 30 and _SENTENCE_END.search(text) is not None)


def is_credit_like(text: str) -> bool:
    """Return whether a line may be a credit: with a bracket, a dash before a name, `इनपुट`."""
    return len(text) < 120 and _CREDIT_LIKE.search(text) is not None


def photo_credit(text: str) -> tuple[str, str | None] | None:
    """Return a caption without its photo credit, and the credit (None for a bare mark); None if there is no credit.

    >>> photo_credit("काठमांडू में राहत का काम (Photo: AP)")
    ('काठमांडू में राहत का काम', 'AP')
    """
    labelled = _SOURCE_AND_CAPTION.match(text)
    if labelled:
        return labelled["caption"], labelled["credit"]
    if len(text) >= _LONGEST_CAPTION or not _PHOTO.search(text, max(0, len(text) - 90)):
        return None
    found = _PHOTO_CREDIT.search(text)
    if found is None:
        return None
    credit = found["whole"] or found["credit"] or found["source"]
    return text[: found.start()].strip(" (-–—|:/[©"), credit.strip() if credit else None


def without_photo_mark(text: str) -> str:
    """Return a paragraph without the mark of a photo at its end.

    >>> without_photo_mark("पुल रात भर बंद रहा। (फाइल फोटो)")
    'पुल रात भर बंद रहा।'
    """
    start = max(0, len(text) - _LONGEST_MARK)
    if (text[-3:].find(")") < 0 and text[-3:].find("]") < 0) or not _PHOTO.search(text, start):
        return text
    found = _PHOTO_MARK.search(text, start)
    return text[: found.start()] if found else text
