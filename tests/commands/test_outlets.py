"""The output of `scrapy outlets` and `scrapy schema`."""

import json
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from crawler.commands import outlets, schema
from crawler.outlets import load_outlets, named_outlets, unknown_outlet
from tests.commands.running import ROOT


def run(command: Any, *arguments: str, **options: Any) -> None:
    command.settings = get_project_settings()
    command.run(list(arguments), type("Options", (), options)())


def test_each_outlet_has_a_line_with_its_ways_and_recordings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    run(outlets.Command(), json=True)

    rows = {row["outlet"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert list(rows) == sorted(load_outlets(get_project_settings()))
    india = rows["indiatv"]
    assert india["name"] == "इंडिया टीवी"
    assert {listing["way"] for listing in india["listings"]} == {"feed", "sitemap", "section"}
    assert india["pages"] >= 2
    assert india["listing_recordings"] >= 2


def test_the_table_marks_unverified_facts(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    run(outlets.Command(), json=False)

    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "feed, sitemap?, sitemap, section?" in lines["indiatv"]
    assert "sitemap?*" in lines["bbc_hindi"]
    assert lines["dw_hindi"].endswith("डॉयचे वेले हिन्दी")


def test_the_published_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    run(schema.Command(), reader=None)

    assert capsys.readouterr().out == (ROOT / "crawler/data/article.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "error"),
    [(outlets.Command(), "takes no arguments"), (schema.Command(), "takes the name of one shelf: articles, copies")],
)
def test_an_argument_that_names_nothing_is_refused(command: Any, error: str) -> None:
    with pytest.raises(UsageError, match=error):
        run(command, "indiatv", json=False)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("indatv", 'did you mean "indiatv"?'),
        ("BBC-Hindi", 'did you mean "bbc_hindi"?'),
        ("zzzz", '"zzzz" is not an outlet.'),
    ],
)
def test_for_an_unknown_outlet_a_similar_one_is_suggested(name: str, meant: str) -> None:
    assert meant in str(unknown_outlet(name, ["bbc_hindi", "dw_hindi", "indiatv"]))


def test_a_project_without_an_outlet_begins_no_run() -> None:
    with pytest.raises(UsageError, match=r"^SPIDER_MODULES is crawler\.text: no outlet is there"):
        named_outlets(Settings({"SPIDER_MODULES": ["crawler.text"]}), [])


def test_the_pages_are_in_the_folder_that_the_command_counts(root: Path) -> None:
    assert (root / "scrapy.cfg").exists()
    assert (root / "tests" / "pages" / "indiatv").is_dir()
