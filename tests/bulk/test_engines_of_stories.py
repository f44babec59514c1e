"""`scrapy stories --engine duckdb` prints what `scrapy stories` prints, or writes it as Parquet; bad use is refused."""

import builtins
import json
import re
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from crawler.commands.stories import Command
from tests.bulk.many_texts import rows_in
from tests.commands.options import options
from tests.stories.invented import invent

ROWS = [each.row for each in invent(12, 31)]
LINES = [json.dumps(row, ensure_ascii=False) for row in ROWS]
REVISED = [json.dumps({**row, "revision": 2, "body": ROWS[at - 1]["body"]}) for at, row in enumerate(ROWS[:3])]
BAD = ["[]", '{"id": "\\ud800", "body": []}', '{"id": "x", "body": "text"}', '{"id": "y", "revision": "2"}']
ODD = [
    json.dumps({"id": "none", "body": []}),
    json.dumps({"id": "nul\0", "body": ["नाव\0 डूबी"], "outlet": "a\0b"}),
    json.dumps({"id": "old", "body": ["एक"], "published_at": "1950-01-01"}),
]


def run(*files: Path, **given: Any) -> int:
    command = Command()
    command.settings = Settings()
    command.run([str(file) for file in files], options(command, **given))
    return command.exitcode


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return two files with rows, later and earlier revisions, odd rows and bad ones."""
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text("\n".join([*REVISED, *LINES[1::2], *BAD[:2], "", *ODD]), encoding="utf-8")
    second.write_text("\n".join([*BAD[2:], *LINES[::2], LINES[0]]), encoding="utf-8")
    return [first, second]


def test_what_an_engine_prints_and_complains_of_is_that_of_one_process(
    files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*files) == 3
    alone = capsys.readouterr()
    assert run(*files, engine="duckdb", jobs=1) == 3
    on_engine = capsys.readouterr()

    assert on_engine == alone
    assert (len(alone.out.splitlines()), len(alone.err.splitlines())) == (len(ROWS) + len(ODD), len(BAD))


@pytest.mark.parametrize("words", [["."], ["*.jsonl"], ["all.paths"], ["first.jsonl", "./first.jsonl", "s*", "[s]*"]])
def test_folders_patterns_and_lists_are_read_with_and_without_an_engine(
    words: list[str],
    files: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    run(*files)
    named = capsys.readouterr().out
    (tmp_path / "all.paths").write_text("# two files\r\n\r\nfirst.jsonl\r\nsecond.jsonl", encoding="utf-8")
    (tmp_path / ".second.jsonl.part").write_text("{", encoding="utf-8")

    for engine in ({}, {"engine": "duckdb", "jobs": 1}):
        command = Command()
        command.settings = Settings()
        command.run(words, options(command, **engine))
        assert capsys.readouterr().out == named


@pytest.mark.parametrize("engine", [None, "duckdb", "spark"])
@pytest.mark.parametrize("word", ["none/*.jsonl", "none", "s3*", "none.paths"])
def test_a_word_that_names_nothing_ends_the_command_before_it_begins(word: str, engine: str | None) -> None:
    with pytest.raises(UsageError, match=f"{re.escape(word)}: "):
        run(Path(word), engine=engine, out="out" if engine else None)

    assert not Path("out").exists()


@pytest.mark.parametrize("word", ["gs://bucket/exports", "memory://nowhere/exports"])
def test_a_place_that_no_server_has_is_named_as_it_was_written(word: str) -> None:
    command = Command()
    command.settings = Settings()

    with pytest.raises(UsageError, match=f"^{word}: "):
        command.run([word], options(command))


def test_a_pipe_is_read_without_an_engine(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    run(files[0])
    named = capsys.readouterr().out
    with subprocess.Popen(["cat", files[0]], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        pipe = Path(f"/dev/fd/{process.stdout.fileno()}")
        with pytest.raises(UsageError, match="is no file; a pipe is read without --engine"):
            run(pipe, engine="duckdb", jobs=1)
        run(pipe)

    assert capsys.readouterr().out == named


def test_a_folder_holds_stories_refused_rows_and_their_counts(
    files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "out"
    run(*files)
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert run(*files, engine="duckdb", jobs=1, out=str(out)) == 3

    assert rows_in(out) == sorted(tuple(row.values()) for row in printed)
    assert [row["line"] for row in pq.read_table(out / "refused").to_pylist()] == [24, 25, 1, 2]
    counts = {"texts": len(printed), "stories": len({row["story"] for row in printed}), "refused": len(BAD)}
    assert json.loads((out / "counts.json").read_text()) == counts
    assert sorted(path.name for path in out.iterdir()) == ["counts.json", "refused", "stories"]
    assert capsys.readouterr().out.startswith(f"{out}: {len(printed)} texts, ")


def test_parquet_of_records_and_of_texts_is_read_without_an_engine_too(
    files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(*files, engine="duckdb", jobs=1, out=str(tmp_path / "out"), keep_texts=True)
    run(*files)
    lines = set(capsys.readouterr().out.splitlines()[1:])

    assert run(tmp_path / "out" / "texts" / "part-0.parquet") == 0

    assert set(capsys.readouterr().out.splitlines()) == lines


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"out": "", "engine": "duckdb"}, "--out is empty: name a folder"),
        ({"out": "x"}, "--out and --keep-texts need an --engine"),
        ({"keep_texts": True}, "--out and --keep-texts need an --engine"),
        ({"jobs": 2}, "--jobs goes with --engine duckdb"),
        ({"jobs": 2, "engine": "spark", "out": "x"}, "--jobs goes with --engine duckdb"),
        ({"engine": "spark"}, "--engine spark needs --out"),
        ({"engine": "duckdb", "spark": [("spark.master", "x")]}, "--spark goes with --engine spark"),
        ({"engine": "duckdb", "keep_texts": True}, "--keep-texts needs --out"),
        ({"engine": "duckdb", "explain": ["a", "b"]}, "--explain compares two articles, and needs no --engine"),
    ],
)
def test_options_that_do_not_go_together_are_refused(files: list[Path], given: dict[str, Any], fault: str) -> None:
    with pytest.raises(UsageError, match=fault):
        run(*files, **given)


@pytest.mark.parametrize("name", ["there", "a*b", "s3://bucket/out"])
def test_a_folder_that_is_there_or_that_duckdb_cannot_name_is_refused(
    name: str, files: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "there").mkdir()

    with pytest.raises(UsageError, match=r"is there; name a new folder|takes .* for a pattern|is a URL"):
        run(*files, engine="duckdb", jobs=1, out=name if "://" in name else str(tmp_path / name))


def test_a_job_that_fails_leaves_no_folder(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("crawler.bulk.duckdb_stories.write_json", full)
    before = {*tmp_path.iterdir()}

    assert run(*files, engine="duckdb", jobs=1, out=str(tmp_path / "out")) == 3

    assert "cannot be written (No space left on device)" in capsys.readouterr().err
    assert {*tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("engine", "package", "extra"),
    [("duckdb", "duckdb", "explore"), ("duckdb", "pyarrow", "explore"), ("spark", "pyspark.sql", "spark")],
)
def test_an_engine_that_is_not_installed_is_named_with_its_extra(
    engine: str, package: str, extra: str, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("crawler.bulk.")]:
        monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def without(name: str, *others: Any) -> Any:
        if name == package:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=rf"pip install 'videsh\[{extra}\]'"):
        run(*files, engine=engine, out="out")


def test_a_job_that_duckdb_ends_is_named_and_leaves_no_folder(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("crawler.bulk.story_queries.EDGES", "SELECT nothing FROM links")
    before = {*tmp_path.iterdir()}

    assert run(*files, engine="duckdb", jobs=1, out=str(tmp_path / "out")) == 3

    assert "DuckDB's job failed: Binder Error" in capsys.readouterr().err
    assert {*tmp_path.iterdir()} == before


def test_a_job_whose_process_is_killed_is_named(
    files: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr("crawler.bulk.processes.Processes.run", broken)

    assert run(*files, engine="duckdb", jobs=1) == 3
    assert "try a smaller --jobs" in capsys.readouterr().err
