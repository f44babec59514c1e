"""Group a batch of texts into stories."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.stories.index import MemoryIndex
from crawler.stories.relation import RelationToOriginal, original_of, relate_to
from crawler.stories.similarity import WINDOW_DAYS
from crawler.stories.stories import Stories
from crawler.stories.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One text with its story and its relation to the story's original."""

    id: str
    story: str
    related: RelationToOriginal


def group(texts: Sequence[Text], *, window_days: float = WINDOW_DAYS) -> Iterator[Member]:
    """Yield each text with its story, in the given order; the stories do not depend on that order."""
    index = stories_of(texts, window_days=window_days)
    members: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        members[index.story(text.id) or text.id].append(text)
    for text in texts:
        story = index.story(text.id) or text.id
        yield Member(id=text.id, story=story, related=relate_in(members[story], text, window_days=window_days))


def relate_in(members: Sequence[Text], text: Text, *, window_days: float = WINDOW_DAYS) -> RelationToOriginal:
    """Return the relation of a text to its story, whose texts are all in `members`."""
    original = original_of(members)
    before = [member for member in members if member is original or member.order < text.order]
    return relate_to(before, text, members, window_days=window_days)


def stories_of(texts: Sequence[Text], *, window_days: float = WINDOW_DAYS) -> MemoryIndex:
    """Return an index with the stories of all texts, which are added earliest first."""
    index = MemoryIndex()
    stories = Stories(index, window_days=window_days)
    for text in sorted(texts, key=lambda text: text.order):
        stories.add(text)
    return index
