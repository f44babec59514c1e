"""Look up the agencies named in the words of a sign-off or a byline."""

import re
from dataclasses import dataclass

from crawler.text.agencies import Agency, find_agency
from crawler.text.fold import fold, fold_name

REACH = 400
"""Characters at the end of a line that are searched for a sign-off."""
_CLOSING_BRACKET = re.compile(
    r"""
    [(\[{] ([^()\[\]{}\n]{1,90}) [)\]}]   # group 1: what the last brackets hold
    \s*+ [।.|]*+ \s*$                     # a danda may follow them; possessive: linear on a line of spaces
    """,
    re.VERBOSE,
)
DASHES = " \u00a0\t-–—*~•:."
"""Characters to strip around the names in a sign-off."""
QUOTES = "'\"‘’“”`"
INPUT = r"(?:इनपुट्?स?|इनपुटस|inputs?)"
_LEAD = re.compile(
    rf"""
    ^with\s++(?=.*{INPUT}$)                                  # With Agency Inputs: "Inputs" is left to _TRAIL
    | ^(?:with\s+)?(?:एजेंसी\s+)?                              # एजेंसी इनपुट: the word for agency names none
      (?:{INPUT}|(?:(?:news|न्यूज\u093c?|समाचार)\s+)?(?:स्(?:त्)?रोत|सोर्स|sources?)|साभार|सौजन्य|courtesy|via)\s*
      (?:(?:from|से|by)\s+|[-–—:ः]+\s*|\s+(?!के\s|सहित))      # Inputs from AP, इनपुट: एपी, साभार एपी
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TRAIL = re.compile(
    rf"""
    (?:(?<!\s)\s+)?(?:(?:के|से|की|का)\s+(?:(?:मिल[ेी]|प्राप्त|लिए\s+गए)\s+)?)?      # एपी से मिले इनपुट
      {INPUT}(?:\s+(?:के\s+साथ|से|सहित|(?:के\s+)?(?:आधार\s+)?पर).*)?$            # … इनपुट के आधार पर
    | (?<!\s)\s+(?:के\s+सौजन्य\s+)?से(?:\s+प्राप्त.*)?$                          # एपी से; एपी से प्राप्त
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTER_AGENCIES = re.compile(
    r"""
    (?<!\s)\s+                          # matched from the first space only: linear on a run of them
    (?:
        के\s+साथ|सहित|के\s+आधार\s+पर       # इनपुट एजेंसी के साथ
        |(?:से\s+)?भी                    # इनपुट भाषा से भी
    )$
    """,
    re.VERBOSE,
)
"""The words after the names when the word for input comes first."""
PARTS = re.compile(
    r"""
    (?: (?<!\s)\s+ )? [,/&;+|] \s*                       # एपी/एएफपी; spaces match from the first only: linear on a run
    | (?<!\s)\s+ (?:और|एवं|व|तथा|and|-|–) \s+            # एपी और एएफपी; a dash without spaces belongs to a name
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The separators of agencies in one sign-off."""
_TRADE = tuple(map(fold, ("न्यूज एजेंसी", "समाचार एजेंसी", "संवाद एजेंसी", "संवाद समिति", "एजेंसी", "news agency", "agency")))
"""Words for a news agency, printed before or after its name: समाचार एजेंसी रॉयटर्स, तास एजेंसी."""
_EDITIONS = tuple(map(fold, ("न्यूज", "हिंदी", "हिन्दी", "समाचार", "news", "hindi")))
"""The last word in the name of an agency's service: ANI News, आईएएनएस हिंदी."""
_MOST_AGENCIES = 3
_LONGEST_AGENCY = 4
"""Words in the longest name of an agency: प्रेस ट्रस्ट ऑफ इंडिया."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """The words of a line that credit a report to agencies or people."""

    agencies: tuple[Agency, ...] = ()
    people: tuple[str, ...] = ()
    """Writers, editors and desks, as printed."""
    raw: str
    """The sign-off as printed."""
    start: int
    """Index in the line of its first character."""
    rule: str
    """The form it has, in words, for `scrapy explain`."""
    is_sure: bool = True
    """False if the words may mean something else; then they count only if the dateline names the same agency."""


def closing_bracket(line: str) -> re.Match[str] | None:
    """Return the brackets at the end of a line, of which group 1 is the content, or None: `… चाहता है। (एपी)`."""
    if not line.rstrip().rstrip("।.|").rstrip().endswith((")", "]", "}")):
        return None
    return _CLOSING_BRACKET.search(line, max(0, len(line) - REACH))


def agencies_of(words: str) -> tuple[Agency, ...]:
    """Return the agencies if the words are names of agencies and words for input (`इनपुट`) only, else ().

    >>> [agency.id for agency in agencies_of("समाचार एजेंसी रॉयटर्स और एपी")]
    ['reuters', 'ap']
    """
    lead = _LEAD.match(words.strip(DASHES))
    plain = _TRAIL.sub("", words.strip(DASHES)[lead.end() if lead else 0 :])
    plain = (_AFTER_AGENCIES.sub("", plain) if lead else plain).strip(DASHES)
    whole = find_named(plain)
    if whole is not None:
        return (whole,) if whole.may_credit else ()
    found = [find_named(part.strip(DASHES)) for part in PARTS.split(plain) if part.strip(DASHES)]
    known = [agency for agency in found if agency is not None and agency.may_credit]
    if known and len(known) == len(found):
        return tuple(dict.fromkeys(known))
    several, rest = leading_agencies(plain.split())
    return () if rest or len(several) < 2 else tuple(dict.fromkeys(several))


def find_named(words: str) -> Agency | None:
    """Return the agency with this name, which may be in quotes or have समाचार एजेंसी before or after it, or None."""
    plain = words.strip(QUOTES + " ")
    agency = find_agency(plain)
    if agency is not None or " " not in plain:
        return agency
    folded = fold_name(plain)
    for trade in _TRADE:
        inner = folded.removeprefix(f"{trade} ") if folded.startswith(trade) else folded.removesuffix(f" {trade}")
        found = find_agency(inner.strip(QUOTES)) if inner != folded else None
        if found is not None and found.kind == "agency":
            return found
    name, _, edition = folded.rpartition(" ")
    found = find_agency(name) if edition in _EDITIONS else None
    return found if found is not None and found.kind == "agency" and name not in found.traps else None


def leading_agencies(words: list[str]) -> tuple[list[Agency], list[str]]:
    """Return the agencies that a list of words begins with, and the other words: `एपी भाषा सुरभि` → AP, Bhasha; सुरभि."""
    found: list[Agency] = []
    while words and len(found) < _MOST_AGENCIES:
        sizes = range(min(_LONGEST_AGENCY, len(words)), 0, -1)
        known = ((size, find_agency(" ".join(words[:size]).strip(DASHES))) for size in sizes)
        size, agency = next(((size, a) for size, a in known if a and a.kind == "agency" and a.may_credit), (0, None))
        if agency is None:
            break
        found.append(agency)
        words = words[size:]
    return found, words


def agencies_among(words: str) -> tuple[Agency, ...]:
    """Return the agencies in an acknowledgement, even if it names others than agencies too."""
    return agencies_of(words) or tuple(
        dict.fromkeys(a for part in PARTS.split(words) if (a := find_named(part.strip(DASHES))) and a.may_credit)
    )
