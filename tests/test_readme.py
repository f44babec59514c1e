"""The commands, targets, outlets and files that the documents name exist."""

import re
import tomllib
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from crawler import __version__
from tools import reference

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))
DOCUMENTS = ["README.md", "CONTRIBUTING.md", *PAGES]
OURS = sorted(p.stem for p in (ROOT / "crawler" / "commands").glob("*.py") if p.stem != "__init__")


def test_every_command_of_ours_is_in_the_readme() -> None:
    missing = [name for name in OURS if f"`scrapy {name}" not in README]

    assert not missing, f"README.md: add a row to 'All commands' for {missing}"


def test_every_command_in_the_readme_exists() -> None:
    known = {*OURS, "crawl", "genspider", "list"}
    named = set(re.findall(r"scrapy ([a-z]+)\b", README))

    assert named - known == set()


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))

    assert set(re.findall(r"\bmake ([a-z]+)", README.split("## Crawl")[0])) - {"and"} <= targets


def test_every_deadline_is_documented_with_its_figure() -> None:
    section = README.split("## Every quarter of an hour")[1].split("## ")[0]
    settings = get_project_settings()
    documented = re.findall(r"(\d+)[^`\d]*\(`([A-Z_]+)`(?:, `([A-Z_]+)`)?\)", section)

    figures = {name: int(figure) for figure, name, second in documented if not second and name != "RECHECK_AFTER"}
    assert figures == {name: settings.getint(name) for name in figures}
    assert figures.keys() == {
        "OUTLET_MINUTES",
        "RUN_MINUTES",
        "HOST_LEFT_ALONE_AFTER",
        "HOST_LEFT_ALONE_MINUTES",
        "RETRY_AFTER_MAX",
        "CRAWL_DELAY_MAX",
    }
    parts = settings["EXPORT_PART_MINUTES"], settings["EXPORT_PART_ROWS"]
    assert "every {} minutes or {} articles (`EXPORT_PART_MINUTES`, `EXPORT_PART_ROWS`)".format(*parts) in section


@pytest.mark.parametrize("page", DOCUMENTS)
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
        assert (ROOT / page).parent.joinpath(target).exists(), f"{page} links to {target}, which is not there"


@pytest.mark.parametrize("page", DOCUMENTS)
def test_every_path_named_in_a_document_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    for path in re.findall(r"(?<![\w./])((?:crawler|spiders|pipelines|deploy|tests|tools|docs|demo)/[\w./-]*\w)", text):
        assert (ROOT / path).exists() or "example" in path, f"{page} names {path}, which is not there"


def test_every_module_in_the_drawing_of_an_article_exists() -> None:
    drawing = ARCHITECTURE.split("```mermaid")[1].split("```")[0]
    modules = re.findall(r"\b([a-z_]+/[a-z_]*(?:\.py)?)", drawing)

    assert len(modules) > 10
    for module in modules:
        assert any((root / module).exists() for root in (ROOT, ROOT / "crawler")), f"the drawing names {module}"


def test_every_pipeline_is_on_the_architecture_page() -> None:
    for dotted in get_project_settings().getdict("ITEM_PIPELINES"):
        module = dotted.split(".")[1]
        assert module in ARCHITECTURE, f"docs/architecture.md does not name the pipeline {module}"


def test_the_tables_of_the_reference_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")

    assert reference.up_to_date(page) == page, "docs/reference.md is out of date: run python tools/reference.py"


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["hatch"]["version"]["path"] == "crawler/__init__.py"


def test_the_changelog_has_its_sections_and_ends_at_the_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+)", changes, re.M)

    assert versions[0] == "Unreleased"
    assert versions[1:2] in ([], [__version__]), "the version in crawler/__init__.py is not the newest one released"
    assert set(re.findall(r"^### (.+)", changes, re.M)) <= {"Added", "Changed", "Fixed", "Removed"}


def test_every_hook_calls_a_tool_of_make_check() -> None:
    hooks = re.findall(r"entry: \.venv/bin/(.+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    check = (ROOT / "Makefile").read_text(encoding="utf-8").split("\ncheck:")[1].split("\n\n")[0]
    called = {tool.strip() for line in check.splitlines()[1:] for tool in re.split("@|&&", line) if tool.strip()}

    assert {f"$(BIN)/{hook}".replace("ruff format", "ruff format --check") for hook in hooks} == called
