"""Recognise lines that hold only a time: the date row of a report, the time of an entry in a live blog."""

import re

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


def is_date_row(text: str) -> bool:
    """Return whether a line holds only the time of a report, perhaps with a label, a place or a name."""
    if len(text) >= 120 or text.endswith("।") or not _DIGIT.search(text):
        return len(text) < 80 and text.endswith(("क्षण पहले", "just now"))
    return _DATE_ROW.search(text) is not None


def is_clock(text: str) -> bool:
    """Return whether a line is the time of an entry in a live blog: `10:45 AM`, `13 जून 2024, 10:45 (IST)`."""
    return len(text) < 60 and (_CLOCK_LINE.match(text) is not None or _ISO_TIME.match(text) is not None)
