"""An export has each article once, as it is now: its last edition, its story by now, nothing that was withdrawn."""

import json
from pathlib import Path

import pytest

from crawler.exports.verification import check_lines
from crawler.text.parts import Credit, Dateline, Place
from tests.exports.published_runs import edition, exported, ids, move, publish, run_export, withdrawal

LIMA = Place(name="लीमा", english="Lima", country="PE")


OSLO = Place(name="ओस्लो", english="Oslo", country="NO")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "exports"


def test_without_a_run_all_runs_are_read_and_each_article_comes_once_at_its_last_edition(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(root, 1, articles=[edition("a"), edition("b")])
    publish(root, 2, articles=[edition("c"), edition("a", 2)])
    publish(root, 3, articles=[edition("a", 3)], copies=[edition("d")])

    rows = exported(root, tmp_path / "out.jsonl")

    assert [(row["id"], row["revision"]) for row in rows] == [("b", 1), ("c", 1), ("a", 3)]
    assert f"{tmp_path / 'out.jsonl'}: 3 articles" in capsys.readouterr().out


def test_rows_are_the_bytes_that_the_run_wrote(root: Path, tmp_path: Path) -> None:
    run = publish(root, 1, articles=[edition("a"), edition("b")])
    exported(root, tmp_path / "out.jsonl")

    assert (tmp_path / "out.jsonl").read_bytes() == (run / "articles.jsonl").read_bytes()


def test_runs_are_taken_in_the_order_of_their_starts_whatever_the_order_of_the_arguments(
    root: Path, tmp_path: Path
) -> None:
    late = publish(root, 2, articles=[edition("a", 2)])
    early = publish(root, 1, articles=[edition("a"), edition("b")])

    rows = exported(root, tmp_path / "out.jsonl", late, early)

    assert [(row["id"], row["revision"]) for row in rows] == [("b", 1), ("a", 2)]


def test_a_named_run_alone_is_read(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a")])
    second = publish(root, 2, articles=[edition("b")])

    assert ids(exported(root, tmp_path / "out.jsonl", second)) == ["b"]


def test_a_withdrawn_article_is_left_out_and_comes_back_with_a_higher_revision(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a"), edition("b"), edition("c")])
    publish(root, 2, withdrawn=[withdrawal("a"), withdrawal("b")])
    publish(root, 3, articles=[edition("b", 2)])

    rows = exported(root, tmp_path / "out.jsonl")

    assert [(row["id"], row["revision"]) for row in rows] == [("c", 1), ("b", 2)]


def test_in_ninjs_a_withdrawn_article_is_there_as_canceled_until_it_comes_back(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a"), edition("b"), edition("c", outlet="zee")])
    publish(root, 2, withdrawn=[withdrawal("a"), withdrawal("b"), withdrawal("c", outlet="zee")])
    publish(root, 3, articles=[edition("b", 2)])
    out = tmp_path / "out.json"

    assert run_export("--to", "ninjs", "--outlet", "indiatv", "-s", f"EXPORTS={root}", out) == 0

    news = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(each["uri"], each["version"], each["pubstatus"]) for each in news] == [
        ("urn:videsh:a", "1", "canceled"),
        ("urn:videsh:b", "2", "usable"),
    ]


def test_an_article_has_the_story_that_it_moved_to(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a", story="s1"), edition("b", story="s2")])
    publish(root, 2, articles=[edition("c", story="s3")], story_moves=[move("a", "s1", "s3")])
    publish(root, 3, story_moves=[move("a", "s3", "s4"), move("b", "s9", "s4")])

    rows = exported(root, tmp_path / "out.jsonl")

    assert [(row["id"], row["story"]["id"]) for row in rows] == [("a", "s4"), ("b", "s2"), ("c", "s3")]


def test_one_article_of_each_story_is_its_original_and_another_one_takes_the_place_of_a_withdrawn_original(
    root: Path, tmp_path: Path
) -> None:
    near = edition("a", story="s1", relation="near")
    publish(root, 1, articles=[near, edition("b", story="s1"), edition("c", story="s2")])
    publish(root, 2, articles=[edition("b", 2, story="s1"), edition("d", story="s2", relation="near")])

    assert ids(exported(root, tmp_path / "1.jsonl", "--one-per-story")) == ["c", "b"]

    publish(root, 3, withdrawn=[withdrawal("c")], articles=[edition("e") | {"story": None}])
    assert ids(exported(root, tmp_path / "2.jsonl", "--one-per-story")) == ["b", "d", "e"]


def test_copies_fold_into_the_story_of_the_article_that_they_repeat(root: Path, tmp_path: Path) -> None:
    copy = edition("c", outlet="zee", story="s-a", relation="wire-copy")
    publish(root, 1, articles=[edition("a")], copies=[copy])

    both = ("--part", "articles", "--part", "copies")
    assert ids(exported(root, tmp_path / "1.jsonl", *both)) == ["a", "c"]
    assert ids(exported(root, tmp_path / "2.jsonl", *both, "--one-per-story")) == ["a"]
    assert ids(exported(root, tmp_path / "3.jsonl", *both, "--one-per-story", "--outlet", "zee")) == ["c"]


def test_outlets_countries_and_agencies_select_by_the_last_edition(root: Path, tmp_path: Path) -> None:
    afp = Credit(agency="afp", name="एएफपी", raw="(एएफपी)", where="tail")
    peru = Dateline(raw="लीमा, ओस्लो (एएफपी):", places=(LIMA, OSLO), agency="afp")
    norway = Dateline(raw="ओस्लो:", places=(OSLO,))
    publish(
        root,
        1,
        articles=[
            edition("a", outlet="zee", dateline=peru, credits=[]),
            edition("b", outlet="zee", dateline=norway, credits=[afp]),
            edition("c", outlet="abp", dateline=None, credits=[]),
            edition("d", outlet="abp", dateline=peru, credits=[afp]),
        ],
    )
    publish(root, 2, articles=[edition("d", 2, outlet="abp", dateline=None, credits=[])])

    def selected(*args: str) -> str:
        return "".join(map(str, ids(exported(root, tmp_path / "out.jsonl", *args))))

    assert (selected("--outlet", "zee"), selected("--outlet", "zee", "--outlet", "abp")) == ("ab", "abcd")
    assert (selected("--country", "PE"), selected("--country", "no"), selected("--country", "IN")) == ("a", "ab", "")
    assert (selected("--agency", "afp"), selected("--agency", "एएफपी"), selected("--agency", "ap")) == ("ab", "ab", "")
    assert selected("--country", "no", "--agency", "afp", "--outlet", "abp") == ""


def test_packed_outputs_hold_what_plain_ones_do(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a")])

    plain = exported(root, tmp_path / "out.jsonl")

    assert exported(root, tmp_path / "out.jsonl.gz") == exported(root, tmp_path / "out.jsonl.zst") == plain
    assert (tmp_path / "out.jsonl.gz").read_bytes()[:2] == b"\x1f\x8b"


def test_rows_without_records_are_exported_as_they_are(root: Path, tmp_path: Path) -> None:
    publish(root, 1, withdrawn=[withdrawal("a", outlet="zee")])
    publish(root, 2, withdrawn=[withdrawal("b", outlet="abp")])

    part = ("--part", "withdrawn")
    assert ids(exported(root, tmp_path / "out.jsonl", *part)) == ["a", "b"]
    assert ids(exported(root, tmp_path / "out.jsonl", *part, "--outlet", "abp")) == ["b"]


def test_files_of_feeds_are_read_in_place_of_runs(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a"), edition("b")])
    exported(root, tmp_path / "first.jsonl")
    publish(root, 2, articles=[edition("a", 2)])
    exported(root, tmp_path / "second.jsonl", "--outlet", "indiatv")

    rows = exported(root, tmp_path / "out.jsonl", tmp_path / "second.jsonl", tmp_path / "first.jsonl")

    assert {(row["id"], row["revision"]) for row in rows} == {("a", 2), ("b", 1)}


def test_records_of_1_0_become_records_of_today_beside_which_they_lie(root: Path, tmp_path: Path) -> None:
    samples = Path(__file__).parents[1] / "runs" / "samples" / "1.0"
    run = publish(root, 1, articles=[edition("a")])

    rows = exported(root, tmp_path / "out.jsonl", samples, run)

    assert len(rows) == 6
    assert {row["schema_version"] for row in rows} == {"1.1"}
    assert {row["publisher"]["group"] for row in rows if row["outlet"] == "aajtak"} == {"television"}
    assert list(check_lines(tmp_path / "out.jsonl")) == []


def test_a_story_of_null_stays_null(root: Path, tmp_path: Path) -> None:
    publish(root, 1, articles=[edition("a") | {"story": None}], story_moves=[move("a", "s1", "s2")])

    (row,) = exported(root, tmp_path / "out.jsonl")

    assert row["story"] is None
