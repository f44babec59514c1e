"""The agencies that the words of a sign-off or of a byline name."""

import re
from dataclasses import dataclass

from crawler.text.agencies import Agency, find_agency
from crawler.text.fold import fold

DASHES = " \u00a0\t-–—*~•:."
"""What stands around the names of a sign-off."""
QUOTES = "'\"‘’“”`"
INPUT = r"(?:इनपुट्?स?|इनपुटस|inputs?)"
_LEAD = re.compile(
    rf"""
    ^with\s++(?=.*{INPUT}$)                                  # With Agency Inputs
    | ^(?:with\s+)?(?:एजेंसी\s+)?
      (?:{INPUT}|(?:(?:news|न्यूज\u093c?|समाचार)\s+)?(?:स्(?:त्)?रोत|सोर्स|sources?)|साभार|सौजन्य|courtesy|via)\s*
      (?:(?:from|से|by)\s+|[-–—:ः]+\s*|\s+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TRAIL = re.compile(
    rf"""
    (?:(?<!\s)\s+)?(?:(?:के|से|की|का)\s+(?:(?:मिल[ेी]|प्राप्त|लिए\s+गए)\s+)?)?      # एपी से मिले इनपुट
      {INPUT}(?:\s+(?:के\s+साथ|से|सहित|(?:के\s+)?(?:आधार\s+)?पर).*)?$
    | (?<!\s)\s+से(?:\s+प्राप्त.*)?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BEHIND_INPUT = re.compile(r"(?<!\s)\s+(?:के\s+साथ|सहित|के\s+आधार\s+पर)$")
"""इनपुट एजेंसी के साथ: what stands behind the names where the word for input comes first."""
PARTS = re.compile(r"(?:(?<!\s)\s+)?[,/&;+|]\s*|(?<!\s)\s+(?:और|एवं|व|तथा|and|-|–)\s+", re.IGNORECASE)
_TRADE = tuple(map(fold, ("न्यूज एजेंसी", "समाचार एजेंसी", "संवाद एजेंसी", "संवाद समिति", "एजेंसी", "news agency", "agency")))
"""What a name may have before or behind it that says it is an agency's: समाचार एजेंसी रॉयटर्स, तास एजेंसी."""
_EDITIONS = tuple(map(fold, ("न्यूज", "हिंदी", "हिन्दी", "समाचार", "news", "hindi")))
"""What the name of an agency's own service ends in: ANI News, आईएएनएस हिंदी."""
_MOST_AGENCIES = 3
_LONGEST_AGENCY = 4
"""Words of the longest name that is looked for among others: प्रेस ट्रस्ट ऑफ इंडिया."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """What a line is signed with, and the words that say so."""

    agencies: tuple[Agency, ...] = ()
    people: tuple[str, ...] = ()
    """Who wrote or edited the report, as printed; a desk too."""
    raw: str
    start: int
    """Offset of the words in their line."""
    rule: str
    """Which form it is, in words."""
    is_sure: bool = True
    """Whether the words mean nothing else; if not, they count behind a dateline of the same agency alone."""


def agencies_of(words: str) -> tuple[Agency, ...]:
    """Return the agencies that words name, input words aside; none if anything else stands there.

    >>> [agency.id for agency in agencies_of("समाचार एजेंसी रॉयटर्स और एपी")]
    ['reuters', 'ap']
    """
    lead = _LEAD.match(words.strip(DASHES))
    plain = _TRAIL.sub("", words.strip(DASHES)[lead.end() if lead else 0 :])
    plain = (_BEHIND_INPUT.sub("", plain) if lead else plain).strip(DASHES)
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
    """Return the agency that words name, be it in quotes, or with समाचार एजेंसी before or behind it."""
    plain = words.strip(QUOTES + " ")
    agency = find_agency(plain)
    if agency is not None or " " not in plain:
        return agency
    folded = " ".join(fold(plain).split())
    for trade in _TRADE:
        inner = folded.removeprefix(f"{trade} ") if folded.startswith(trade) else folded.removesuffix(f" {trade}")
        found = find_agency(inner.strip(QUOTES)) if inner != folded else None
        if found is not None and found.kind == "agency":
            return found
    name, _, edition = folded.rpartition(" ")
    found = find_agency(name) if edition in _EDITIONS else None
    return found if found is not None and found.kind == "agency" and name not in found.traps else None


def leading_agencies(words: list[str]) -> tuple[list[Agency], list[str]]:
    """Return the agencies that words begin with, and the words behind them: एपी and भाषा of `एपी भाषा सुरभि`."""
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
    """Return the agencies among the names of an acknowledgement, whoever else is thanked."""
    return agencies_of(words) or tuple(
        dict.fromkeys(a for part in PARTS.split(words) if (a := find_named(part.strip(DASHES))) and a.may_credit)
    )
