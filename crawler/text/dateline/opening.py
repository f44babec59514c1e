"""Find the dateline of a report, with the agencies and people beside it, and where the narrative begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.text.agencies import find_agency
from crawler.text.dateline.day import date_of
from crawler.text.dateline.elements import DatelineElement, is_name
from crawler.text.dateline.first_lines import is_last, judged_lines
from crawler.text.dateline.narrative_says import name_in_sentence, region_in_sentence
from crawler.text.dateline.rules import judge
from crawler.text.dateline.slot import Slot, slots
from crawler.text.dateline.spots import Spot, spots_of
from crawler.text.dateline.verdict import Verdict
from crawler.text.desks import is_desk, is_note
from crawler.text.fold import fold
from crawler.text.parts import Dateline, Place
from crawler.text.places import clean, find_place

_AUTHOR = re.compile(r"\(((?:[^\s()\d,:।?!]{1,16}\ ){1,4}[^\s()\d,:।?!]{2,16})\)", re.VERBOSE)
"""A name of two to five words in brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The beginning of a report: its dateline, the agencies and people beside it, and where the narrative begins."""

    dateline: Dateline | None = None
    agencies: tuple[tuple[str, str], ...] = ()
    """Agencies beside the place, each as its id and the words that name it: `("ap", "एपी")`."""
    byline: tuple[str, ...] = ()
    """People and desks beside the place, as printed."""
    line: int = 0
    """Index of the line in which the narrative begins."""
    offset: int = 0
    """Index of the character in that line at which it begins."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A slot that might be a dateline, with the verdict on it."""

    raw: str
    """The words of the slot as printed."""
    verdict: Verdict


def read_opening(lines: Sequence[str], *, published: date | None = None) -> Opening:
    """Parse what is printed before the narrative of a report.

    `lines` are the texts of its blocks in page order; `published` supplies the year, which datelines do not print.

    >>> read_opening(["काठमांडू, 12 जून (एपी) नेपाल में मतदान हुआ।"], published=date(2024, 6, 13)).dateline.date
    '2024-06-12'
    """
    above: list[tuple[str, Slot]] = []
    for number, line, slot, verdict in judged_lines(lines):
        if slot is None or not verdict.accepted:
            continue
        above.append((line, slot))
        if is_last(line, slot):
            return _opening(above, number, lines, published)
    return _opening(above, len(above) - 1, lines, published) if above else Opening()


def consider_opening(lines: Sequence[str]) -> Iterator[Considered]:
    """Yield every slot that `read_opening` considers, with the verdict on it; for `scrapy explain`."""
    for _, line, taken, verdict in judged_lines(lines):
        for slot in slots(line):
            judged = judge(slot, line)
            if judged.accepted:
                judged = verdict if slot == taken else Verdict(False, "a longer one is accepted")
            yield Considered(line[slot.raw_start : slot.raw_end].strip(), judged)
        if taken is not None and taken not in slots(line):
            yield Considered(line[taken.raw_start : taken.raw_end].strip(), verdict)
        if taken is not None and verdict.accepted and is_last(line, taken):
            return


def _opening(above: list[tuple[str, Slot]], number: int, lines: Sequence[str], published: date | None) -> Opening:
    line, last = above[-1]
    elements = [element for _, slot in above for element in slot.elements]
    spots = spots_of(last)
    agencies = [(e.agency.id, e.raw) for e in elements if e.kind == "agency" and e.agency is not None]
    offset = _after_repetition(line, last)
    is_done = offset >= len(line)
    is_at_end = is_done and number + 1 == len(lines)  # a dateline below the report cuts nothing
    narrative = "".join(lines[number + 1 : number + 2]) if is_done else line[offset:]
    places = tuple(_place(spot, narrative) for spot in spots)
    printed = next((element.day for element in elements if element.day is not None), None)
    day = date_of(printed, published) if printed and published else None
    dateline = Dateline(
        raw="\n".join(text[slot.raw_start : slot.raw_end].strip() for text, slot in above),
        places=places,
        date=day.isoformat() if day else None,
        agency=agencies[0][0] if agencies else None,
    )
    return Opening(
        dateline=dateline if places else None,
        agencies=tuple(agencies),
        byline=tuple(dict.fromkeys([*_author_above(lines, number, last), *_persons(elements, spots)])),
        line=0 if is_at_end else number + 1 if is_done else number,
        offset=0 if is_done else offset,
    )


def _author_above(lines: Sequence[str], number: int, slot: Slot) -> Iterator[str]:
    """Yield the name in brackets on the line above a dateline, as PTI prints it: `(अदिति राणा)`.

    `number` is the index of the line that holds the dateline, and `slot` the dateline. A dateline without an agency
    gives no name.
    """
    found = _AUTHOR.fullmatch(lines[number - 1].strip()) if number and slot.of("agency") else None
    if found and not is_note(found[1]) and not (find_agency(found[1]) or is_desk(found[1], bracketed=True)):
        yield clean(found[1])


def _place(spot: Spot, narrative: str) -> Place:
    """Return the place of a spot; the region beside it or in the sentence decides between places of one name."""
    name, named = spot.element.text, spot.element.named
    region = spot.region or (region_in_sentence(name, named, narrative) if named and len(named.places) > 1 else None)
    found = find_place(name, region=region)
    if found is None and (again := name_in_sentence(name, narrative)) and (known := find_place(again)):
        found = replace(known, name=clean(name))
    return found or Place(name=clean(name))


def _persons(elements: list[DatelineElement], spots: list[Spot]) -> Iterator[str]:
    places = [spot.element for spot in spots]
    for element in elements:
        is_other = element.kind == "unknown" and element not in places and bool(element.text)
        is_other = is_other and not is_note(element.text)
        is_person = is_other and (element.before == "(" or is_name(element.text))  # an outlet's name may replace a desk
        if element.kind == "desk" or is_person:
            yield clean(element.text)


def _after_repetition(line: str, slot: Slot) -> int:
    """Return the index after a slot, or after its repetition if the line prints it twice."""
    end = slot.raw_end
    rest = line[end:]
    for again in slots(rest):
        same = fold(rest[: again.raw_end]).split() == fold(line[slot.raw_start : end]).split()
        if same and judge(again, rest).accepted:
            end += again.raw_end
            break
    return end + len(line[end:]) - len(line[end:].lstrip())
