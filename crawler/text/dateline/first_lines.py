"""Walk through the lines in which the dateline of a report may stand."""

import re
from collections.abc import Iterator, Sequence

from crawler.text.dateline.rare_forms import read_rare_form, read_updated
from crawler.text.dateline.rules import is_known_city, judge
from crawler.text.dateline.slot import Slot, slots
from crawler.text.dateline.spots import spots_of
from crawler.text.dateline.verdict import SPLITTERS, Verdict

_MOST_PROSE = 3
"""Lines of sentences that may stand before a dateline: a summary."""
_LAST_LINE = 12
"""Lines of any kind that may: an agency, a time of update, bullets, labels."""
_NEAR = 3
_SUMMARY = 160
"""Letters of a summary; behind a longer paragraph the report has begun, and its subheads are no datelines."""
_REPORT = 60
"""Letters of a paragraph; a shorter one behind a city and a colon is an entry of a list."""
_REPEATED = 20
"""Letters of a summary that the report begins with again."""
_SENTENCE_END = re.compile(
    r"""
    ।\s*$            # a sentence; a headline may end in ! or ?, never in a danda
  | .{60}\.\s*$     # a stop ends a sentence as well, where the line is no label: By Meena Joshi.
  | [।?!.]\s+\S     # two sentences
    """,
    re.VERBOSE,
)


def walk(lines: Sequence[str]) -> Iterator[tuple[int, str, Slot | None, Verdict]]:
    """Yield the lines in which a dateline may stand, each with its slot and whether it is one at that place."""
    prose, has_begun = 0, False
    for number, line in enumerate(lines[:_LAST_LINE]):
        slot, verdict = _best(line)
        if (
            slot is not None
            and prose
            and not (_stands_alone(slot) or (prose == 1 and _ends_summary(slot, lines, number)))
        ):
            verdict = Verdict(False, "it stands behind a sentence, without a date or an agency")
        yield number, line, slot, verdict
        if (slot is None or not verdict.accepted) and (len(line) > _SUMMARY or _SENTENCE_END.search(line)):
            prose += 1
            has_begun = has_begun or len(line) > _SUMMARY
        if prose > _MOST_PROSE or (has_begun and number + 1 >= _NEAR):
            return


def _best(line: str) -> tuple[Slot | None, Verdict]:
    """Return the longest slot of a line that is accepted, or the slot of a form that is told by other signs."""
    if slot := read_updated(line):
        return slot, Verdict(True, "place before the time of update")
    best, why = None, Verdict(False, "nothing in it is a dateline")
    for slot in slots(line):
        if best is not None and _begins_anew(slot, best):
            break
        verdict = judge(slot, line)
        if verdict.accepted:
            best, why = slot, verdict
    return (best, why) if best else read_rare_form(line)


def _begins_anew(slot: Slot, accepted: Slot) -> bool:
    """Say whether a slot goes on where one has ended: `लंदन, 12 जून (एपी) जापान: …`."""
    added = slot.elements[len(accepted.elements) :]
    return accepted.terminator == "" and bool(added) and added[0].before == "" and added[0].kind in ("place", "unknown")


def is_last(line: str, slot: Slot) -> bool:
    """Say whether nothing more of a dateline follows: a place stands in the slot, or the narrative behind it."""
    return bool(spots_of(slot)) or slot.raw_end < len(line)


def _stands_alone(slot: Slot) -> bool:
    """Say whether a slot is a dateline even behind sentences: a place with an agency or a date."""
    return bool(spots_of(slot) and (slot.of("agency") or slot.of("date")))


def _ends_summary(slot: Slot, lines: Sequence[str], number: int) -> bool:
    """Say whether a known city before a mark ends the summary above it: alone on its line, or before a whole report."""
    rest = lines[number][slot.raw_end :].strip()
    if not is_known_city(slot) or slot.terminator not in SPLITTERS:
        return False
    if slot.terminator != ":" or not rest or rest.startswith(lines[number - 1][:_REPEATED]):
        return True
    after = "".join(lines[number + 1 : number + 2])
    is_list = any(judge(other, after).accepted for other in slots(after))  # मुंबई: …⏎कोलकाता: …
    return len(rest) >= _REPORT and not is_list
