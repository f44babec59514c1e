"""Parse signatures: an agency with its sub-editors' names or initials, or a correspondent with a role."""

import re

from crawler.text.agencies import Agency, find_agency, is_trap
from crawler.text.credit.byline_text import is_byline_row, parse_byline
from crawler.text.credit.named import DASHES, PARTS, SignOff, agencies_of, closing_bracket, leading_agencies
from crawler.text.dateline.elements import is_name
from crawler.text.desks import is_desk, is_named_desk
from crawler.text.fold import fold, fold_name
from crawler.text.people import (
    holds_family_name,
    holds_given_name,
    holds_institution,
    holds_ordinary_word,
    holds_person,
    is_role,
)
from crawler.text.places import find_place, look_up_exactly

_REPORTED_BY = re.compile(r"(?:रिपोर्ट|रिपोर्टः|एडिटर|संपादन|report)\s*[:ः-]*\s*", re.IGNORECASE)
_INITIALS = re.compile(r"[A-Z]{1,3}\.?")
"""`HY` in `(AP/HY)`: beside initials, AP is likely a sub-editor too, not the agency."""
_CODE = re.compile("(?:ए|बी|सी|डी|ई|एफ|जी|एच|आई|जे|के|एल|एम|एन|ओ|पी|क्यू|आर|एस|टी|यू|वी|डब्ल्यू|एक्स|वाई|जेड){2,4}")
"""Initials of a sub-editor: names of Latin letters written in Hindi, as IANS prints them: एसकेके/एएस."""
_SLUG = re.compile(
    r"""
    \s\d{3,4} \s\d{3,4}                   # day and month, then the time: 1206 2145
    (?:\s\S+){0,2} $                      # the place, in at most two words: वाशिंगटन
    """,
    re.VERBOSE,
)
"""Day, time and place that an agency's system prints after the names: 1206 2145 वाशिंगटन."""
_DASH = ("-", "–", "—")
_MOST_EDITORS = 3
_LONGEST_PERSON = 80  # characters
_NAME_AND_ROLE = re.compile(
    r"""
    (?: (?<!\s)\s+ )?                     # spaces, matched from the first only: linear on a run of them
    (?: [,:：–—] | -(?=\s) | (?<=\s)- )   # a hyphen with no space beside it belongs to the name
    \s*
    """,
    re.VERBOSE,
)
"""The separator of a name and its role: `सुनीता राव, खेल संवाददाता`, `संवाददाता - पूजा मेहता`."""
_SENT_FROM = re.compile(
    r"""
    (?P<place>\S{2,20}(?:\s\S{2,20})?)             # one or two words: काठमांडू, न्यू यॉर्क
    \sसे\s
    (?P<name>\S{2,20}(?:\s\S{2,20}){1,2}?)         # two or three; lazy: की रिपोर्ट belongs to no name
    (?P<report>\sकी\sरिपोर्ट)?
    """,
    re.VERBOSE,
)
"""काठमांडू से रीना थापा की रिपोर्ट."""
_BY = re.compile(r"by\s+([^\s:,]+(?:\s[^\s:,]+){1,3})", re.IGNORECASE)
"""A label without a colon, at the beginning of a line: By रमन वर्मा."""
_TELLS_WHO = re.compile(r"\s(?:का|की|के)\s|(?:^|\s)पूर्व\s")
"""In a role, it tells who somebody in the report is: `(यूएनआई के संपादक)`, `(पूर्व संपादक)`."""
_SOURCE = re.compile(r"\W*(?:source|agency|एजेंसी|द्वारा)", re.IGNORECASE)
"""A label behind which an institution may stand: `Source: World Bank`."""
_DESK_ENDINGS = tuple(map(fold, (" संवाददाता", " ब्यूरो", " डेस्क", " रिपोर्टर", " desk", " bureau", " correspondent")))
_TEAM_ENDINGS = tuple(map(fold, (" टीम", " न्यूज", " नेटवर्क", " संवाद सूत्र", " संवाद सहयोगी")))
_SENTENCE_ENDS = '।.?!|"”’…'


def read_editors(line: str) -> SignOff | None:
    """Return the agencies in brackets after names or initials of sub-editors: `एए/वीके (एपी, डीपीए)`."""
    found = closing_bracket(line)
    if found is None:
        return None
    who = line[: found.start()].strip()
    is_signed = bool(_REPORTED_BY.match(who)) or "/" in who
    names = _REPORTED_BY.sub("", who).replace("/", " ")
    agencies = agencies_of(found[1])
    if not agencies or not is_name(names) or (not is_signed and any(is_trap(part) for part in PARTS.split(found[1]))):
        return None
    people = parse_byline(who).names if _REPORTED_BY.match(who) else ()
    return SignOff(
        agencies=agencies,
        people=people,
        raw=(line if people else found[0]).strip(),
        start=0 if people else found.start(),
        rule="in brackets after names",
    )


def read_doubled(line: str, below: str) -> SignOff | None:
    """Return the agencies of a line whose last word, a sub-editor's name, is the whole next line: `भाषा राजेश`, `राजेश`.

    `below` is the next line; PTI-Bhasha prints the name twice.
    """
    words = line.split() if len(line) <= _LONGEST_PERSON else []
    agencies, editors = leading_agencies(words)
    if not agencies or not 0 < len(editors) <= _MOST_EDITORS or below.split() != editors[-1:]:
        return None
    return SignOff(
        agencies=tuple(dict.fromkeys(agencies)),
        raw=line.strip(),
        start=0,
        rule="agency and its desk's name, printed twice",
    )


def read_desk(words: str, *, behind_sentence: bool) -> tuple[tuple[Agency, ...], bool] | None:
    """Return the agencies of a signature such as `भाषा पारुल` and whether it is certain, or None if it is none.

    A subhead may begin with an agency's name too (`वार्ता विफल`, `रॉयटर्स सर्वेक्षण`): the other words must be names.
    """
    if any(sign in words for sign in ":,।"):
        return None
    parts = re.sub(r"[/()\[\]]|(?<!\S)[-–—]{1,3}", " ", _SLUG.sub("", words)).split()
    while len(parts) > 1 and _is_code(parts[0]):
        parts = parts[1:]
    agencies, editors = leading_agencies(parts)
    names = " ".join(editors)
    if not agencies or len(editors) > _MOST_EDITORS or any(_INITIALS.fullmatch(name) for name in editors):
        return None
    if editors and (not is_name(names) or holds_institution(names)):
        return None
    if editors and words.lstrip(DASHES)[:1] in "([" and not (holds_given_name(names) or all(map(_is_code, editors))):
        return None  # (भाषा) विवाद, but (भाषा) यासिर
    is_apart = behind_sentence or words[:1] in _DASH or "/" in words
    are_words_too = all(map(is_trap, parts[: len(parts) - len(editors)]))
    return tuple(dict.fromkeys(agencies)), not editors or _are_editors(editors, is_apart, are_words_too)


def _are_editors(editors: list[str], is_apart: bool, are_words_too: bool) -> bool:
    """Return whether the words after an agency are its sub-editors' names.

    `is_apart`: a dash, a slash or a sentence end sets the signature off. `are_words_too`: the agency's name is also an
    ordinary word.
    """
    names = " ".join(editors)
    if holds_given_name(names) or (not are_words_too and all(map(_is_code, editors))):
        return True
    if len(editors) == 1 and holds_person(names):
        return is_apart and not are_words_too  # एपी सिंह is a person
    return is_apart or holds_person(names) or editors[-1:] == editors[-2:-1]


def _is_code(word: str) -> bool:
    return _CODE.fullmatch(word) is not None and find_agency(word) is None


def read_people(line: str) -> SignOff | None:
    """Return the people, and agencies beside them, in a line or the brackets at its end: `(सुनीता राव, संवाददाता)`."""
    bracket = closing_bracket(line)
    before = line[: bracket.start()].rstrip() if bracket else ""
    if bracket and (not before or before[-1] in _SENTENCE_ENDS):
        found = _signed(bracket[1])
        start = len(before)
    elif len(line) <= _LONGEST_PERSON and not line.rstrip().endswith(("।", "?", "!")):
        found, start = _signed(line), 0
    else:
        return None
    if found is None:
        return None
    people, agencies = found
    return SignOff(
        agencies=agencies, people=people, raw=line[start:].strip(), start=start, rule="names who wrote or edited it"
    )


def _signed(words: str) -> tuple[tuple[str, ...], tuple[Agency, ...]] | None:
    """Return the people and agencies of a signature; None if the words can be anything else."""
    plain = words.strip(DASHES)
    if is_byline_row(plain):
        byline = parse_byline(plain)
        names = tuple(name for name in byline.names if not _is_code(name))  # रिपोर्ट: मथियास हाइन/एनआर
        is_known = any(map(holds_person, names)) or not (names and _SOURCE.match(plain))
        if all(map(_may_be_labelled, names)) and is_known and (names or byline.agencies):
            return names, tuple(agency for agency, _ in byline.agencies)
        return None
    if found := _BY.fullmatch(plain):
        return ((found[1],), ()) if holds_person(found[1]) and _may_be_labelled(found[1]) else None
    if found := _SENT_FROM.fullmatch(plain):
        is_person = _may_be_labelled(found["name"]) if found["report"] else holds_person(found["name"])
        return ((found["name"],), ()) if is_person and _is_city(found["place"]) else None
    if (is_role(plain) and not _TELLS_WHO.search(plain)) or _is_signing_desk(plain):
        return ((plain,) if " " in plain else ()), ()
    name, *others = _NAME_AND_ROLE.split(plain, maxsplit=2)
    if len(others) == 2 and find_place(others[1]):
        others = others[:1]
    if len(others) != 1:
        return None
    person, role = (others[0], name) if is_role(name) else (name, others[0])
    return ((person,), ()) if is_role(role) and not is_role(person) and _may_sign(person) else None


def _may_sign(name: str) -> bool:
    return is_name(name) and not holds_institution(name)


def _may_be_labelled(name: str) -> bool:
    """Return whether a name may stand behind a label (`रिपोर्ट:`), where a headline may stand too."""
    words = name.split()
    if not _may_sign(name) or find_agency(name) or re.search(r"\d", name):
        return False
    if len(words) > 1 and holds_family_name(words[-1]):
        return True
    is_foreign = len(words) > 1 and (holds_person(name) or not any(map(_is_broad, words)))
    return not holds_ordinary_word(name) and (is_foreign or holds_given_name(name))


def _is_broad(name: str) -> bool:
    named = look_up_exactly(name)
    return named is not None and named.is_broad


def _is_city(name: str) -> bool:
    return look_up_exactly(name) is not None and not _is_broad(name)


def _is_signing_desk(words: str) -> bool:
    """Return whether words name a desk: `विदेश डेस्क`; one word alone, or an outlet's name alone, is too ambiguous."""
    folded = fold_name(words)
    if " " not in folded or "," in folded:
        return False
    is_team = folded.endswith(_TEAM_ENDINGS) and is_named_desk(words)
    return is_team or (folded.endswith(_DESK_ENDINGS) and is_desk(words))
