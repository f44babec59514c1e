"""The templates of pages are compiled once; their byte code is one of theirs alone, and need not be written."""

import sys
from pathlib import Path

import jinja2
import pytest

from crawler.page_templates import templates_of


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "pages_of_a_test"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "day.html.j2").write_text("{{ name }} एक", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, folder.name, raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "bytecode"))
    return folder


def rendered() -> str:
    return templates_of("pages_of_a_test", ".").get_template("day.html.j2").render(name="<दिन>")


def test_a_template_is_compiled_once(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered() == "&lt;दिन&gt; एक"
    monkeypatch.setattr(jinja2.Environment, "_generate", None)
    assert rendered() == "&lt;दिन&gt; एक"


def test_a_template_that_changed_is_compiled_again(package: Path) -> None:
    rendered()
    (package / "day.html.j2").write_text("{{ name }} दो", encoding="utf-8")

    assert rendered() == "&lt;दिन&gt; दो"


@pytest.mark.parametrize("damage", [b"", b"j2 something else", None])
def test_byte_code_that_cannot_be_used_is_made_again(package: Path, damage: bytes | None) -> None:
    rendered()
    (written,) = (path for path in (package.parent / "bytecode").rglob("*.pyc") if "jinja" in path.name)
    written.write_bytes(damage if damage is not None else written.read_bytes()[:30])

    assert rendered() == "&lt;दिन&gt; एक"


def test_a_page_is_written_where_no_byte_code_can_be(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (package.parent / "bytecode").touch()  # a file in the place of the folder

    assert rendered() == "&lt;दिन&gt; एक"


def test_none_is_written_if_python_writes_none(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert rendered() == "&lt;दिन&gt; एक"
    assert not [path for path in package.parent.rglob("*") if "jinja" in path.name]
