"""The relation of a text to the text that it repeats (exact, wire copy or near), and the reason in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.stories.similarity import UNNAMED, WINDOW_DAYS, Match, compare
from crawler.stories.text import Text

TextRelation = Literal["original", "exact", "wire-copy", "near"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationToOriginal:
    """The relation of one text of a story to the text that it repeats."""

    relation: TextRelation
    of: str | None = None
    similarity: float | None = None
    because: str | None = None
    is_copy: bool = False
    """Whether it repeats another outlet's text, exactly or as copy of the same agency."""


ORIGINAL = RelationToOriginal(relation="original")
_MOST_NAMED = 3
"""Figures that `because` prints in full."""
_CLOSEST: tuple[TextRelation, ...] = ("exact", "wire-copy", "near")


def original_of(texts: Iterable[Text]) -> Text:
    """Return the original of a story: the agency's own text, else the earliest."""
    return min(texts, key=lambda text: (not text.by_agency, text.order))


def relate_to(
    delivered: Sequence[Text], text: Text, members: Sequence[Text], *, window_days: float = WINDOW_DAYS
) -> RelationToOriginal:
    """Return how a text relates to `delivered`, the earlier texts of its story, which include the original.

    This is its relation to the original, or, if it does not copy the original but copies another earlier text, the
    closest such relation. `members` are all texts of the story. Texts more than `window_days` apart are not compared.
    """
    original = original_of(delivered)
    related = relate(text, original, members, window_days=window_days)
    if related.relation == "original" or related.is_copy:
        return related
    others = sorted((other for other in delivered if other is not original), key=lambda other: other.order)
    each = (relate(text, other, window_days=window_days) for other in others if _may_copy(text, other, window_days))
    copies = [copy for copy in each if copy.is_copy]
    return min(copies, key=lambda copy: _CLOSEST.index(copy.relation), default=related)


def _may_copy(text: Text, other: Text, window_days: float) -> bool:
    match = compare(text, other, window_days=window_days)
    return match is not None and match.links


def relate(
    text: Text, original: Text, members: Sequence[Text] = (), *, window_days: float = WINDOW_DAYS
) -> RelationToOriginal:
    """Return the relation of a text to the original of its story.

    If the two share too little, `because` names the member of the story that connects them.
    """
    if text.id == original.id:
        return ORIGINAL
    match = compare(text, original, window_days=window_days)
    through = None if match and match.links else _between(text, members, window_days)
    relation: TextRelation = "wire-copy" if _is_wire(text, original) else "near"
    if match and match.exact:
        relation = "exact"
    return RelationToOriginal(
        relation=relation,
        of=original.id,
        similarity=match.similarity if match else 0.0,
        because=_because(match, text, original, through),
        is_copy=relation != "near" and (text.outlet is None or text.outlet != original.outlet),
    )


def reasons_text(match: Match | None) -> str:
    """Return what two texts have in common and what speaks against one story, in words."""
    if match is None:
        return "next to nothing shared"
    against = list(reasons_against(match))
    return "; ".join([*reasons_for(match), *([f"against it: {', '.join(against)}"] if against else [])])


def reasons_for(match: Match) -> Iterator[str]:
    """Yield what speaks for one story, in words."""
    if match.exact:
        yield "the same text"
    else:
        yield f"{match.similarity:.0%} of the shorter text stands in the other ({match.shared} shared shingles)"
    if match.agencies:
        yield f"both credit {', '.join(match.agencies)}"
    if match.places:
        yield f"both datelined {', '.join(match.places)}"
    yield "times unknown" if match.hours is None else f"{match.hours:.1f} hours apart"


def reasons_against(match: Match) -> Iterator[str]:
    """Yield what speaks against one story, in words: what the first text prints before what the second does."""
    against = match.against
    if against is None:
        return
    if against.figures:
        compared = len(against.figures) + against.same_figures
        differing = ", ".join(f"{one} | {other}" for one, other in against.figures[:_MOST_NAMED])
        more = ", …" if len(against.figures) > _MOST_NAMED else ""
        yield f"{len(against.figures)} of {compared} figures in shared sentences differ ({differing}{more})"
    if against.names:
        yield f"{len(against.names)} names or words differ there"
    if against.has_phrases_only:
        yield "phrases are shared and no passages, as by two translations"
    for what, fact in (("datelined", against.places), ("dated", against.days), ("they name", against.weekdays)):
        if fact:
            yield f"{what} {' and '.join(fact[0])} | {' and '.join(fact[1])}"


def _between(text: Text, members: Sequence[Text], window_days: float) -> tuple[str, Match] | None:
    best: tuple[str, Match] | None = None
    for other in sorted(members, key=lambda member: member.order):
        match = compare(text, other, window_days=window_days) if other.id != text.id else None
        if match and (best is None or match.similarity > best[1].similarity):
            best = other.id, match
    return best


def _because(match: Match | None, text: Text, original: Text, through: tuple[str, Match] | None) -> str:
    said = [reasons_text(match)] if match or not through else []
    if through and through[0] != original.id:
        said.append(f"through {through[0]}: {reasons_text(through[1])}")
    only = sorted(text.agencies ^ original.agencies)
    if only and not (text.agencies & original.agencies):
        said.append(f"credited to {', '.join(only)}")
    return "; ".join(said)


def _is_wire(text: Text, original: Text) -> bool:
    """Return whether both can be copy of one agency: they credit the same one, or only one names an agency."""
    named, others = text.agencies - {UNNAMED}, original.agencies - {UNNAMED}
    if named and others:
        return bool(named & others)
    return bool(text.agencies or original.agencies)


def count_outlets(texts: Sequence[Text], original: Text) -> tuple[int, int]:
    """Return the number of outlets that wrote for a story, and of those that only reprint.

    An outlet wrote for it if one of its texts credits no agency and repeats none, or if it is an agency itself.
    """
    wrote = {text.outlet for text in texts if _is_written(text, original)}
    return len(wrote), len({text.outlet for text in texts} - wrote)


def _is_written(text: Text, original: Text) -> bool:
    if text.by_agency:
        return True
    if text.agencies or (text.digest == original.digest and text.id != original.id):
        return False
    return text.id == original.id or not _is_wire(text, original)
