"""Classify one line of a page by its words: an end mark, junk, a link to another article, a sentence."""

import re
from functools import lru_cache

from crawler.reading.junk import junk
from crawler.reading.labels import closes_summary
from crawler.reading.lines import Line
from crawler.reading.notices import asks_for_advertisements, is_notice
from crawler.reading.photo_credits import photo_credit
from crawler.reading.promotion import begins_no_label, has_sentences_behind, tells
from crawler.text.date_rows import is_date_row

_NUKTA = {
    "ड": "(?:ड\u093c?|\u095c)",
    "ढ": "(?:ढ\u093c?|\u095d)",
    "ख": "(?:ख\u093c?|\u0959)",
    "ज": "(?:ज\u093c?|\u095b)",
}
"""Letters that are printed with or without a nukta, as one letter or two."""
_AFTER_MARKER = r"(?![\u0900-\u0963a-zA-Z]|-लिख)[\s:：;।.\-–—|>»\u200b-\u200d]*"
_WITH_COLON = r"\s*(?:[:：\-–—]|$)"
_STOPS = ("।", ".", "!", "?", "॥")
_COLONS = (":", "：", ":-", "：-")
"""A colon introduces a quote or a list."""
_LONGEST_TITLE = 200  # characters, as all lengths here
_MOSTLY_LINKED = 0.85
"""Share of the letters in links, separators left out."""
_LONGEST_LINK_LABEL = 40
_LONGEST_LABEL = 60
_FEWEST_WORDS = 3
"""Words in the shortest headline of another article."""
_DRAWN = ("-", "–", "—", "*", "=")
"""What an end mark begins with: `-- समाप्त --`."""
_DASHES = ("-", "–", "—")
_LABEL_ENDS = (":", "：", "-", "–", "—", "|", ">", "»")
_LONGEST_POST = 160
_POST_PICTURE = "pic.twitter.com/"
_POSTED_BY = re.compile(
    r"""
      ^>?\s*[—–-]+\s*.{1,60}\(@\w+\)     # the signature of a post: — Name (@name)
    | ^https?://\S+$                     # a URL alone
    | ^(?:[#@][^\s#@,]{1,60}+[\s,]{0,3}+){1,20}+$  # hashtags and names only; possessive: linear on #a,,,#a,,,
    """,
    re.VERBOSE,
)
"""The last lines of an embedded post."""
_POST_STARTS = (">", *_DASHES, "http", "#", "@")
_COUNT = re.compile(
    r"""
    \d{1,6}\                                    # 12 comments; a bare number may be the report's
    (?:
        comments?|shares?|views?|likes?
        |टिप्पणी|टिप्पणियां|कमेंट|कमेंट्स
    )
    """,
    re.VERBOSE,
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
_GOES_ON = re.compile(
    r"""
      ^(?:\S{1,12}\s){0,4}विज्ञापन\s(?:के\s)?(?:बाद|नीचे)\s(?:\S{1,12}\s){0,3}जारी(?:\sहै)?$  # खबर विज्ञापन के बाद जारी है
    | ^(?:story|article|news)\scontinues\s(?:below|after)(?:\s\S{1,14}){0,3}$
    | ^(?:advertisement\s)?(?:scroll|swipe)\s(?:down\s)?(?:to|for)\s(?:\S{1,12}\s?){1,3}$
    """,
    re.VERBOSE,
)
"""The folded line beside an advertisement that says that the report continues."""
_CREDIT_LIKE = re.compile(
    r"""
      ^\W*[(\[]                # a bracket at the beginning of the line: (एपी)
    | [)\]][^\w)\]]*$          # one at its end: … है। (एपी)
    | ^[-–—]{1,3}\s*\S         # a dash before a name: --आईएएनएस
    | इनपुट | एजेंस | \binputs?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT_SIGNS = ("(", ")", "[", "]", "इनपुट", "एजेंस", "input")
"""A line that may be a credit holds one of these, or begins with a dash; the pattern takes ten times as long."""


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
def _first_of_markers() -> frozenset[str]:
    """Return the letters with which a phrase of `also_read` may begin: small, capital, or any sign with a nukta."""
    with_nukta = map(chr, range(0x0958, 0x0960))
    return frozenset(
        (*with_nukta, *(each for phrase in junk().also_read for each in (phrase[0].lower(), phrase[0].upper())))
    )


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
    if text[:1].isalnum() and text[0] not in _first_of_markers():
        return None
    found = _markers()[0].match(text)
    return text[found.end() :].strip() if found else None


def goes_on_from_marker(text: str, title: str) -> bool:
    """Return whether a line is a sentence that begins as a pointer does, without a mark: `ये भी देखें कि क्या हुआ था।`"""
    marker = text.removesuffix(title).rstrip()
    return "\u0900" <= marker[-1:] <= "\u0963" and _ends_sentence(title)


def without_marker(text: str) -> str | None:
    """Return a text without यह भी पढ़ें or a similar phrase at its end; None if it has none."""
    found = _markers()[1].search(text)
    return text[: found.start()].rstrip(" ([|-–—*•>") if found else None


def is_end(text: str, plain: str) -> bool:
    """Return whether a line marks the end of the report; `plain` is the line in the form of `junk.fold_phrase`."""
    if "समाप्त" in text and text.startswith(_DRAWN):
        return True
    phrases = junk()
    return len(plain) < 60 and (plain in phrases.end or plain.startswith(phrases.end_start))


def is_junk(line: Line, plain: str) -> bool:
    """Return whether a line is not part of any report: a label, a copyright notice, a line of an embedded post."""
    phrases = junk()
    if plain in phrases.labels and (plain in phrases.line or plain in phrases.tags or plain in phrases.whole):
        return True
    if opens_as_junk(plain):
        return not (has_sentences_behind(line.text) or (begins_no_label(line.text) and tells(plain)))
    may_surround = "सामग्री" in plain or plain.startswith(("छोड", "पोस्ट"))
    if may_surround and len(line.text) < 3 * _LONGEST_TITLE and _AROUND_BOX.search(plain):
        return True
    if plain[:1].isdecimal() and len(line.text) < _LONGEST_POST and _COUNT.fullmatch(plain):
        return True
    return (len(line.text) < _LONGEST_LABEL and _says_it_goes_on(plain)) or _is_junk_sentence(line.text)


def _says_it_goes_on(plain: str) -> bool:
    may_say_so = "विज्ञापन" in plain or "continues" in plain or "scroll" in plain or "swipe" in plain
    return may_say_so and _GOES_ON.match(plain) is not None


def _is_junk_sentence(text: str) -> bool:
    """Return whether a line is junk by what it says, not by how it begins."""
    if closes_summary(text) or asks_for_advertisements(text) or (len(text) < _LONGEST_POST and _posted_by(text)):
        return True
    return len(text) < _LONGEST_TITLE and (_is_labelled(text) or is_notice(text))


def is_plain_sentence(text: str) -> bool:
    """Return whether a line is a sentence, and nothing in it but its beginning may make it junk or a caption."""
    may_be_other = text.startswith(_DRAWN) or "सामग्री" in text or "(@" in text  # an end mark, or beside a post
    return is_sentence(text) and not (may_be_other or _is_junk_sentence(text) or photo_credit(text))


def _is_labelled(text: str) -> bool:
    return (":" in text or "：" in text) and _labels().match(text) is not None


def opens_as_junk(plain: str) -> bool:
    """Return whether a line begins with a phrase that begins no line of a report: `written by`."""
    phrases = junk()
    return plain[: phrases.head] in phrases.start_heads and plain.startswith(phrases.start)


def ends_post(text: str) -> bool:
    """Return whether a line is the signature of an embedded post: `— Name (@name) November 28, 2025`."""
    return len(text) < _LONGEST_POST and "(@" in text and _posted_by(text)


def _posted_by(text: str) -> bool:
    return _POST_PICTURE in text or (text.startswith(_POST_STARTS) and _POSTED_BY.match(text) is not None)


def is_pointer(line: Line) -> bool:
    """Return whether a line consists of links: at least 85 % of its characters."""
    return line.linked > 0 and line.linked >= _MOSTLY_LINKED * (len(line.text) - 3 * line.text.count(" | "))


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
        and not _ends_sentence(title)
        and not is_credit_like(label)
    )


def is_title(line: Line) -> bool:
    """Return whether a line may be the title of another article: it is short and does not end as a sentence."""
    return len(line.text) <= _LONGEST_TITLE and not _ends_sentence(line.text)


def is_sentence(text: str) -> bool:
    """Return whether a line is a paragraph: longer than 200 characters, or than 30 and ending as a sentence."""
    return len(text) > _LONGEST_TITLE or (len(text) > 30 and _ends_sentence(text))


def _ends_sentence(text: str) -> bool:
    """Return whether a line ends in a full stop, which closing quotes and brackets may follow, or in a colon."""
    end = text.rstrip()
    return end.rstrip(" \"'’”)]")[-1:] in _STOPS or end.endswith(_COLONS)


def is_credit_like(text: str) -> bool:
    """Return whether a line may be a credit: with a bracket, a dash before a name, `इनपुट`."""
    if len(text) >= 120 or not (text.startswith(_DASHES) or any(map(text.lower().__contains__, _CREDIT_SIGNS))):
        return False
    return _CREDIT_LIKE.search(text) is not None
