"""Recognise lines that hold only a time: the date row of a report, the time of an entry in a live blog."""

import re
from functools import lru_cache

from crawler.text.calendar import calendar, either
from crawler.text.fold import fold_name

_YEAR = r"(?:19|20|१९|२०)[\d०-९]{2}"
_DATE_ROW = re.compile(
    rf"""
      {_YEAR}.{{0,120}}(?:\bIST\b|[\d०-९]{{1,2}}:[\d०-९]{{2}})          # a year, and after it a time of day
    | [\d०-९]{{1,2}}:[\d०-९]{{2}}.{{0,120}}{_YEAR}                      # a time of day, and after it a year
    | ^\D{{0,40}}[\d०-९]{{1,2}}[\s,]{{1,3}}\S{{3,12}}[\s,]{{1,3}}{_YEAR}\W*$   # at most a name, and `13 जून 2024`
    | ^\D{{0,60}}[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}},\s*{_YEAR}\W*$        # at most a name, and `Jun 13, 2024`
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A row with a year, which `_A_YEAR` finds sooner."""
_SPAN_ROW = re.compile(
    r"""
    ^\D{0,40}\d{1,3}\s+(?:मिनट|घंट[ाे]|घण्ट[ाे]|दिन|हफ्ते|minutes?|hours?|days?|weeks?|mins?|hrs?)
        \s+(?:पहले|ago)\W*$                                        # at most a name, and `5 घंटे पहले`
    | ^\W*(?:estimated\s)?(?:read(?:ing)?\s+time|time\s+to\s+read
        |(?:पढ\u093cने|पठन)\s+(?:(?:का|में\s+लगने\s+वाला)\s+)?समय)\W{0,4}\d{1,3}\s*\S{0,12}$     # पढ़ने का समय: 4 मिनट
    | ^\W*\d{1,3}\s*(?:mins?|minutes?|मिनट)\s+
        (?:read|(?:में\s)?पढ\u093cें|का\sपाठ|की\sरीड|पढ\u093cने\sका\sसमय)\W*$    # 4 min read, 4 मिनट में पढ़ें
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A row of a span of time, or of the time that reading takes; all begin at the beginning."""
_LABEL = re.compile(
    r"""
    ^\W*(?:(?:last|first)\s+)?(?:updated|published|publish\s+date|posted|modified|created
        |प्रकाशित|प्रकाशन\s(?:तिथि|तारीख|समय)|अपडेटेड|अपडेट|अद्यतन|अंतिम\sअपडेट|पब्लिश)(?![a-z\u0900-\u0963])
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The label of a time. A sentence may begin so too: `प्रकाशित आंकड़ों के अनुसार 45 लोग …`."""
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
_A_YEAR = re.compile(_YEAR)
_LONGEST_TIME = 80
_DIGIT = re.compile(r"\d")


def is_date_row(text: str) -> bool:
    """Return whether a line holds only the time of a report, perhaps with a label, a place or a name."""
    if len(text) >= 120 or text.endswith("।") or not _DIGIT.search(text):
        return len(text) < 80 and text.endswith(("क्षण पहले", "just now"))
    if _LABEL.match(text) and _time_at_end().search(fold_name(text)):
        return True
    if _SPAN_ROW.match(text):
        return True
    return _A_YEAR.search(text) is not None and (_DATE_ROW.search(text) is not None or _is_time_alone(text))


def _is_time_alone(text: str) -> bool:
    return len(text) < _LONGEST_TIME and _time_alone().fullmatch(fold_name(text)) is not None


def is_clock(text: str) -> bool:
    """Return whether a line is the time of an entry in a live blog: `10:45 AM`, `13 जून 2024, 10:45 (IST)`."""
    return len(text) < 60 and (_CLOCK_LINE.match(text) is not None or _ISO_TIME.match(text) is not None)


@lru_cache(maxsize=1)
def _time_at_end() -> re.Pattern[str]:
    """Return the pattern of a time behind which a folded line has only more of it, a zone, or a name after a bar."""
    phrase = either("से के का की में पर को ने और है हैं the in of to".split())
    return re.compile(
        rf"""
        {_day_or_hour()}
        (?: [^\w\u0900-\u0963]++ | \d{{1,2}}[:.]\d\d
          | \d{{1,2}}[ ]?(?:mins?|minutes?|मिनट)[ ](?:read|(?:में[ ])?पढें|का[ ]पाठ)      # 4 min read
          | \d{{1,4}}(?!\d) | {_beside()} )*+
        (?: (?<=[|•·,][ ]) (?:[ ]?(?!{phrase})[a-z.\u0900-\u0963]{{2,16}}){{1,3}} )? $   # a name, as a desk's
        """,
        re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _time_alone() -> re.Pattern[str]:
    """Return the pattern of a folded line of dates, hours, zones and labels: `4 मार्च 2025 को शाम 5 बजे प्रकाशित`."""
    labels = either((*calendar().labels, "किया गया", "हुआ", "at", "on"))
    return re.compile(
        rf"""
        (?: [^\w\u0900-\u0963]++ | {_day_or_hour()} | {labels} | {_beside()} | \d{{1,2}}[:.]\d\d | \d{{4}}(?!\d) )++
        """,
        re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _day_or_hour() -> str:
    words = calendar()
    month = either([*words.months, *words.short_months])
    return rf"""
        (?: (?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[ .,/-]{{0,3}}{month}           # 12 जून
          | {month}[.॰]?[ /-]{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?(?!\d)         # June 12
          | (?<!\d)\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}(?!\d)             # 12/06/2024, 2024-06-12
          | (?<!\d)\d{{1,2}}[:.]\d\d(?!\d)                              # 10:45
          | (?<!\d)\d{{1,2}}[ ]?{either(("am", "pm", "a.m.", "p.m.", "बजे"))}
          | (?<!\d)\d{{1,3}}[ ]{either(words.units)}[ ]{either(words.ago)}  # 5 घंटे पहले
        )
    """


@lru_cache(maxsize=1)
def _beside() -> str:
    """Return the pattern of what stands beside a day or an hour: a weekday, a part of the day, a zone."""
    words = calendar()
    return either((*words.weekdays, *words.halves, *words.zones, "को", "पर", "at", "बजे", "ist", "hrs", "h"))
