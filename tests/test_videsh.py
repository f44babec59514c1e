"""The program `videsh`: Scrapy's commands with our settings, from any folder, and packages of the same names."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.cmdline import _get_commands_dict
from scrapy.utils.project import get_project_settings

from crawler.command_line import AUTHORING, WITH_HOME, main
from crawler.videsh import fault_of_packages

ROOT = Path(__file__).resolve().parent.parent
READS = re.compile(r'settings.get\("(?:STORE|EXPORTS)"|\bRun\(')
"""What a command does that reads or writes the store or the exports."""


def videsh(*arguments: str | Path, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the program in a folder with a user's data folder of its own."""
    command = [sys.executable, "-m", "crawler.videsh", *map(str, arguments)]
    own = {"XDG_DATA_HOME": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY_", "VIDESH_"))}
    return subprocess.run(
        command, cwd=folder, env={**kept, **own, **environment}, capture_output=True, encoding="utf-8", check=False
    )


def test_a_crawl_from_any_folder_writes_there_what_it_is_told_to_and_keeps_the_rest_at_home(tmp_path: Path) -> None:
    demo = ROOT / "demo" / "demo.warc.gz"

    done = videsh("newsroom", "zee", "--replay", demo, "-s", "LOG_LEVEL=ERROR", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert f"videsh: home: {tmp_path}/data/videsh (your data folder, outside a checkout;" in done.stderr
    (export,) = (tmp_path / "data" / "videsh" / "exports").glob("date=*/run=*/articles.jsonl")
    assert str(export.parent) in done.stdout.replace("\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]

    options = ("-s", f"ARCHIVE_REPLAY={demo}", "-s", "LOG_LEVEL=ERROR")
    done = videsh("crawl", "zee", "-O", "x.jsonl", *options, "--home", "news", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "videsh: home" not in done.stderr
    assert len((tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("option", [["--log", "json"], ["--log=json"]])
def test_the_home_is_a_line_of_json_in_a_log_of_json(option: list[str], tmp_path: Path) -> None:
    done = videsh("newsroom", "indatv", *option, folder=tmp_path)

    line, *_ = done.stderr.splitlines()
    assert json.loads(line)["message"].startswith(f"home: {tmp_path}/data/videsh (")


def test_help_and_errors_say_what_to_type_here(tmp_path: Path) -> None:
    error = videsh("crawl", "indatv", folder=tmp_path)

    assert error.returncode == 2
    assert error.stderr.endswith('"indatv" is not an outlet; did you mean "indiatv"? ("videsh outlets" lists all)\n')
    assert "  videsh crawl " in error.stderr
    assert "scrapy" not in error.stderr


def test_the_settings_are_ours_in_a_project_of_another(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = shop.settings\n", encoding="utf-8")

    done = videsh("settings", "--get", "BOT_NAME", folder=tmp_path, SCRAPY_SETTINGS_MODULE="shop.settings")

    assert (done.stdout, done.returncode) == ("videsh\n", 0)


def test_a_package_that_is_found_first_is_named_before_anything_is_imported(tmp_path: Path) -> None:
    (tmp_path / "spiders").mkdir()
    (tmp_path / "spiders" / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")

    done = videsh("outlets", folder=tmp_path)

    assert done.returncode == 2
    assert done.stderr.startswith(f"videsh: another package named spiders is found first: {tmp_path}/spiders, not ")
    assert "use an environment of its own" in done.stderr


@pytest.mark.parametrize("name", ["crawler", "spiders", "pipelines"])
@pytest.mark.parametrize("form", ["package", "module"])
def test_each_package_of_another_is_noticed(
    name: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name / "__init__.py" if form == "package" else tmp_path / f"{name}.py"
    path.parent.mkdir(exist_ok=True)
    path.touch()
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    fault = fault_of_packages()

    assert fault is not None
    assert f"another package named {name} is found first: {path.parent if form == 'package' else path}" in fault


def test_a_folder_without_code_hides_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spiders").mkdir()
    monkeypatch.delitem(sys.modules, "spiders", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    assert fault_of_packages() is None


def test_every_command_that_reads_store_or_exports_says_where_the_home_is() -> None:
    known = _get_commands_dict(get_project_settings(), inproject=True)
    folder = ROOT / "crawler" / "commands"
    readers = {path.stem for path in folder.glob("*.py") if READS.search(path.read_text("utf-8"))}

    assert readers - WITH_HOME == set(), "add the command to WITH_HOME in crawler/command_line.py"
    assert {*WITH_HOME, *AUTHORING} <= set(known)


@pytest.mark.parametrize("command", sorted(AUTHORING))
def test_a_command_that_writes_into_a_checkout_says_so_elsewhere(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit, match="2"):
        main(["videsh", command, "example", "www.example.in"])

    assert f"{command} writes into a checkout of Videsh" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [(["newsroom", "--home", ""], "--home is empty: name a folder"), (["record"], "record writes into a checkout")],
)
def test_wrong_use_of_our_own_options_is_json_where_the_log_is(
    arguments: list[str],
    fault: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit, match="2"):
        main(["videsh", *arguments, "--log", "json"])

    line = json.loads(capsys.readouterr().err)
    assert line["message"].startswith(fault)
    assert (line["level"], line["exit_code"]) == ("error", 2)


def test_without_a_command_all_are_listed_under_our_name(tmp_path: Path) -> None:
    out = videsh(folder=tmp_path).stdout

    assert "  newsroom  " in out
    assert "videsh <command> [options] [args]" in out
    assert "--home FOLDER" in out
    assert "scrapy" not in out
