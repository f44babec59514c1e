"""A new edition replaces the last one: copies of it are found, and stories are as if it had been the first."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.shelves import Shelf
from crawler.store import open_store
from crawler.store.store import DatabaseStore
from crawler.store.story_index import IndexTables
from crawler.stories.rows import read_story_row
from crawler.stories.text import Text
from tests.stories.invented import invent

NewStore = Callable[[], DatabaseStore]

TEXTS = [read_story_row(each.row) for each in invent(20, 41)]
FIRST, COPY = next((one, other) for one in TEXTS for other in TEXTS if other.id == f"{one.id[:-1]}1" != one.id)
OTHER = next(text for text in TEXTS if text.id.split("-")[1] != FIRST.id.split("-")[1])


def edition(text: Text, of: Text) -> Text:
    """Return a text as the new edition of another, read later."""
    return replace(text, id=of.id, outlet=of.outlet, published=(of.published or 0) + 60)


def stories(store: DatabaseStore) -> dict[str, str]:
    return dict(store.database.connection.execute("SELECT id, story FROM texts"))


def counted(store: DatabaseStore) -> dict[str, int]:
    return dict(store.database.connection.execute("SELECT id, articles FROM stories"))


@pytest.mark.parametrize("texts", [[FIRST, COPY], TEXTS], ids=["a pair", "all"])
def test_a_revised_text_gives_the_same_stories_as_if_it_had_been_the_first_edition(
    new_store: NewStore, texts: list[Text]
) -> None:
    revised, fresh = new_store(), new_store()
    changed = replace(edition(OTHER, FIRST), published=FIRST.published)
    for text in texts:
        revised.storybook.add(text, 1)
        fresh.storybook.add(changed if text is FIRST else text, 1)

    revised.storybook.revise(edition(OTHER, FIRST), 2)

    assert stories(revised) == stories(fresh)
    assert counted(revised) == counted(fresh)


def test_a_copy_of_a_new_edition_finds_its_story(new_store: NewStore) -> None:
    store = new_store()
    store.storybook.add(edition(OTHER, FIRST), 1)
    store.storybook.revise(FIRST, 2)

    _, related = store.storybook.add(replace(COPY, published=FIRST.published), 3)

    assert related.of == FIRST.id


def test_a_revision_does_not_bring_a_forgotten_text_back(new_store: NewStore) -> None:
    store = new_store()
    store.storybook.add(FIRST, 1)
    store.storybook.forget_before(2)
    store.storybook.revise(FIRST, 3)

    assert stories(store) == {}


def test_an_original_that_was_forgotten_becomes_the_original_again(new_store: NewStore) -> None:
    store = new_store()
    for text in (FIRST, replace(FIRST, id="copy", outlet="y")):
        store.storybook.add(text, 1)
    store.storybook.forget(FIRST.id)

    _, related = store.storybook.add(FIRST, 2)

    assert related.relation == "original"
    assert store.storybook.add(replace(COPY, id="another", outlet="x"), 3)[1].of == FIRST.id


def test_a_story_that_texts_still_join_keeps_its_first_text_and_its_id(new_store: NewStore) -> None:
    store = new_store()
    day = 86_400
    first = replace(FIRST, published=day)
    for number in (1, 4, 7, 10):
        text = first if number == 1 else replace(first, id=f"later-{number}", outlet=f"o{number}")
        store.storybook.forget_before((number - 7) * day)
        story, _ = store.storybook.add(replace(text, published=number * day), number * day)

    assert story == f"story-{FIRST.id}"
    assert set(stories(store).values()) == {story}
    assert counted(store) == {story: 4}
    assert store.storybook.forget_before(14 * day) == 4


def test_a_forgotten_text_is_not_counted_and_a_story_without_texts_is_deleted(new_store: NewStore) -> None:
    store = new_store()
    for text in (FIRST, replace(COPY, published=FIRST.published), OTHER):
        store.storybook.add(text, 1)
    story = stories(store)[FIRST.id]

    store.storybook.forget(COPY.id)
    store.storybook.forget(OTHER.id)

    assert counted(store) == {story: 1}


def test_newsrooms_and_reprints_are_stored_with_each_story(new_store: NewStore) -> None:
    store = new_store()
    wire = replace(FIRST, agencies=frozenset({"ap"}))
    for text in (wire, replace(wire, id="x", outlet="x"), replace(COPY, agencies=frozenset(), outlet="y")):
        story, _ = store.storybook.add(replace(text, published=FIRST.published), 1)

    query = "SELECT articles, newsrooms, reprints FROM stories WHERE id = ?"
    articles, newsrooms, reprints = store.database.connection.execute(query, (story,)).fetchone()
    assert (articles, newsrooms + reprints) == (3, 3)
    assert reprints >= 2


def test_an_earlier_text_changes_the_id_of_the_story_and_the_change_is_stored(new_store: NewStore) -> None:
    store = new_store()
    store.storybook.add(replace(FIRST, published=2000), 5)
    story, _ = store.storybook.add(replace(COPY, published=1000), 6)

    assert story == f"story-{COPY.id}"
    assert store.database.connection.execute("SELECT at, article, old, new, because FROM moves").fetchall() == [
        (6, FIRST.id, f"story-{FIRST.id}", story, f"{COPY.id} arrived, the earliest of its story")
    ]
    assert counted(store) == {story: 2}


def rows(store: DatabaseStore) -> list[list[tuple[object, ...]]]:
    return [
        store.database.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("texts", "marks", "links", "stories", "periods")
    ]


def test_texts_that_are_forgotten_together_leave_what_texts_forgotten_one_by_one_leave(new_store: NewStore) -> None:
    together, singly = new_store(), new_store()
    for seen, text in enumerate(TEXTS):
        for store in (together, singly):
            store.storybook.add(text, seen)
    old = [text for seen, text in enumerate(TEXTS) if seen < len(TEXTS) // 2]
    goes_on = {stories(singly)[text.id] for seen, text in enumerate(TEXTS) if seen >= len(TEXTS) // 2}
    gone = [text for text in old if stories(singly)[text.id] not in goes_on]

    assert together.storybook.forget_before(len(TEXTS) // 2) == len(gone) > 0
    for text in gone:
        IndexTables(singly.database).remove(text.id)

    assert rows(together) == rows(singly)


def test_a_run_forgets_texts_two_windows_after_the_last_text_of_their_story(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db", window_days=3)
    store.storybook.add(FIRST, 1)
    store.tidy(1 + 6 * 86_400)
    kept = stories(store)
    store.tidy(2 + 6 * 86_400)

    assert (len(kept), len(stories(store))) == (1, 0)
    store.close()


def test_the_room_of_delivered_records_goes_back_to_the_disk_if_it_is_half_of_the_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    for number in range(300):
        long = Article(id=str(number), outlet="zee", url=f"https://x/{number}", headline="x", text="क" * 5_000)
        store.outbox.put(long, Shelf.ARTICLES)
    store.outbox.assign("part", [each.number for each in store.outbox.waiting()])
    store.outbox.delivered("part")
    pages = [store.database.connection.execute("PRAGMA page_count").fetchone()[0]]
    store.tidy(1)
    pages.append(store.database.connection.execute("PRAGMA page_count").fetchone()[0])

    assert pages[0] > 1_000 > 100 > pages[1]
    store.close()
