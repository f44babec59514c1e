"""The check of wheels in `make check`: without an index, and if the index lacks a wheel."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tools.try_wheel import PACKAGES, missing_files, tracked_files
from tools.wheels import main, missing


@pytest.fixture(autouse=True)
def _no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr("tools.wheels.PYTHONS", ("3.14",))


def test_without_a_network_the_check_is_skipped_with_a_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")

    assert main() == 0
    assert capsys.readouterr().out.startswith("wheels: not checked: ")


def test_a_missing_wheel_fails_the_check_and_is_named_with_python_and_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index").mkdir()
    monkeypatch.setenv("UV_DEFAULT_INDEX", (tmp_path / "index").as_uri())

    assert main() == 1
    out = capsys.readouterr().out
    assert "wheels: Python 3.14 on x86_64: error: No solution found" in out
    assert "wheels: Python 3.14 on aarch64: error: No solution found" in out


def test_a_package_without_a_version_in_the_constraints_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = "scrapy==2.19.0\nTyping.Extensions==4.16.0\nnew-one==1.0\n"
    monkeypatch.setattr("tools.wheels._resolve", lambda *_: ("", needed))

    assert missing("3.14", "aarch64") == "no version in constraints.txt: new-one\n"


def test_a_file_that_the_wheel_does_not_carry_is_named(tmp_path: Path) -> None:
    wheel = tmp_path / "videsh-1-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        for name in ("crawler/data/junk.toml", "videsh-1.dist-info/licenses/LICENSE"):
            archive.writestr(name, "")

    missing_ones = missing_files(wheel, ["crawler/data/junk.toml", "crawler/data/places.tsv"])

    assert missing_ones == ["crawler/data/places.tsv", "NOTICE", "an executable videsh"]


def test_the_files_that_a_wheel_must_carry_are_data_and_templates_too() -> None:
    wanted = tracked_files()

    assert {name.split("/")[0] for name in wanted} == set(PACKAGES)
    for name in ("crawler/data/demo.warc.gz", "crawler/data/places.tsv", "crawler/reports/report.html.j2"):
        assert name in wanted
    assert {"crawler/templates/spiders/outlet.tmpl", "crawler/py.typed", "crawler/videsh.py"} <= set(wanted)
