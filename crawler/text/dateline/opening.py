"""Read the dateline that a report opens with."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.text.dateline.elements import DatelineElement, is_name
from crawler.text.dateline.rare_forms import read_glued, read_sent_from
from crawler.text.dateline.rules import Spot, Verdict, judge, spots_of
from crawler.text.dateline.slot import Slot, slots
from crawler.text.dates import date_of
from crawler.text.fold import fold
from crawler.text.places import Place, clean, find_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, date and agency printed before a report."""

    raw: str
    """The dateline as printed, to its terminator inclusive: `सियोल:`."""

    places: tuple[Place, ...] = ()
    """The places, in printed order."""

    date: str | None = None
    """`YYYY-MM-DD`. Datelines print no year: it comes from the publication date. None when no date is printed."""

    agency: str | None = None
    """Identifier of the agency in the dateline (`agencies.toml`), or None."""


_LAST_LINE = 3
"""Lines that may stand before a dateline: an agency, a time of update, a summary."""
_SENTENCE_END = re.compile(r"[।?!]\s*$|[।?!.]\s+\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a report opens: its dateline, who else stands there, and where the narrative begins."""

    dateline: Dateline | None = None
    agencies: tuple[tuple[str, str], ...] = ()
    """Agencies of the slot, each with the words that name it: `("ap", "एपी")`."""
    byline: tuple[str, ...] = ()
    """Persons and desks of the slot, as printed."""
    line: int = 0
    """The line in which the narrative begins."""
    offset: int = 0
    """Where in that line it begins."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A slot that was considered as a dateline: its words, and what was judged of it."""

    raw: str
    verdict: Verdict


def read_opening(lines: Sequence[str], *, published: date | None = None) -> Opening:
    """Return what stands before the narrative of a report; `lines` are its blocks in page order.

    >>> read_opening(["काठमांडू, 12 जून (एपी) नेपाल में मतदान हुआ।"], published=date(2024, 6, 13)).dateline.date
    '2024-06-12'
    """
    above: list[tuple[str, Slot]] = []
    prose_before = False
    for number, line in enumerate(lines[:_LAST_LINE]):
        slot = _accepted(line)
        if slot is None or (prose_before and not _stands_alone(slot)):
            prose_before = prose_before or bool(_SENTENCE_END.search(line))
            continue
        above.append((line, slot))
        if spots_of(slot) or slot.raw_end < len(line):
            return _opening(above, number, published)
    return _opening(above, len(above) - 1, published) if above else Opening()


def consider_opening(lines: Sequence[str]) -> Iterator[Considered]:
    """Yield every slot that `read_opening` considers, with the verdict on it, for a person who asks why."""
    prose_before = False
    for line in lines[:_LAST_LINE]:
        taken = _accepted(line)
        for slot in slots(line):
            verdict = judge(slot, line)
            if verdict.accepted and slot != taken:
                verdict = Verdict(False, "a longer one is accepted")
            yield Considered(line[: slot.raw_end].strip(), _in_its_place(verdict, slot, prose_before=prose_before))
        if taken is not None and taken.raw_start:
            glued = _in_its_place(Verdict(True, "glued to a sub-headline"), taken, prose_before=prose_before)
            yield Considered(line[taken.raw_start : taken.raw_end].strip(), glued)
        if taken is None or (prose_before and not _stands_alone(taken)):
            prose_before = prose_before or bool(_SENTENCE_END.search(line))
        elif spots_of(taken) or taken.raw_end < len(line):
            return


def _in_its_place(verdict: Verdict, slot: Slot, *, prose_before: bool) -> Verdict:
    if verdict.accepted and prose_before and not _stands_alone(slot):
        return Verdict(False, "it stands behind a sentence, without a date or an agency")
    return verdict


def _accepted(line: str) -> Slot | None:
    """Return the longest slot of a line that is accepted, or the slot of a form that is told by other signs."""
    best: Slot | None = None
    for slot in slots(line):
        if best is not None and _begins_anew(slot, best):
            break
        if judge(slot, line).accepted:
            best = slot
    return best or read_glued(line) or read_sent_from(line)


def _begins_anew(slot: Slot, accepted: Slot) -> bool:
    """Say whether a slot goes on where one has ended: `लंदन, 12 जून (एपी) जापान: …`."""
    added = slot.elements[len(accepted.elements) :]
    return accepted.terminator == "" and bool(added) and added[0].before == ""


def _stands_alone(slot: Slot) -> bool:
    """Say whether a slot is a dateline even behind a sentence: a place with an agency or a date."""
    return bool(spots_of(slot) and (slot.of("agency") or slot.of("date")))


def _opening(above: list[tuple[str, Slot]], number: int, published: date | None) -> Opening:
    line, last = above[-1]
    elements = [element for _, slot in above for element in slot.elements]
    spots = spots_of(last)
    agencies = [(e.agency.id, e.raw) for e in elements if e.kind == "agency" and e.agency is not None]
    places = tuple(_place(spot) for spot in spots)
    printed = next((element.day for element in elements if element.day is not None), None)
    day = date_of(printed, published) if printed and published else None
    dateline = Dateline(
        raw="\n".join(text[slot.raw_start : slot.raw_end].strip() for text, slot in above),
        places=places,
        date=day.isoformat() if day else None,
        agency=agencies[0][0] if agencies else None,
    )
    offset = _after_repetition(line, last)
    is_done = offset >= len(line)
    return Opening(
        dateline=dateline if places else None,
        agencies=tuple(agencies),
        byline=tuple(dict.fromkeys(_persons(elements, spots))),
        line=number + 1 if is_done else number,
        offset=0 if is_done else offset,
    )


def _place(spot: Spot) -> Place:
    name = spot.element.text
    return find_place(name, region=spot.region) or Place(name=clean(name))


def _persons(elements: list[DatelineElement], spots: list[Spot]) -> Iterator[str]:
    places = [spot.element for spot in spots]
    for element in elements:
        is_person = element.kind == "unknown" and element not in places and is_name(element.text)
        if element.kind == "desk" or is_person:
            yield clean(element.text)


def _after_repetition(line: str, slot: Slot) -> int:
    """Return where the narrative begins: behind the slot, and behind the same slot printed once more."""
    end = slot.raw_end
    rest = line[end:]
    for again in slots(rest):
        same = fold(rest[: again.raw_end]).split() == fold(line[slot.raw_start : end]).split()
        if same and judge(again, rest).accepted:
            end += again.raw_end
            break
    return end + len(line[end:]) - len(line[end:].lstrip())
