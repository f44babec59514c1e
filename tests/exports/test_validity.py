"""Validators of other people find no error in any line that a run writes, nor in what is made of it for newsrooms."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from scrapy.exceptions import DropItem
from scrapy.utils.project import get_project_settings

from crawler.authoring.rereading import Page, Rereader
from crawler.exports.ninjs import VERSIONS, to_ninjs
from crawler.items import json_line
from crawler.reasons import NotAnArticle
from crawler.shelves import Shelf, shelf_of_file
from tests.crawling.site import articles, listings
from tests.runs.replaying import archive, crawl, lines, run_folders, settings_of
from tests.soak import times

Row = dict[str, Any]


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run of many articles."""
    folder, count = tmp_path_factory.mktemp("big"), times(10_000, least=500)
    crawl(settings_of(folder, archive(folder / "big.warc.gz", {**listings(count), **articles(count)})))
    return run_folders(folder)[0]


def rows_of(run: Path) -> Iterator[tuple[Shelf, Row]]:
    for file in sorted(run.glob("*.jsonl")):
        shelf = shelf_of_file(file.name)
        assert shelf is not None
        yield from ((shelf, row) for row in lines(file))


def faults(rows: Iterator[tuple[Shelf, Row]]) -> list[str]:
    """Return what jsonschema and fastjsonschema find in rows."""
    slow = {shelf: Draft202012Validator(shelf.row_schema, format_checker=FormatChecker()) for shelf in Shelf}
    fast = {shelf: fastjsonschema.compile(shelf.row_schema) for shelf in Shelf}
    found = []
    for shelf, row in rows:
        found += [f"{shelf}: {error.json_path}: {error.message}" for error in slow[shelf].iter_errors(row)]
        try:
            fast[shelf](row)
        except fastjsonschema.JsonSchemaValueException as error:
            found.append(f"{shelf}: {error.message}")
    return found


def faults_for_iptc(records: list[Row], evidence: Path) -> list[str]:
    """Return what IPTC's schemas of ninjs find in records, and in the withdrawal of each."""
    found = []
    for version in VERSIONS:
        text = (evidence / "fresh" / "ninjs" / f"ninjs-schema_{version}.json").read_text(encoding="utf-8")
        validator = Draft202012Validator(json.loads(text), format_checker=FormatChecker())
        for each in records:
            for given in (each, each | {"withdrawn_at": "2026-11-25T04:30:00Z"}):
                found += [
                    f"{each['url']}: {error.message}" for error in validator.iter_errors(to_ninjs(given, version))
                ]
    return found


def records_of(run: Path) -> list[Row]:
    return [row for shelf, row in rows_of(run) if shelf.has_records]


def test_every_line_of_the_demo_is_valid(demo: Path) -> None:
    assert faults(rows_of(demo)) == []
    assert {shelf for shelf, _ in rows_of(demo)} >= {Shelf.ARTICLES, Shelf.COPIES, Shelf.STORY_MOVES}
    assert len(records_of(demo)) > 80


@pytest.mark.shared
def test_every_record_of_the_demo_is_valid_for_the_schemas_of_iptc(demo: Path, evidence: Path) -> None:
    assert faults_for_iptc(records_of(demo), evidence) == []


def test_the_validators_find_a_fault(demo: Path) -> None:
    article = records_of(demo)[0]

    for wrong in ({"published_at": "2026-11-24"}, {"images": [{"url": None}]}, {"surprise": 1}):
        assert len(faults(iter([(Shelf.ARTICLES, article | wrong)]))) >= 2, "both find it"
    assert faults(iter([(Shelf.STORY_MOVES, {"article": 1})]))


@pytest.mark.soak
def test_every_line_of_a_big_run_is_valid(big: Path) -> None:
    assert faults(rows_of(big)) == []
    assert len(records_of(big)) >= times(10_000, least=500)


@pytest.mark.soak
@pytest.mark.shared
def test_every_record_of_a_big_run_is_valid_for_the_schemas_of_iptc(big: Path, evidence: Path) -> None:
    assert faults_for_iptc(records_of(big), evidence) == []


@pytest.mark.shared
def test_what_is_read_of_saved_pages_is_valid(evidence: Path) -> None:
    rereader, read = Rereader(get_project_settings()), list[Row]()
    for labels in sorted(evidence.rglob("labels.jsonl")):
        for label in lines(labels):
            page = Page(url=label["url"], body=(labels.parent / label["file"]).read_bytes())
            try:
                read.append(json.loads(json_line(rereader.article(page))))
            except (NotAnArticle, DropItem):
                continue

    assert len(read) > 40
    assert faults((Shelf.ARTICLES, row) for row in read) == []
    assert faults_for_iptc(read, evidence) == []
