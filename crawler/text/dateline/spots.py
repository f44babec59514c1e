"""Find the places of a slot, each with the region printed beside it."""

from dataclasses import dataclass

from crawler.text.dateline.elements import DatelineElement, is_same_place
from crawler.text.dateline.slot import Slot

_LONG = 10
"""A name of at least this many characters is not another word, even in a loose spelling: संयुक्तराष्ट्र."""
_PROMINENT = 50_000
"""Least population of a place that is recognised in a loose spelling if only a terminator supports it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a slot, and the state or country printed beside it."""

    element: DatelineElement
    region: str | None = None


def spots_of(slot: Slot) -> list[Spot]:
    """Return the places of a slot in printed order; an unknown name counts if nothing else can be the place."""
    spots: list[Spot] = []
    for element in slot.elements:
        if element.kind != "place" or element.named is None:
            continue
        last = spots[-1].element if spots else None
        if last is not None and last.named is not None:
            if is_same_place(element.named, element.text, last.named, last.text):
                continue  # Kathmandu/काठमांडू
            if element.before in ("(", ",") and (joined := _beside(spots[-1], element)):
                spots[-1] = joined
                continue
        spots.append(Spot(element))
    if len(spots) > 1 and spots[1].element.before == "," and not is_sure(spots[0].element):
        del spots[0]  # a person whose name sounds like a small town's: नीलकमल, पटना
    return _with_unknown(slot, spots)


def _beside(last: Spot, element: DatelineElement) -> Spot | None:
    """Return the last place with `element` as its region, or the reverse; None if they are two places."""
    before, named = last.element.named, element.named
    if before is None or named is None:
        return None
    if named.is_broad or (element.before == "(" and not before.is_broad):
        return Spot(last.element, last.region or element.text)
    return Spot(element, last.element.text) if before.is_broad and element.before == "(" else None


def is_sure(element: DatelineElement) -> bool:
    """Return whether a place has a listed spelling, or is large enough to be recognised in another."""
    named = element.named
    if named is None or named.is_exact:
        return named is not None
    first = named.places[0]
    return first.population >= _PROMINENT or first.kind == "capital" or len(element.text) >= _LONG


def _with_unknown(slot: Slot, spots: list[Spot]) -> list[Spot]:
    """Add the unknown name that begins a slot if its region, a slash or no other place follows it."""
    elements = slot.elements
    if elements[0].kind == "desk" and not spots and len(elements) == 2 and elements[1].kind == "unknown":
        return [Spot(elements[1])]
    at = 1 if elements[0].kind == "desk" and len(elements) > 1 else 0
    first = elements[at]
    if first.kind != "unknown" or first.before == "(":
        return spots
    if not spots:
        return [Spot(first)] if at == 0 else spots
    second = spots[0].element
    follows = elements.index(second) == at + 1
    is_region = follows and (second.before == "(" or (second.before == "," and second.named and second.named.is_broad))
    if is_region:
        return [Spot(first, second.text), *spots[1:]]
    is_pair = follows and second.before == "/" and len(first.text.split()) == 1  # रीना दास/ ढाका is no pair of places
    return [Spot(first), *spots] if is_pair else spots
