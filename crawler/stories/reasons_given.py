"""Explain, for `scrapy stories --explain`, why two texts are one story or not."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.stories.clusters import is_link
from crawler.stories.group import stories_of
from crawler.stories.index import MemoryIndex
from crawler.stories.relation import evidence, original_of, relate
from crawler.stories.similarity import WINDOW_DAYS, compare, hours_apart
from crawler.stories.text import Text


def explain(texts: Sequence[Text], one: str, other: str, *, window_days: float = WINDOW_DAYS) -> Iterator[str]:
    """Yield lines that explain why two texts, given by id, are one story or two."""
    index = stories_of(texts, window_days=window_days)
    first, second = index[one], index[other]
    same = index.story(one) == index.story(other)
    yield f"{one} and {other} tell {'one story' if same else 'two stories'}."
    match = compare(first, second, window_days=window_days)
    apart = hours_apart(first, second)
    if apart is not None and apart > window_days * 24:
        yield f"  Not compared: {apart:.1f} hours apart, more than the window of {window_days:g} days."
    else:
        yield f"  Between the two: {evidence(match)}."
    if match:
        yield f"  Needed for one story, so printed: {match.needed:.0%}. Found: {match.similarity:.0%}."
    if same:
        yield from _one_story(texts, index, first, second, window_days)
    elif match and match.links:
        yield "  Enough alone, but what the two share is foreign to the other texts of their stories."
    elif match and is_link(match.similarity, match.needed):
        yield "  Too little alone; enough to bring one to the other's story, were they as like to its other texts."


def _one_story(
    texts: Sequence[Text], index: MemoryIndex, first: Text, second: Text, window_days: float
) -> Iterator[str]:
    story = index.story(first.id)
    members = [text for text in texts if index.story(text.id) == story]
    original = original_of(members)
    yield f"  The story is {story}: {len(members)} articles, the original is {original.id} ({original.outlet})."
    chain = _chain(index, first.id, second.id)
    for here, there in pairwise(chain if len(chain) > 2 else []):
        match = compare(index[here], index[there], window_days=window_days)
        yield f"  {here} and {there}: {evidence(match)}."
    for text in (first, second):
        related = relate(text, original, members, window_days=window_days)
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
