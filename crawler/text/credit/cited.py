"""Find the media that a text quotes as its source: `एनएचके ने कहा`, `समाचार एजेंसी रॉयटर्स के अनुसार`."""

import re
from collections.abc import Collection, Sequence

from crawler.text.agencies import mentions
from crawler.text.fold import fold

_CUES = (
    "कहा कहना बताया बतलाया अनुसार मुताबिक हवाले रिपोर्ट रिपोर्टों खबर खबरों लिखा दावा पुष्टि जानकारी प्रकाशित प्रसारित छापा "
    "इंटरव्यू साक्षात्कार बातचीत हवाला सूचना उद्धृत बताते बयान आकलन"
).split()
_SAYS = re.compile(
    rf"[)\]'\"\s]*(?:ने|को|के|की|से|पर|में|का)\s+(?:[^\s।]+\s+){{0,5}}?(?:{'|'.join(map(fold, _CUES))})(?![\u0900-\u0963])"
)
_BODY = "(?:समाचार|न्यूज|खबर|संवाद)"
_INTRODUCED = re.compile(
    fold(rf"{_BODY}\s+(?:एजेंसी|एजेंसियों|समिति|चैनल|पोर्टल)['\"(\s]*$|(?:मीडिया|अखबार|टीवी|दैनिक)['\"(\s]*$")
)
_LOOK_BACK = 40
_LOOK_AHEAD = 90


def read_cited_media(lines: Sequence[str], credited: Collection[str] = ()) -> tuple[str, ...]:
    """Return the ids of media that sentences quote, in the order of the text, those in `credited` aside.

    >>> read_cited_media(["निप्पॉन होसो क्योकाई (एनएचके) ने कहा कि बातचीत जारी है।"])
    ('nhk',)
    """
    found: dict[str, None] = {}
    for line in lines:
        folded = fold(line)
        for mention in mentions(folded):
            if mention.agency.kind == "unnamed" or mention.agency.id in credited or mention.agency.id in found:
                continue
            introduced = bool(_INTRODUCED.search(folded[max(0, mention.start - _LOOK_BACK) : mention.start]))
            says = bool(_SAYS.match(folded[mention.end : mention.end + _LOOK_AHEAD]))
            if introduced or (says and not mention.is_trap):
                found[mention.agency.id] = None
    return tuple(found)


def read_source_cue(after: str) -> str | None:
    """Return the words behind a name that make it a source, or None; both folded.

    >>> read_source_cue(") ने कहा कि")
    'ने कहा'
    """
    found = _SAYS.match(after)
    return found[0].strip(" )]'\"") if found else None
