"""Stories do not depend on the order in which texts arrive, nor on the implementation of the index."""

import random
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.store import open_store
from crawler.store.story_index import IndexTables
from crawler.stories.clusters import cut, pair
from crawler.stories.density import LARGEST
from crawler.stories.group import group
from crawler.stories.index import Index, MemoryIndex
from crawler.stories.rows import read_story_row
from crawler.stories.stories import Stories
from crawler.stories.text import Text, make_text
from tests.stories.invented import PLACES, invent, sentence

TEXTS = [read_story_row(each.row) for each in invent(40, 21)]
# All within one hour: then background paragraphs and weak links make webs that the core check has to cut.
CLOSE = [replace(text, published=(text.published or 0) % 3600) for text in TEXTS]


def stories_in(index: Index, texts: list[Text], largest: int = LARGEST) -> dict[str, str | None]:
    stories = Stories(index, largest=largest)
    for text in texts:
        stories.add(text)
    return {text.id: index.story(text.id) for text in texts}


WITHIN = {"a month": TEXTS, "an hour": CLOSE}


@cache
def stories_within(span: str) -> dict[str, str | None]:
    return stories_in(MemoryIndex(), WITHIN[span])


@pytest.mark.parametrize("span", WITHIN)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_shuffled_texts_make_the_same_stories(span: str, seed: int) -> None:
    shuffled = random.Random(seed).sample(WITHIN[span], len(WITHIN[span]))

    assert stories_in(MemoryIndex(), shuffled) == stories_within(span)


def test_the_index_in_sqlite_makes_the_same_stories() -> None:
    shuffled = random.Random(3).sample(CLOSE, len(CLOSE))
    store = open_store("")

    assert stories_in(IndexTables(store.database), shuffled) == stories_in(MemoryIndex(), CLOSE)
    store.close()


TEMPLATED_LINES = [sentence(random.Random(str(line)), "ओस्लो") for line in range(4)]
# Texts that share little but a paragraph: those of each place print the same one.
TEMPLATED = [
    make_text(
        id=f"{place}-{number}",
        outlet=f"outlet_{number}",
        published=number * 3600 + at * 20 * 86_400,
        lines=[sentence(random.Random(place + str(number)), place), *boilerplate],
    )
    for at, place in enumerate(PLACES[:3])
    for boilerplate in [[sentence(random.Random(place + str(line)), place) for line in range(-4, 0)]]
    for number in range(12)
]


@cache
def templated_stories(common: int) -> dict[str, str | None]:
    return stories_in(MemoryIndex(common=common), TEMPLATED)


@pytest.mark.parametrize("where", ["memory", "sqlite"])
@given(seed=st.integers(0, 2**32), common=st.integers(2, 13))
@settings(max_examples=25, deadline=None)
def test_what_becomes_boilerplate_late_links_what_it_would_have_linked_from_the_first(
    where: str, seed: int, common: int
) -> None:
    shuffled = random.Random(seed).sample(TEMPLATED, len(TEMPLATED))
    store = open_store("")
    index: Index = MemoryIndex(common=common) if where == "memory" else IndexTables(store.database, common=common)

    assert stories_in(index, shuffled) == templated_stories(common)
    store.close()


# Texts of seven weeks that share little but a paragraph, and two prints of each.
RECURRING = [
    make_text(
        id=f"{number}-{copy}",
        outlet=f"outlet_{copy}",
        published=number * 86_400 * 3 // 2 + copy * 3600,
        lines=[*own, *TEMPLATED_LINES],
    )
    for number in range(32)
    for own in [[sentence(random.Random(str((number, line))), "लीमा") for line in range(3)]]
    for copy in range(2)
]


@pytest.mark.parametrize("where", ["memory", "sqlite"])
@given(seed=st.integers(0, 2**32), common=st.integers(2, 30), many=st.integers(8, 40), largest=st.integers(2, 12))
@settings(max_examples=5, deadline=None)
def test_limits_that_grow_with_the_texts_of_a_span_do_not_depend_on_the_order(
    where: str, seed: int, common: int, many: int, largest: int
) -> None:
    shuffled = random.Random(seed).sample(RECURRING, len(RECURRING))
    store = open_store("")
    index: Index = (
        MemoryIndex(common=common, texts=many)
        if where == "memory"
        else IndexTables(store.database, common=common, texts=many)
    )

    expected = stories_in(MemoryIndex(common=common, texts=many), RECURRING, largest)
    assert stories_in(index, shuffled, largest) == expected
    store.close()


def test_a_paragraph_that_recurs_is_counted_over_the_weeks_around() -> None:
    weekly = [text for text in RECURRING if text.id.endswith("-0")]
    marks = {common: found_pairs(MemoryIndex(common=common), weekly) for common in (8, 32)}

    assert marks[8] < 0.5 * marks[32]  # four or five in a week, thirteen or fourteen in three


def found_pairs(index: MemoryIndex, texts: list[Text]) -> int:
    for text in texts:
        index.add(text, {})
    return sum(len(index.found(text, 1)) for text in texts)


def test_more_texts_may_share_a_mark_and_a_story_where_there_are_more_texts() -> None:
    prints = [replace(TEXTS[0], id=f"{number:02}", outlet=f"o{number}", published=number) for number in range(24)]
    sizes = {
        many: max(Counter(stories_in(MemoryIndex(texts=many), prints, 6).values()).values()) for many in (6, 12, 24)
    }

    assert sizes == {24: 6, 12: 12, 6: 24}


def test_boilerplate_finds_less_the_fewer_may_share_it() -> None:
    stories = {common: len(set(stories_in(MemoryIndex(common=common), TEMPLATED).values())) for common in (3, 12)}

    assert stories[12] == 3
    assert stories[3] > 0.8 * len(TEMPLATED)


def test_a_mark_is_boilerplate_in_its_own_weeks_alone() -> None:
    later = [replace(text, published=(text.published or 0) + 60 * 86_400, id=f"{text.id}-later") for text in TEMPLATED]
    stories = stories_in(MemoryIndex(common=12), TEMPLATED + later)

    assert len(set(stories.values())) == 6


@pytest.mark.parametrize("published", [None, 10**8, 10**9])
def test_a_text_without_a_time_finds_texts_of_any_week_and_is_found(published: int | None) -> None:
    texts = [replace(TEXTS[0], id="a", published=published), replace(TEXTS[0], id="b", published=None)]

    for order in permutations(texts):
        assert set(stories_in(MemoryIndex(), list(order)).values()) == {"story-a"}


def test_a_whole_file_gives_what_a_stream_gives() -> None:
    shuffled = random.Random(4).sample(TEXTS, len(TEXTS))

    assert {member.id: member.story for member in group(shuffled)} == stories_in(MemoryIndex(), TEXTS)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(lambda both: both[0] < both[1]),
        st.tuples(st.floats(0.05, 1), st.sampled_from([0.36, 0.5])),
    ),
    st.permutations("abcdefgh"),
)
def test_a_web_is_cut_the_same_way_however_it_is_listed(
    links: dict[tuple[str, str], tuple[float, float]], ids: list[str]
) -> None:
    backwards = dict(reversed(links.items()))

    assert cut(ids, backwards) == cut(sorted(ids), links)


class Linked(Stories):
    """Stories of texts whose links are given."""

    def __init__(self, links: dict[tuple[str, str], tuple[float, float]]) -> None:
        super().__init__(MemoryIndex())
        self.given = links

    def _links(self, text: Text) -> dict[str, tuple[float, float]]:
        others = {other: self.given.get(pair(text.id, other)) for other in "abcdefghij" if other in self.index}
        return {other: link for other, link in others.items() if link}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")).filter(lambda both: both[0] < both[1]),
        st.tuples(st.sampled_from([0.1, 0.2, 0.21, 0.25, 0.3, 0.36, 0.4, 0.5, 0.8, 1.0]), st.sampled_from([0.36, 0.5])),
        min_size=8,
    ),
    st.permutations("abcdefghij"),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_cutting_only_what_an_arrival_changes_gives_what_cutting_the_whole_web_gives(
    links: dict[tuple[str, str], tuple[float, float]], ids: list[str], data: st.DataObject
) -> None:
    stories = Linked(links)
    for text_id in ids:
        stories.add(replace(TEXTS[0], id=text_id, published=ord(text_id)))

    assert clusters_in(stories.index, ids) == cut(ids, links)

    one, other = data.draw(st.sampled_from(sorted(links)))  # a link ends, as when its marks become boilerplate
    stories.index.unlink(one, other)
    stories.place_again([one] if stories.index.story(one) == stories.index.story(other) else [])

    del links[one, other]
    assert clusters_in(stories.index, ids) == cut(ids, links)


def clusters_in(index: Index, ids: list[str]) -> list[list[str]]:
    return sorted(sorted(index.members(story)) for story in {index.story(text_id) or "" for text_id in ids})


def test_the_story_keeps_its_name_until_an_earlier_text_turns_up() -> None:
    times = {"b": 2000, "c": 3000, "a": 1000}
    one, two, three = (replace(TEXTS[0], id=text_id, published=at) for text_id, at in times.items())
    stories = Stories(MemoryIndex())

    assert stories.add(one).story == "story-b"
    assert stories.add(two).story == "story-b"
    earliest = stories.add(three)

    assert earliest.story == "story-a"
    assert {(move.id, move.old, move.new) for move in earliest.moved} == {
        ("b", "story-b", "story-a"),
        ("c", "story-b", "story-a"),
    }


def test_a_paragraph_that_one_text_took_from_elsewhere_joins_nothing() -> None:
    links = {("a", "b"): (0.9, 0.36), ("a", "c"): (0.9, 0.36), ("b", "c"): (0.9, 0.36), ("c", "x"): (0.4, 0.36)}

    assert cut("abcx", links) == [["a", "b", "c"], ["x"]]


def test_what_is_weakly_like_all_of_a_story_joins_it() -> None:
    links = {("a", "b"): (0.9, 0.36), ("a", "c"): (0.25, 0.36), ("b", "c"): (0.25, 0.36)}

    assert cut("abc", links) == [["a", "b", "c"]]


def test_no_story_grows_without_end() -> None:
    ids = [f"{number:03}" for number in range(30)]
    links = {pair(one, other): (0.9, 0.36) for one in ids for other in ids if one < other}

    assert max(len(story) for story in cut(ids, links, fits=lambda left, right: len(left) + len(right) <= 10)) == 10
