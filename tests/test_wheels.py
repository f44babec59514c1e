"""The check of wheels in `make check`: without an index, and if the index lacks a wheel."""

from pathlib import Path

import pytest

from tools.wheels import main


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
