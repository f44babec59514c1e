"""`--since` exports what is new, and increments put together are what one export of everything would be."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from scrapy.cmdline import execute

from crawler.exports.catalog import open_catalog
from crawler.exports.cursor import cursor_file
from crawler.exports.jsonl import BadLine
from crawler.exports.published import PublishedPart
from crawler.shelves import Shelf
from tests.commands.running import ROOT
from tests.exports.published_runs import edition, exported, move, publish, run_export, withdrawal
from tests.exports.random_newsroom import Newsroom, Row
from tests.runs.replaying import lines


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "exports"


@pytest.fixture
def bring_up_to_date(root: Path) -> Callable[[dict[str, Row], Path], None]:
    """The function of docs/consuming.md that brings a data team's copy up to date."""
    page = (ROOT / "docs" / "consuming.md").read_text(encoding="utf-8")
    snippet = re.search(r"<!-- run: increments -->\n```python\n(.*?)```", page, re.DOTALL)
    assert snippet is not None
    names: dict[str, Any] = {}
    exec(compile(snippet[1], "docs/consuming.md (increments)", "exec"), names)
    found: Callable[[dict[str, Row], Path], None] = names["bring_up_to_date"]
    return found


def cursor_printed(printed: str) -> int:
    return int(printed.splitlines()[-1])


@pytest.mark.parametrize("seed", range(3))
def test_increments_put_together_are_the_state_of_the_site(
    seed: int,
    root: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    bring_up_to_date: Callable[[dict[str, Row], Path], None],
) -> None:
    site, state, cursor, both = Newsroom(root, seed), dict[str, Row](), 0, ("--part", "articles", "--part", "copies")

    for number in range(8):
        site.run()
        capsys.readouterr()
        increment = exported(root, tmp_path / f"{number}.jsonl", *both, "--since", str(cursor))
        assert all(row["sequence"] > cursor for row in increment)
        cursor = cursor_printed(capsys.readouterr().out)
        bring_up_to_date(state, tmp_path / f"{number}.jsonl")

        assert {name: (row["revision"], row["story"]["id"]) for name, row in state.items()} == site.articles
        assert state == {row["id"]: row for row in exported(root, tmp_path / "all.jsonl", *both)}


def test_compaction_changes_no_export(root: Path, tmp_path: Path) -> None:
    site, out = Newsroom(root, seed=7), tmp_path / "out.jsonl"
    for _ in range(5):
        site.run()
    cursors = range(0, open_catalog(root).sequence + 1, 4)

    def exports() -> list[dict[str, Row]]:
        points = [(), *(("--since", str(cursor)) for cursor in cursors), ("--since", "2026-11-24T03:00")]
        return [{row["id"]: row for row in exported(root, out, *point)} for point in points]

    before = exports()
    with pytest.raises(SystemExit):
        execute(["scrapy", "compact", "--drop", "-s", f"EXPORTS={root}"])

    assert not list(root.glob("date=*/run=*/*.jsonl"))
    assert exports() == before


def test_an_export_of_everything_reads_each_part_twice_and_an_increment_only_what_it_needs(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 9):
        publish(root, number, articles=[edition(f"a{number}", sequence=number)], copies=[edition(f"c{number}")])
    publish(root, 9, withdrawn=[withdrawal("a7", sequence=9), withdrawal("c1", sequence=10)])
    reads: Counter[str] = Counter()
    read = PublishedPart.read

    def counted(part: PublishedPart, how: Callable[[bytes], Row]) -> Iterator[Row]:
        reads[f"{part.place.split('-00')[1][:2]} {part.shelf}"] += 1
        return read(part, how)

    monkeypatch.setattr(PublishedPart, "read", counted)
    exported(root, tmp_path / "all.jsonl")
    assert reads == {
        **{f"0{number} articles": 2 for number in range(1, 9) if number != 7},
        "07 articles": 1,
        "09 withdrawn": 1,
    }

    reads.clear()
    root = tmp_path / "others"
    publish(root, 1, articles=[edition(f"a{number}", sequence=number) for number in range(1, 4)])
    publish(root, 2, articles=[edition("a4", sequence=4)])
    publish(root, 3, withdrawn=[withdrawal("a4", sequence=5)])
    exported(root, tmp_path / "new.jsonl", "--since", "4")
    assert reads == {"02 articles": 2, "03 withdrawn": 2}


def test_a_part_that_is_dropped_during_an_export_is_named(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    part = PublishedPart(place=str(path), opened=lambda: nullcontext(path), shelf=Shelf.ARTICLES)

    with pytest.raises(BadLine, match=r"was deleted since the export began, .* export again"):
        list(part.read(json.loads))


def test_an_increment_has_each_article_once_with_the_number_of_the_last_row_on_it(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a", sequence=1), edition("b", sequence=2), edition("c", sequence=3)])
    publish(root, 2, articles=[edition("b", 2, sequence=4), edition("d", sequence=5)])
    publish(root, 3, articles=[edition("d", 2, sequence=6)], withdrawn=[withdrawal("a", sequence=7)])
    publish(root, 4, story_moves=[move("c", "s-c", "s-d", sequence=8)])

    rows = exported(root, tmp_path / "out.jsonl", "--since", "3")

    seen = [(row["id"], row["revision"], row["sequence"], row["story"]["id"], row["withdrawn_at"]) for row in rows]
    assert seen == [
        ("a", 1, 7, "s-a", "2026-11-25T04:30:00Z"),
        ("c", 1, 8, "s-d", None),
        ("b", 2, 4, "s-b", None),
        ("d", 2, 6, "s-d", None),
    ]
    assert exported(root, tmp_path / "out.jsonl", "--since", "8") == []


def test_a_move_of_a_withdrawn_article_does_not_bring_it_back(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a", sequence=1)])
    publish(root, 2, withdrawn=[withdrawal("a", sequence=2)])
    publish(root, 3, story_moves=[move("a", "s-a", "s-b", sequence=3)])

    (row,) = exported(root, tmp_path / "out.jsonl", "--since", "2")

    assert (row["withdrawn_at"], row["sequence"]) == ("2026-11-25T04:30:00Z", 3)


def test_a_withdrawn_copy_is_no_article_that_is_withdrawn(root: Path, tmp_path: Path) -> None:
    publish(root, 1, copies=[edition("c", sequence=1)], articles=[edition("a", sequence=2)])
    publish(root, 2, withdrawn=[withdrawal("c", sequence=3)])

    assert exported(root, tmp_path / "out.jsonl", "--since", "2") == []
    assert len(exported(root, tmp_path / "out.jsonl", "--since", "2", "--part", "copies")) == 1


@pytest.mark.parametrize("since", ["0", "latest"])
def test_from_the_beginning_withdrawn_articles_are_left_out(since: str, root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a", sequence=1), edition("b", sequence=2)])
    publish(root, 2, withdrawn=[withdrawal("a", sequence=3)])

    assert [row["id"] for row in exported(root, tmp_path / "out.jsonl", "--since", since)] == ["b"]


def test_one_article_of_a_story_stays_the_same_over_the_increments(root: Path, tmp_path: Path) -> None:
    def increment(since: int) -> list[str]:
        return [row["id"] for row in exported(root, tmp_path / "out.jsonl", "--one-per-story", "--since", str(since))]

    publish(root, 1, articles=[edition("a", sequence=1, story="s1"), edition("b", sequence=2, story="s2")])
    publish(root, 2, articles=[edition("c", sequence=3, story="s1", relation="near"), edition("d", sequence=4)])
    assert (increment(0), increment(2)) == (["a", "b", "d"], ["d"])

    publish(root, 3, withdrawn=[withdrawal("a", sequence=5)])
    assert increment(4) == ["a", "c"]


def test_a_time_takes_the_runs_that_ended_then_or_later_and_those_whose_end_nobody_knows(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, name in enumerate("abc", start=1):
        publish(root, number, articles=[edition(name, sequence=number)])

    def since(time: str, *runs: Path) -> str:
        return "".join(row["id"] for row in exported(root, tmp_path / "out.jsonl", *runs, "--since", time))

    assert (since("2026-11-24T02:10:00Z"), since("2026-11-24T02:10:01")) == ("bc", "c")
    assert (since("2026-11-24T07:40:00+05:30"), since("2026-11-24"), since("2026-11-25")) == ("bc", "abc", "")
    first = min(root.glob("date=*/run=*"))
    assert since("2026-11-24T01:30:00Z", first) == ""
    manifest = first / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"2026-11-24T01:10:00+00:00"', "null"), encoding="utf-8")
    assert since("2026-11-25") == "a"


def test_latest_goes_on_after_the_last_export_into_the_same_file(
    root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, other = tmp_path / "out.jsonl", tmp_path / "other.jsonl"

    def latest(out: Path, *more: str) -> str:
        return "".join(row["id"] for row in exported(root, out, "--since", "latest", *more))

    publish(root, 1, articles=[edition("a", sequence=1)])
    assert (latest(out), latest(out)) == ("a", "")
    publish(root, 2, articles=[edition("b", sequence=2)])
    assert exported(root, out, "--since", "0")  # no continuation: the cursor stays
    assert (latest(out), latest(other)) == ("b", "ab")
    out.unlink()
    publish(root, 3, articles=[edition("c", sequence=3)])
    assert (latest(out), latest(out)) == ("c", "")

    capfd.readouterr()
    assert run_export("-s", f"EXPORTS={root}", "--since", "latest", "--outlet", "zee", "--to", "csv", out) == 2
    assert "its last export had another outlet" in capfd.readouterr().err
    cursor_file(out).write_text("{", encoding="utf-8")
    assert run_export("-s", f"EXPORTS={root}", "--since", "latest", "--to", "csv", out) == 2
    assert f"{cursor_file(out)}: cannot be read" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--since", "4", "{out}"), "the last sequence number is 3"),
        (("--since", "20261124", "{out}"), "the last sequence number is 3"),
        (("--since", "yesterday", "{out}"), "write a sequence number, a time as 2026-11-24T06:00Z (UTC), or latest"),
        (("--since", "२", "{out}"), "write a sequence number"),
        (("--since", "", "{out}"), "write a sequence number"),
        (("--since", "latest", "-"), "say --since SEQUENCE"),
        (("--since", "latest", "{run}", "{out}"), "say --since SEQUENCE"),
    ],
)
def test_a_point_that_does_not_exist_is_wrong_use(
    args: tuple[str, ...], message: str, root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run, out = publish(root, 1, articles=[edition("a", sequence=3)]), tmp_path / "out.csv"

    assert run_export("-s", f"EXPORTS={root}", "--to", "csv", *(arg.format(run=run, out=out) for arg in args)) == 2

    assert message in capfd.readouterr().err
    assert not out.exists()


def test_other_shelves_have_increments_too(root: Path, tmp_path: Path) -> None:
    publish(root, 1, withdrawn=[withdrawal("a", sequence=1), withdrawal("b", sequence=2)])
    publish(root, 2, withdrawn=[withdrawal("c", sequence=3)])

    rows = exported(root, tmp_path / "out.jsonl", "--part", "withdrawn", "--since", "1")

    assert [row["id"] for row in rows] == ["b", "c"]
    assert rows == [row for run in sorted(root.glob("*/*")) for row in lines(run / "withdrawn.jsonl")][1:]


def test_rows_without_numbers_are_older_than_any_cursor(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a"), edition("b", 4)])
    publish(root, 2, articles=[edition("b", sequence=1), edition("c", sequence=2)])

    assert [row["id"] for row in exported(root, tmp_path / "out.jsonl", "--since", "1")] == ["c"]
    rows = exported(root, tmp_path / "out.jsonl")
    assert [(row["id"], row["revision"]) for row in rows] == [("a", 1), ("b", 1), ("c", 1)]
