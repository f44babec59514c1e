"""Articles whose story got another id: each move is exported once, whatever dies, and by runs into folders alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.export import open_export
from crawler.exports.verification import check_run
from crawler.shelves import Shelf
from crawler.store import open_store
from crawler.store.store import DatabaseStore
from crawler.stories.text import Text, make_text
from tests.exports.exporting import settings
from tests.runs.replaying import archive, crawl, lines, run_folders, settings_of
from tests.site.pages import site_of

WORDS = (
    "नोराबाद की खाड़ी में बने नए पुल पर पहली रेल चली और सैकड़ों लोग उसे देखने पहुंचे। इंजीनियरों ने कहा कि पुल की लंबाई नौ किलोमीटर है "
    "और उसे बनाने में सात साल लगे। शहर के महापौर ने इसे मछुआरों के गांवों के लिए बड़ा दिन बताया और किराया आधा रखने का वादा किया।"
)


def text(name: str, outlet: str, published: int) -> Text:
    return make_text(
        id=name,
        outlet=outlet,
        published=published,
        lines=[WORDS],
        agencies=["ap"],
        places=[],
        dated=None,
        own_agency=None,
    )


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/v.db"


@pytest.fixture
def store(address: str) -> Iterator[DatabaseStore]:
    """A store in which the article `late` moved to the story of `early`, which arrived after it."""
    store = open_store(address)
    store.storybook.add(text("late", "zee", 200_000), 1_764_000_000)
    store.storybook.add(text("early", "abp", 100_000), 1_764_000_060)
    yield store
    store.close()


def moves(folder: Path) -> list[dict[str, Any]]:
    for run in run_folders(folder):
        assert list(check_run(run)) == []
    return [row for path in sorted((folder / "exports").rglob("story-moves*.jsonl")) for row in lines(path)]


def export(folder: Path, store: DatabaseStore, run: str) -> None:
    opened = open_export(settings(folder, RUN_ID=run), store.outbox)
    opened.end("complete")
    opened.release_locks()


def test_a_move_is_exported_once_with_both_ids_of_the_story(tmp_path: Path, store: DatabaseStore) -> None:
    for run in ("r1", "r2"):
        export(tmp_path, store, run)

    (move,) = moves(tmp_path)
    assert (move["article"], move["run_id"]) == ("late", "r1")
    assert move["from"] != move["to"]
    assert move["to"] == store.storybook.add(text("third", "aajtak", 150_000), 1_764_000_120)[0]
    assert move["moved_at"] == "2025-11-24T16:01:00Z"
    assert move["because"] == "early arrived, the earliest of its story"


@pytest.mark.parametrize("moment", ["waiting", "assign", "delivered"])
def test_a_move_is_exported_once_when_its_run_dies_while_it_publishes(
    tmp_path: Path, store: DatabaseStore, address: str, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise SystemError

    opened = open_export(settings(tmp_path, RUN_ID="r1"), store.outbox)
    with monkeypatch.context() as patch:
        patch.setattr(f"crawler.store.outbox.OutboxTable.{moment}", die)
        with pytest.raises(SystemError):
            opened.end("complete")
    opened.release_locks(is_whole=False)
    store.close()
    second = open_store(address)
    for run in ("r2", "r3"):
        export(tmp_path, second, run)
    second.close()

    assert [(move["article"], move["run_id"]) for move in moves(tmp_path)] == [("late", "r1")]


def test_a_run_into_a_feed_leaves_the_moves_to_the_next_run_into_a_folder(tmp_path: Path, store: DatabaseStore) -> None:
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl"

    crawl(settings_of(tmp_path, replay, FEEDS={str(out): {"format": "jsonlines"}}))
    before = moves(tmp_path)
    crawl(settings_of(tmp_path, replay))

    assert before == []
    assert all("headline" in record for record in lines(out))
    assert [move["article"] for move in moves(tmp_path) if move["article"] == "late"] == ["late"]


def test_rows_of_a_dead_run_that_are_no_records_never_reach_a_feed(tmp_path: Path, store: DatabaseStore) -> None:
    store.outbox.put_moves("gone")
    store.close()
    replay = archive(tmp_path / "a.warc.gz", site_of("indiatv"))
    out = tmp_path / "out.jsonl"

    crawl(settings_of(tmp_path, replay, FEEDS={str(out): {"format": "jsonlines"}}))
    crawl(settings_of(tmp_path, replay))

    assert all("headline" in record for record in lines(out))
    assert [move["article"] for move in moves(tmp_path) if move["article"] == "late"] == ["late"]
    assert Shelf.STORY_MOVES in {part.stem for part in (tmp_path / "exports").rglob("story-moves.jsonl")}
