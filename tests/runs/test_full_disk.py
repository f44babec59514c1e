"""A full disk: one line in the log, no further requests, and the next run with space exports everything once."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.running import scrapy
from tests.runs.replaying import archive, lines, manifest, run_folders
from tests.site.pages import site_of

SIZE = 2 * 1024 * 1024


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive(tmp_path_factory.mktemp("replay") / "a.warc.gz", {**site_of("indiatv"), **site_of("bbc_hindi")})


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a disk of 2 MB is mounted as root alone")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"this machine mounts no tmpfs: {mounted.stderr.decode(errors='replace').strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("free", [230_000, 420_000])
def test_a_full_disk_loses_nothing_and_exports_nothing_twice(small: Path, replay: Path, free: int) -> None:
    (small / "fill").write_bytes(bytes(SIZE - free))
    newsroom: list[str | Path] = ["newsroom", "indiatv", "bbc_hindi", "--replay", replay, "--out", small / "exports"]
    newsroom += ["-s", f"STORE=sqlite:///{small}/v.db", "-s", "DISK_LEAST_MB=0", "--logfile", small.parent / "log"]

    full = scrapy(*newsroom)
    log = (small.parent / "log").read_text(encoding="utf-8")
    (small / "fill").unlink()
    again = scrapy(*newsroom)

    assert (full.code, again.code) == (3, 0)
    assert "Traceback" not in log + full.err
    (line,) = [line for line in log.splitlines() if "] ERROR: " in line]
    assert "full" in line
    assert "None" not in line
    assert "nothing more is asked for: what is read waits in the store and comes with the next run" in line
    folders = run_folders(small)
    assert {manifest(folder)["state"] for folder in folders} == {"recovered", "complete"}
    assert scrapy("verify", *folders).code == 0
    ids = [record["id"] for folder in folders for record in lines(folder / "articles.jsonl")]
    assert len(ids) == len(set(ids)) > 4


def test_an_export_that_cannot_be_written_is_named_with_its_folder(small: Path, replay: Path) -> None:
    (small / "fill").write_bytes(bytes(SIZE - 16_000))
    newsroom: list[str | Path] = ["newsroom", "indiatv", "--replay", replay, "--out", small / "exports"]
    newsroom += ["-s", f"STORE=sqlite:///{small.parent}/v.db", "-s", "DISK_LEAST_MB=0"]

    full = scrapy(*newsroom)
    (small / "fill").unlink()
    again = scrapy(*newsroom)

    assert (full.code, again.code) == (3, 0)
    (line,) = [line for line in full.err.splitlines() if "] ERROR: " in line]
    assert f"{small / 'exports'}/date=" in line
    assert "cannot be written (No space left on device)" in line
    assert scrapy("verify", *run_folders(small)).code == 0
