"""scrapy clean deletes old archives, and nothing else."""

import argparse
import os
import time
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from crawler.commands.clean import Command
from crawler.home import HomeFolder
from tests.exports.cleaning import clean


def test_old_archives_go_and_nothing_else_in_their_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archives, old = tmp_path / "archive", time.time() - 31 * 86_400
    for name in ("a/old.warc.gz", "a/other.txt", "b/old.warc", "c/young.warc.gz", "c/.x.warc.gz.part"):
        path = archives / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 3_000_000)
        if "young" not in name:
            os.utime(path, (old, old))
    (archives / "b" / "link.warc").symlink_to(archives / "a" / "other.txt")

    assert clean(tmp_path / "exports", at="", archives=archives) == 0

    left = sorted(path.relative_to(archives).as_posix() for path in archives.rglob("*") if not path.is_dir())
    assert left == ["a/other.txt", "b/link.warc", "c/.x.warc.gz.part", "c/young.warc.gz"]
    assert f"{archives}/a: 1 archives, 3 MB" in capsys.readouterr().out


def test_archives_of_a_foreign_folder_stay_when_a_home_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {name: tmp_path / name / "archive" / "old.warc.gz" for name in ("home", "foreign")}
    for path in places.values():
        path.parent.mkdir(parents=True)
        path.touch()
        os.utime(path, (0, 0))
    monkeypatch.chdir(tmp_path / "foreign")
    command = Command()
    command.settings = get_project_settings()
    HomeFolder(tmp_path / "home").apply(command.settings)

    command.run([], argparse.Namespace(keep="30d", archives=None, yes=True))

    assert {name: path.exists() for name, path in places.items()} == {"home": False, "foreign": True}


def test_a_missing_folder_of_archives_is_named_if_it_was_given(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none: no such folder of archives"):
        clean(tmp_path / "exports", archives=tmp_path / "none")
