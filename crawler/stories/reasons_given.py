"""Explain, for `scrapy stories --explain`, why two texts are one story or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from crawler.stories.alignment import gaps, shared_runs
from crawler.stories.clusters import is_link
from crawler.stories.group import relate_in, stories_of
from crawler.stories.index import MemoryIndex
from crawler.stories.relation import original_of, reasons_against, reasons_for, reasons_text
from crawler.stories.similarity import WINDOW_DAYS, Match, compare, hours_apart
from crawler.stories.text import Text

_FRAME = 3
"""Words of the shared frame that are shown before and behind a gap."""
_MOST_GAPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPair:
    """Two texts that a person asks about."""

    one: Text
    other: Text
    words: Mapping[str, Sequence[str]]
    """Their words as printed, by id; an empty mapping where these are not at hand."""
    match: Match | None
    window_days: float


def explain(
    texts: Sequence[Text],
    one: str,
    other: str,
    *,
    words: Mapping[str, Sequence[str]],
    window_days: float = WINDOW_DAYS,
) -> Iterator[str]:
    """Yield lines that say why two texts, named by id, are one story or two; `words` are those of both as printed."""
    index = stories_of(texts, window_days=window_days)
    match = compare(index[one], index[other], window_days=window_days)
    pair = TextPair(one=index[one], other=index[other], words=words, match=match, window_days=window_days)
    same = index.story(one) == index.story(other)
    yield f"{one} and {other} tell {'one story' if same else 'two stories'}."
    yield from _between_the_two(pair)
    if same:
        yield from _one_story(texts, index, pair)
    elif match:
        yield from _two_stories(match)


def _between_the_two(pair: TextPair) -> Iterator[str]:
    apart, match = hours_apart(pair.one, pair.other), pair.match
    if apart is not None and apart > pair.window_days * 24:
        yield f"  Not compared: {apart:.1f} hours apart, more than the window of {pair.window_days:g} days."
    if match is None:
        yield "  The two share almost nothing."
        return
    yield f"  Needed for one story, so printed: {match.needed:.0%}. Found: {match.similarity:.0%}."
    yield from _columns(list(reasons_for(match)), list(reasons_against(match)))
    yield from _shown_gaps(pair)


def _columns(speaks_for: Sequence[str], against: Sequence[str]) -> Iterator[str]:
    """Yield what speaks for and against, side by side."""
    width = max(map(len, [*speaks_for, "for one story"]))
    for left, right in zip_longest(["for one story", *speaks_for], ["against it", *(against or ["nothing"])]):
        yield f"    {left or '':{width}} | {right or ''}".rstrip()


def _shown_gaps(pair: TextPair) -> Iterator[str]:
    """Yield the places of the shared frame at which the two differ, one below the other."""
    mine, theirs = (pair.words.get(text.id, ()) for text in (pair.one, pair.other))
    if not (len(mine) == len(pair.one.words) > 0 and len(theirs) == len(pair.other.words) > 0):
        return
    found = list(gaps(shared_runs(pair.one.words, pair.other.words)))
    for gap in found[:_MOST_GAPS]:
        yield f"    {pair.one.id}: {_in_frame(mine, gap.one)}"
        yield f"    {' ' * (len(pair.one.id) - len(pair.other.id))}{pair.other.id}: {_in_frame(theirs, gap.other)}"
    if len(found) > _MOST_GAPS:
        yield f"    … and in {len(found) - _MOST_GAPS} more places"


def _in_frame(words: Sequence[str], gap: range) -> str:
    before, behind = words[max(gap.start - _FRAME, 0) : gap.start], words[gap.stop : gap.stop + _FRAME]
    return " ".join([*before, f"[{' '.join(words[gap.start : gap.stop])}]", *behind])


def _two_stories(match: Match) -> Iterator[str]:
    if match.is_template and match.against:
        yield f"  They fill one form with two events: {match.against.share:.0%} of what they state differs."
    elif match.links:
        yield "  Enough alone, but what the two share is foreign to the other texts of their stories."
    elif is_link(match.similarity, match.needed):
        yield "  Too little alone; enough to add one to the other's story, if it were as similar to its other texts."


def _one_story(texts: Sequence[Text], index: MemoryIndex, pair: TextPair) -> Iterator[str]:
    story = index.story(pair.one.id)
    members = [text for text in texts if index.story(text.id) == story]
    original = original_of(members)
    yield f"  The story is {story}: {len(members)} articles, the original is {original.id} ({original.outlet})."
    chain = _chain(index, pair.one.id, pair.other.id)
    for here, there in pairwise(chain if len(chain) > 2 else []):
        match = compare(index[here], index[there], window_days=pair.window_days)
        yield f"  {here} and {there}: {reasons_text(match)}."
    for text in (pair.one, pair.other):
        related = relate_in(members, text, window_days=pair.window_days)
        yield f"  {text.id} is {related.relation}" + (f" of {related.of}: {related.because}." if related.of else ".")


def _chain(index: MemoryIndex, one: str, other: str) -> list[str]:
    """Return the ids on the shortest path of links from one text to another within their story."""
    before: dict[str, str] = {one: one}
    ahead = [one]
    for here in ahead:
        for there, link in sorted(index.links(here).items()):
            if there not in before and is_link(*link) and index.story(there) == index.story(one):
                before[there] = here
                ahead.append(there)
    way = [other]
    while other in before and way[-1] != one:
        way.append(before[way[-1]])
    return way[::-1]
