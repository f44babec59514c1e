"""Search the first lines of a report for its dateline."""

import re
from collections.abc import Iterator, Sequence

from crawler.text.date_rows import is_date_row
from crawler.text.dateline.rare_forms import read_rare_form, read_updated
from crawler.text.dateline.rules import is_known_city, judge
from crawler.text.dateline.slot import Slot, slots
from crawler.text.dateline.spots import spots_of
from crawler.text.dateline.verdict import SPLITTERS, Verdict

_MOST_PROSE = 3
"""Lines of sentences before a dateline at most: a summary."""
_LAST_LINE = 12
"""Lines that are searched: before a dateline may stand an agency, a time of update, bullets, labels."""
_NEAR = 3
"""Lines that are searched even if one of them is the first paragraph of the report."""
_SUMMARY = 160
"""Characters of a summary at most; a longer paragraph is the report's, and below it no subhead is a dateline."""
_REPORT = 60
"""Characters of a paragraph at least; a shorter text after a city and a colon is an entry of a list."""
_REPEATED = 20
"""Characters of a summary that are compared with the beginning of the report."""
_SENTENCE_END = re.compile(
    r"""
    [।?!.]
    (?: (?<=।) \s*$          # a sentence; a headline may end in ! or ?, never in a danda
      | (?<=.{60}\.) \s*$    # a stop ends a sentence as well, where the line is not a label: By Meena Joshi.
      | \s+\S )              # two sentences
    """,
    re.VERBOSE,
)

_LONGEST_CREDIT = 60  # characters
_PHOTO = r"(?:photos?|images?|pics?|फोटो|तस्वीर|चित्र)"
_COURTESY = r"(?:\s(?:credits?|courtesy|source|साभार|सौजन्य(?:\sसे)?|स्रोत|सोर्स))"
_CAPTION = re.compile(
    rf"""
      [(\[] (?:[^()\[\]]*\s)? {_PHOTO}{_COURTESY}{{0,2}}               # (ANI Photo
        (?:\s?[:/–-][^()\[\]]*)? [)\]] [\s.।]* $                     # (Photo: ANI), (फोटो/एपी)
    | (?<![^\s.।|,/–-]) {_PHOTO}                                    # फोटो: एपी
        (?:{_COURTESY}{{0,2}}\s?[:/–-]{{1,2}}|{_COURTESY})               # फोटो साभार एपी
        (?:\s?[^\s।:()]{{2,16}}){{1,2}}$                                # a name; more words may be a sentence
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The credit of a picture at the end of its caption."""
_PHOTO_LETTERS = re.compile("[pPgG]|फोटो|तस्वीर|चित्र")
"""Each word for a picture holds one of these, in any case; the pattern of a caption is tried at every letter."""


def judged_lines(lines: Sequence[str]) -> Iterator[tuple[int, str, Slot | None, Verdict]]:
    """Yield the lines that may hold a dateline: index, text, the slot at its beginning or None, and the verdict."""
    prose, has_begun = 0, False
    for number, line in enumerate(lines[:_LAST_LINE]):
        if len(line) < _SUMMARY and _is_caption(line[-_LONGEST_CREDIT:]):
            yield number, line, None, Verdict(False, "the caption of a picture")
            continue
        slot, verdict = _best(line)
        if (
            slot is not None
            and prose
            and not (_stands_alone(slot) or (prose == 1 and _ends_summary(slot, lines, number)))
        ):
            verdict = Verdict(False, "it stands after a sentence, without a date or an agency")
        yield number, line, slot, verdict
        if (slot is None or not verdict.accepted) and (len(line) > _SUMMARY or _ends_sentence(line)):
            prose += 1
            has_begun = has_begun or len(line) > _SUMMARY
        if prose > _MOST_PROSE or (has_begun and number + 1 >= _NEAR):
            return


def _is_caption(end: str) -> bool:
    return _PHOTO_LETTERS.search(end) is not None and _CAPTION.search(end) is not None


def _ends_sentence(line: str) -> bool:
    return _SENTENCE_END.search(line) is not None and not is_date_row(line)


def _best(line: str) -> tuple[Slot | None, Verdict]:
    """Return the longest accepted slot of a line, or that of a rare form, or None; and the verdict."""
    if slot := read_updated(line):
        return slot, Verdict(True, "place before the time of update")
    best: tuple[Slot, Verdict] | None = None
    for slot in slots(line):
        if best is not None and _begins_anew(slot, best[0]):
            break
        verdict = judge(slot, line)
        if verdict.accepted:
            best = slot, verdict
    return best or read_rare_form(line)


def _begins_anew(slot: Slot, accepted: Slot) -> bool:
    """Return whether a slot holds an accepted one and then words of the report: `लंदन, 12 जून (एपी) जापान: …`."""
    added = slot.elements[len(accepted.elements) :]
    return accepted.terminator == "" and bool(added) and added[0].before == "" and added[0].kind in ("place", "unknown")


def is_last(line: str, slot: Slot) -> bool:
    """Return whether the dateline ends on this line: its slot has a place, or text follows the slot."""
    return bool(spots_of(slot)) or slot.raw_end < len(line)


def _stands_alone(slot: Slot) -> bool:
    """Return whether a slot is a dateline even below sentences: it has a place and an agency or a date."""
    return bool(spots_of(slot) and (slot.of("agency") or slot.of("date")))


def _ends_summary(slot: Slot, lines: Sequence[str], number: int) -> bool:
    """Return whether a slot below one sentence is a dateline: a known city, alone on its line or before a paragraph."""
    rest = lines[number][slot.raw_end :].strip()
    if not is_known_city(slot) or slot.terminator not in (*SPLITTERS, "."):
        return False
    if slot.terminator not in (":", ".") or not rest or rest.startswith(lines[number - 1][:_REPEATED]):
        return True
    after = "".join(lines[number + 1 : number + 2])
    is_list = any(judge(other, after).accepted for other in slots(after))  # मुंबई: …⏎कोलकाता: …
    return len(rest) >= _REPORT and not is_list
