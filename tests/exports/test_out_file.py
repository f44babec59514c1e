"""The file that an export writes is absent or whole, whatever dies, and replaces nothing that is not an export."""

import errno
import os
import sqlite3
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from crawler.exports.last_editions import LastEditions
from crawler.lock import Lock
from crawler.runs.exit_code import ExitCode
from tests.commands.running import ROOT
from tests.exports.published_runs import edition, exported, move, publish, run_export, withdrawal

SCRAPY_EXPORT = (sys.executable, "-m", "scrapy", "export")

NOT_EXPORTS = {
    "notes.txt": "मेरी टिप्पणियां\n".encode(),
    "rows.jsonl": b'{"id": "a", "outlet": "indiatv"}\n',
    "config.json": b'{\n  "schema_version": 2\n}\n',
    "list.json": b"[1, 2, 3]\n",
    "table.csv": b"id,outlet,headline\n1,indiatv,x\n",
    "photo.png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "other.parquet": b"PAR1\x00\x00PAR1",
    "packed.jsonl.gz": b"\x1f\x8b\x08\x00\x00",
    "deep.json": b'{"a":' * 20_000,
    "blank.txt": b"\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "exports"
    publish(root, 1, articles=[edition(f"a{number}") for number in range(20)])
    publish(root, 2, withdrawn=[withdrawal("a1")], story_moves=[move("a2", "s-a2", "s-a3")])
    return root


@pytest.mark.parametrize("name", NOT_EXPORTS)
def test_a_file_that_is_not_an_export_is_replaced_only_with_force(
    name: str, root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    out.write_bytes(NOT_EXPORTS[name])
    args = ("-s", f"EXPORTS={root}", "--to", "csv")

    assert run_export(*args, out) == 2
    assert f"{out}: is there, and is not an export" in capfd.readouterr().err
    assert out.read_bytes() == NOT_EXPORTS[name]

    assert run_export(*args, "--force", out) == 0
    assert out.read_bytes() != NOT_EXPORTS[name]


@pytest.mark.parametrize("form", ["jsonl", "sqlite"])
def test_a_pipe_is_not_replaced(form: str, root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pipe"
    os.mkfifo(out)

    assert run_export("-s", f"EXPORTS={root}", "--to", form, "--force", out) == 2

    assert f"{out}: is a device or a pipe" in capfd.readouterr().err
    assert out.is_fifo()


@pytest.mark.parametrize("form", ["jsonl", "sqlite"])
def test_a_link_stays_and_the_file_is_written_that_it_leads_to(form: str, root: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link, file = tmp_path / "link", tmp_path / "folder" / "file"
    link.symlink_to(file)

    for _ in range(2):
        assert run_export("-s", f"EXPORTS={root}", "--to", form, link) == 0

    assert link.readlink() == file
    assert file.stat().st_size > 0
    assert [each.name for each in file.parent.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("form", "packing"),
    [*product(("jsonl", "csv", "ninjs"), ("", ".gz", ".zst")), ("parquet", "")],
)
def test_an_earlier_export_in_any_format_is_replaced(form: str, packing: str, root: Path, tmp_path: Path) -> None:
    out = tmp_path / f"out{packing}"

    for to in ("jsonl", form, "csv"):
        assert run_export("-s", f"EXPORTS={root}", "--to", to, out) == 0


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("part", ["withdrawn", "story-moves", "refused"])
def test_an_earlier_export_of_another_shelf_is_replaced(form: str, part: str, root: Path, tmp_path: Path) -> None:
    for to in (form, "csv"):
        assert run_export("-s", f"EXPORTS={root}", "--part", part, "--to", to, tmp_path / "out") == 0


def test_an_empty_file_is_replaced(root: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").touch()

    assert len(exported(root, tmp_path / "out.jsonl")) == 19


def test_a_file_that_another_export_is_writing_is_left_alone(
    root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lock = Lock(tmp_path / ".out.csv.lock")
    lock.take()

    assert run_export("-s", f"EXPORTS={root}", "--to", "csv", tmp_path / "out.csv") == 2

    assert "another export is writing it" in capfd.readouterr().err
    lock.release()
    assert run_export("-s", f"EXPORTS={root}", "--to", "csv", tmp_path / "out.csv") == 0


def test_a_file_to_read_is_never_the_file_to_write(root: Path, tmp_path: Path) -> None:
    exported(root, tmp_path / "out.jsonl")
    before = (tmp_path / "out.jsonl").read_bytes()

    assert run_export("--force", "--to", "csv", tmp_path / "out.jsonl", tmp_path / "out.jsonl") == 2

    assert (tmp_path / "out.jsonl").read_bytes() == before


def test_a_full_disk_is_named_and_leaves_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def full_table(*args: object, **kwargs: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("crawler.exports.formats.write_jsonl", full)
    assert run_export("-s", f"EXPORTS={root}", "--to", "jsonl", tmp_path / "out.jsonl") == 3
    assert "out.jsonl: cannot be written (No space left on device)" in capfd.readouterr().err
    monkeypatch.setattr(LastEditions, "apply", full_table)
    assert run_export("-s", f"EXPORTS={root}", "--to", "csv", tmp_path / "out.csv") == 3
    assert "(database or disk is full); set TMPDIR" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_standard_output_has_the_rows_alone(form: str, root: Path, tmp_path: Path) -> None:
    args = ("-s", f"EXPORTS={root}", "--to", form)
    assert run_export(*args, tmp_path / "out") == 0

    done = subprocess.run([*SCRAPY_EXPORT, *args, "-"], cwd=ROOT, capture_output=True, check=True)

    assert done.stdout == (tmp_path / "out").read_bytes()
    assert done.stderr.decode().splitlines()[0].startswith("-: 19 articles")


def test_nothing_but_the_fault_is_printed_of_a_damaged_part(root: Path) -> None:
    part = min(root.rglob("articles.jsonl"))
    part.write_bytes(part.read_bytes()[:-9])

    done = subprocess.run([*SCRAPY_EXPORT, "-s", f"EXPORTS={root}", "--to", "csv", "-"], cwd=ROOT, capture_output=True)

    assert (done.returncode, done.stdout) == (3, b"")
    assert f"{part}: was lost or changed" in done.stderr.decode()


def test_a_reader_that_goes_away_ends_the_export_quietly_and_leaves_nothing_behind(root: Path, tmp_path: Path) -> None:
    publish(root, 3, articles=[edition(f"b{number}") for number in range(300)])  # more than a pipe holds
    command = [*SCRAPY_EXPORT, "-s", f"EXPORTS={root}", "--to", "jsonl", "-"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"TMPDIR": str(tmp_path)}
    )
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    _, errors = process.communicate(timeout=60)

    assert (process.returncode, errors) == (ExitCode.OUTPUT_CLOSED, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]
