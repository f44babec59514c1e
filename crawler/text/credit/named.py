"""The agencies that the words of a sign-off name."""

import re
from dataclasses import dataclass

from crawler.text.agencies import Agency, find_agency

DASHES = " \u00a0\t-–—*~•:."
"""What stands around the names of a sign-off."""
INPUT = r"(?:इनपुट्?स?|इनपुटस|inputs?)"
_LEAD = re.compile(
    rf"^with\s+(?=.*{INPUT}$)|^(?:with\s+)?(?:{INPUT}|स्(?:त्)?रोत|सोर्स|साभार|सौजन्य|source|sources|courtesy|via)\s*(?:(?:from|से|by)\s+|[-–—:ः]+\s*|\s+)",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    rf"\s*(?:(?:के|से|की|का)\s+)?{INPUT}(?:\s+(?:के\s+साथ|से|सहित|के\s+आधार\s+पर).*)?$|\s+से(?:\s+प्राप्त.*)?$",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s*[,/&;+|]\s*|\s+(?:और|एवं|व|तथा|and|-|–)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Agencies that a line is signed with, and the words that say so."""

    agencies: tuple[Agency, ...]
    raw: str
    start: int
    """Offset of the words in their line."""
    rule: str
    """Which form it is, in words."""


def agencies_of(words: str) -> tuple[Agency, ...]:
    """Return the agencies that words name, input words aside; none if anything else stands there."""
    plain = _TRAIL.sub("", _LEAD.sub("", words.strip(DASHES))).strip(DASHES)
    whole = find_agency(plain)
    if whole is not None:
        return (whole,) if whole.may_credit else ()
    found = [find_agency(part.strip(DASHES)) for part in PARTS.split(plain) if part.strip(DASHES)]
    known = [agency for agency in found if agency is not None and agency.may_credit]
    return tuple(dict.fromkeys(known)) if known and len(known) == len(found) else ()


def agencies_among(words: str) -> tuple[Agency, ...]:
    """Return the agencies among the names of an acknowledgement, whoever else is thanked."""
    return agencies_of(words) or tuple(
        dict.fromkeys(a for part in PARTS.split(words) if (a := find_agency(part.strip(DASHES))) and a.may_credit)
    )
