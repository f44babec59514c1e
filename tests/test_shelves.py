"""The shelves are named in one place, and a shelf that is added there is known everywhere."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from crawler.shelves import Shelf, number_of_file, shelf_of_file
from tests.commands.running import scrapy

ROOT = Path(__file__).resolve().parent.parent


def test_no_other_module_of_the_store_or_the_exports_lists_the_shelves() -> None:
    name = re.compile(rf"""["']({"|".join(map(re.escape, Shelf))})["']""")

    for folder in ("exports", "store"):
        for path in sorted(ROOT.glob(f"crawler/{folder}/*.py")):
            for line in path.read_text(encoding="utf-8").splitlines():
                assert len(set(name.findall(line))) < 2, f"{path.relative_to(ROOT)} lists shelves: {line}"


@pytest.mark.parametrize(
    ("name", "shelf", "number"),
    [
        ("articles.jsonl", Shelf.ARTICLES, 0),
        ("articles-0012.jsonl.gz", Shelf.ARTICLES, 12),
        ("copies-0001.jsonl.zst", Shelf.COPIES, 1),
        ("refused.jsonl", Shelf.REFUSED, 0),
        ("articles-old.jsonl", None, 0),
        ("articles.json", None, 0),
        ("articles_2.jsonl", None, 0),
        (".articles.jsonl.part", None, 0),
        ("notes.jsonl", None, 0),
        ("manifest.json", None, 0),
    ],
)
def test_the_shelf_of_a_file_is_known_by_its_name(name: str, shelf: Shelf | None, number: int) -> None:
    assert shelf_of_file(name) is shelf
    assert number_of_file(name) == number


@pytest.mark.parametrize("shelf", [shelf for shelf in Shelf if not shelf.has_records])
def test_the_schema_of_each_shelf_is_printed_and_valid(shelf: Shelf) -> None:
    done = scrapy("schema", shelf)

    assert done.code == 0
    schema = json.loads(done.out)
    Draft202012Validator.check_schema(schema)
    assert [*schema["properties"]] == [column.name for column in shelf.columns]
    assert scrapy("schema", "articels").code == 2
