"""Find the media that a text quotes as its source: `एनएचके ने कहा`, `समाचार एजेंसी रॉयटर्स के अनुसार`."""

import re
from collections.abc import Collection, Iterator, Sequence

from crawler.text.agencies import Mention, mentions
from crawler.text.fold import fold

_CUES = (
    "कहा कहना कहती कहता बताया बतलाया बताती बताता अनुसार मुताबिक हवाले रिपोर्ट रिपोर्टों खबर खबरों लिखा लिखती लिखता दावा पुष्टि "
    "जानकारी प्रकाशित प्रसारित छापा इंटरव्यू साक्षात्कार बातचीत हवाला सूचना उद्धृत बताते बयान आकलन मानना मानें माने दिखाया"
).split()
_WORD_ENDS = "(?![\u0900-\u0963])"
_SAYS = re.compile(
    rf"""
    [)\]'"\s]*(?:ने|को|के|की|से|पर|में|का)\s+(?:[^\s।]+\s+){{0,5}}?
        (?:{"|".join(map(fold, _CUES))}|बात\s+करते){_WORD_ENDS}
    """,
    re.VERBOSE,
)
_REPORTERS = "(?:पत्रकार|पत्रकारों|संवाददाता|संवाददाताओं|रिपोर्टर|रिपोर्टरों|प्रतिनिधि)"
_SAW = "(?:देखा|देखी|देखे|सुना|सुनी|बताया|बताते|कहा|गिना|गिनी|गिने|लिखा|पुष्टि)"
_REPORTERS_SAW = re.compile(
    rf"""
    [)\]'"\s]* के\s+ (?:[^\s।]+\s+)? {_REPORTERS}\s+              # an adjective may stand between: एएफपी के दो पत्रकारों
    (?: ने | के\s+(?:अनुसार|मुताबिक){_WORD_ENDS} )
    (?: (?<=ने)\s+(?:[^\s।]+\s+){{0,8}}?{_SAW}{_WORD_ENDS}       # ने needs a verb of seeing or saying: at most 8 words on
      | (?<!ने) )                                               # के अनुसार needs none
    """,
    re.VERBOSE,
)
"""An agency's reporters are the source: एएफपी के पत्रकारों ने सीमा पर टैंक देखे."""
_REPORTS = re.compile(
    fold(
        r"""[)\]'"\s]*(?:
            की\s+(?:एक\s+|इस\s+|ताजा\s+|अपनी\s+)?(?:रिपोर्ट|रिपोर्टों|खबर|खबरों)\s+
                (?:के\s+(?:अनुसार|मुताबिक|हवाले)|में\s+(?:कहा|बताया)|बताती|कहती|से\s+पता)
            | ने\s+(?:अपनी\s+|एक\s+)?(?:रिपोर्ट|खबर)\s+(?:में|दी)
            | के\s+हवाले\s+से
            | ने\s+(?:[^\s।]+\s+){1,4}?के\s+हवाले\s+से\s+(?:[^\s।]+\s+){0,3}?(?:कहा|बताया|लिखा|खबर|दावा)   # ने मंत्रालय के …
            | को\s+दिए\s+(?:गए\s+)?(?:[^\s।]+\s+){0,2}(?:इंटरव्यू|साक्षात्कार)
        )"""
    ),
    re.VERBOSE,
)
"""Words that only an agency has after its name; for names that are ordinary words too: एपी की रिपोर्ट के अनुसार."""
_SPEAKS = re.compile(
    fold(
        rf"""[)\]'"\s]*(?:
            ने\s+(?:[^\s।]+\s+){{0,3}}?(?:कहा|बताया|लिखा|खबर|रिपोर्ट|दावा|पुष्टि)
            | के\s+(?:अनुसार|मुताबिक|हवाले) | का\s+(?:कहना|दावा) | को\s+(?:बताया|दिए) | से\s+(?:कहा|बातचीत)
        ){_WORD_ENDS}"""
    ),
    re.VERBOSE,
)
"""Verbs of speaking after a name; enough if the name's other meaning is a thing, which cannot speak: तास ने कहा."""
_TRADE = "(?:समाचार|न्यूज|खबर|संवाद)"
_INTRODUCED = re.compile(
    fold(
        rf"""
          {_TRADE}\s+(?:एजेंसी|एजेंसियों|समिति|चैनल|पोर्टल)['"(\s]*$        # समाचार एजेंसी: an agency alone may be जांच एजेंसी
        | (?:मीडिया|अखबार|टीवी|दैनिक|प्रसारक|वेबसाइट)['"(\s]*$            # अखबार: one word is enough
        """
    ),
    re.VERBOSE,
)
"""Words before a name that make it an agency or a medium."""
_BARELY_INTRODUCED = re.compile(fold("ी\\s+एजेंसी['\"(\\s]*$"))
"""रूसी एजेंसी तास, सरकारी एजेंसी सना: an adjective of a country or of the state; जांच एजेंसी is no news agency."""
_AFTER_NAME = re.compile(fold(rf"['\")\s]*\s(?:{_TRADE}\s+(?:एजेंसी|समिति|चैनल)|एजेंसी|टीवी){_WORD_ENDS}"))
"""Words for a news agency between a name and its verb: योनहाप समाचार एजेंसी ने बताया."""
_BETWEEN = re.compile(
    fold(
        r"""
          ['")\s]* (?: , | / | \s(?:और|एवं|तथा|व)(?=\s) ) ['"(\s]*        # a list
        | \s*\(                                                        # an abbreviation after the full name
        """
    ),
    re.VERBOSE,
)
"""What joins names that share a verb: सीएनएन और बीबीसी ने, एसोसिएटेड प्रेस (एपी) ने."""
# In characters of the folded line: how far words count before a group of names and after it, how long a joint between
# two names is, and how near a word shows the other meaning of a name.
_LOOK_BACK = 40
_LOOK_AHEAD = 90
_LONGEST_JOINT = 12
_NEARBY = 200


def read_cited_media(lines: Sequence[str], credited: Collection[str] = ()) -> tuple[str, ...]:
    """Return the ids of the media that sentences quote, in the order of the text, without those in `credited`.

    >>> read_cited_media(["निप्पॉन होसो क्योकाई (एनएचके) ने कहा कि बातचीत जारी है।"])
    ('nhk',)
    """
    found: dict[str, None] = {}
    text = "\n".join([line.replace("\n", " ") for line in lines])  # one text is searched quicker than many lines
    folded = fold(text)
    for group in _groups(folded):
        if _is_quoted(group, folded):
            found |= {mention.agency.id: None for mention in group if mention.agency.id not in credited}
    return tuple(found)


def read_source_cue(after: str) -> str | None:
    """Return the words after a name that make it a source, or None; `after` is folded text, and so is the result.

    >>> read_source_cue(") ने कहा कि")
    'ने कहा'
    """
    found = _SAYS.match(after)
    return found[0].strip(" )]'\"") if found else None


def _groups(folded: str) -> Iterator[list[Mention]]:
    """Yield the names of agencies and media in folded lines; a comma or `और` between two in a line makes one group."""
    group: list[Mention] = []
    for mention in mentions(folded):
        if mention.agency.kind == "unnamed":
            continue
        joint = folded[group[-1].end : mention.start] if group else ""
        if group and not (len(joint) <= _LONGEST_JOINT and "\n" not in joint and _BETWEEN.fullmatch(joint)):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _is_quoted(group: list[Mention], folded: str) -> bool:
    """Return whether the words around a group of names make it a source.

    If each name is also an ordinary word (भाषा, एपी), the words must fit an agency only.
    """
    before, after = _beside(group, folded, _LOOK_BACK, _LOOK_AHEAD)
    trade = _AFTER_NAME.match(after)
    said = after[trade.end() :] if trade else after
    if _INTRODUCED.search(before) or _REPORTERS_SAW.match(said):
        return True
    if all(mention.is_trap for mention in group):
        if trade or _BARELY_INTRODUCED.search(before):
            return bool(_SAYS.match(said))
        is_silent = all(folded[mention.start : mention.end] in mention.agency.silent for mention in group)
        says = _REPORTS.match(said) or (is_silent and _SPEAKS.match(said))
        return bool(says) and _shows_no_other(group, folded)
    return bool(_SAYS.match(said))


def _shows_no_other(group: list[Mention], folded: str) -> bool:
    """Return whether no word nearby shows another meaning of a name: इमरान beside पीटीआई, his party."""
    before, after = _beside(group, folded, _NEARBY, _NEARBY)
    around = f"{before}{folded[group[0].start : group[-1].end]}{after}"
    other = {word for mention in group for word in mention.agency.traps[folded[mention.start : mention.end]]}
    return not any(word in around for word in other)


def _beside(group: list[Mention], folded: str, back: int, ahead: int) -> tuple[str, str]:
    """Return at most so many characters before a group of names and after it, in its line."""
    start, end = group[0].start, group[-1].end
    return folded[max(0, start - back) : start].rpartition("\n")[2], folded[end : end + ahead].partition("\n")[0]
