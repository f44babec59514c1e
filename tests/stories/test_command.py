"""`scrapy stories` reads exports and plain rows and prints one line per article; bad rows are named and skipped."""

import argparse
import gzip
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.stories import Command
from tests.commands.options import options
from tests.stories.forms import reports
from tests.stories.invented import invent, sentence

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROWS = [each.row for each in invent(10, 31)]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def run(*files: Path | str, **given: Any) -> int:
    command = Command()
    command.settings = Settings()
    command.run([str(file) for file in files], options(command, **given))
    return command.exitcode


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_each_row_of_a_file_gives_a_line_in_order(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = {".jsonl": LINES, ".jsonl.gz": gzip.compress(LINES), ".jsonl.zst": zstd.compress(LINES)}
    path = tmp_path / f"rows{suffix}"
    path.write_bytes(packed[suffix])

    assert run(path) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [line["id"] for line in lines] == [row["id"] for row in ROWS]
    assert list(lines[0]) == ["id", "story", "relation", "of", "similarity", "because"]
    assert len({line["story"] for line in lines}) == 10


def test_the_last_revision_of_an_article_counts_in_whatever_order_the_files_come(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, other = ROWS[0], next(row for row in ROWS if row["id"].split("-")[1] != ROWS[0]["id"].split("-")[1])
    revised = {**first, "body": other["body"], "published_at": other["published_at"], "revision": 2}
    printed = []
    for number, rows in enumerate([(first, revised, other), (other, revised, first)]):
        path = tmp_path / f"rows{number}.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        assert run(path) == 0
        printed.append({line["id"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())})

    assert printed[0] == printed[1]
    assert len({line["story"] for line in printed[0].values()}) == 1


def test_explain_names_what_lies_beyond_the_window(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = {**ROWS[0], "id": "late", "outlet": "elsewhere", "published_at": "2020-01-01T00:00:00+05:30"}
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (ROWS[0], late)), encoding="utf-8")

    assert run(path, explain=[ROWS[0]["id"], "late"]) == 0
    assert "hours apart, more than the window of 7 days" in capsys.readouterr().out


def test_a_bad_row_is_named_with_file_and_line_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(LINES + b'{"id": "x"}\n{"id": \n')

    assert run(path) == 3
    printed = capsys.readouterr()

    assert len(printed.out.splitlines()) == len(ROWS)
    assert f'{path}: line {len(ROWS) + 1}: "body" is missing or not a list; this row is left out' in printed.err
    assert f"{path}: line {len(ROWS) + 2}: is not JSON" in printed.err


def test_a_file_that_is_cut_short_is_named_and_read_to_the_cut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(LINES)[:-30])

    assert run(path) == 3
    assert f"{path}: line " in capsys.readouterr().err


@pytest.mark.parametrize("days", ["nan", "inf", "0", "-1", "week"])
def test_a_window_that_is_no_number_of_days_is_wrong_use(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    command = Command()
    command.settings = Settings()
    command.add_options(parser)

    with pytest.raises(SystemExit, match="2"):
        parser.parse_args(["--window", days])
    assert "write a number of days above 0" in capsys.readouterr().err


def test_a_missing_file_is_wrong_use() -> None:
    with pytest.raises(UsageError, match=r"nowhere\.jsonl: no such file"):
        run("nowhere.jsonl")


def test_explain_says_why_two_are_one_story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(LINES)
    twins = next(row["id"] for row in ROWS if row["id"].endswith("-1"))

    assert run(path, explain=[twins[:-1] + "0", twins]) == 0
    printed = capsys.readouterr().out

    assert "tell one story" in printed
    assert "shared shingles" in printed
    assert "hours apart" in printed


def test_explain_shows_what_speaks_for_and_against_side_by_side_and_the_values_in_their_frame(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows.jsonl"
    quakes = [each.row for each in reports("both") if each.form == "quake"]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in quakes), encoding="utf-8")

    assert run(path, explain=["quake-0-a", "quake-2-a"]) == 0
    printed = capsys.readouterr().out

    assert "quake-0-a and quake-2-a tell two stories." in printed
    assert next(line.index(" | ") for line in printed.splitlines() if " | " in line) > 40
    assert "for one story" in printed
    assert "figures in shared sentences differ (5.2 | 6.0" in printed
    assert "quake-0-a: पर इसकी तीव्रता [5.2] मापी गई और\n" in printed
    assert "quake-2-a: पर इसकी तीव्रता [6.0] मापी गई और\n" in printed
    assert "They fill one form with two events" in printed


def test_explain_says_why_two_are_not_one_story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(LINES)

    assert run(path, explain=["31-0-0", "31-1-0"]) == 0
    assert "tell two stories" in capsys.readouterr().out


def lines_of(id: str, outlet: str, sentences: list[str]) -> bytes:
    row = {"id": id, "outlet": outlet, "body": sentences, "published_at": "2026-03-02T10:00:00+05:30"}
    return json.dumps(row).encode() + b"\n"


def test_explain_says_what_a_pair_lacks_that_is_too_weak_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(5)
    ours, theirs = ([sentence(chance, "लीमा") for _ in range(12)] for _ in range(2))
    path = tmp_path / "rows.jsonl"
    path.write_bytes(lines_of("a", "x", ours) + lines_of("b", "y", ours[:3] + theirs[3:]))

    assert run(path, explain=["a", "b"]) == 0
    printed = capsys.readouterr().out

    assert "a and b tell two stories." in printed
    assert "Needed for one story, so printed: 36%. Found: 2" in printed
    assert "Too little alone; enough to add one to the other's story" in printed


def test_explain_says_why_a_paragraph_from_elsewhere_joins_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(6)
    one, two = ([sentence(chance, "लीमा") for _ in range(12)] for _ in range(2))
    rows = [lines_of(f"one-{number}", f"x{number}", one) for number in range(4)]
    rows += [lines_of(f"two-{number}", f"y{number}", two) for number in range(4)]
    mixed = [*one[:8], *two[:5]]  # cut from one story, with background from the other
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"".join(rows) + lines_of("mixed", "z", mixed))

    assert run(path, explain=["mixed", "two-0"]) == 0
    printed = capsys.readouterr().out

    assert "mixed and two-0 tell two stories." in printed
    assert "Enough alone, but what the two share is foreign to the other texts of their stories." in printed


def test_explain_needs_ids_that_the_files_hold(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(LINES)

    with pytest.raises(UsageError, match="nobody: no article of this id"):
        run(path, explain=["31-0-0", "nobody"])
