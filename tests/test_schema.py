"""The published schema is up to date and valid, and every record matches it."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from itemadapter import ItemAdapter
from jsonschema import Draft202012Validator

from crawler.exports.csv import CSV_COLUMNS, NOT_IN_CSV
from crawler.exports.parquet import parquet_schema
from crawler.items import Article, Block, record
from crawler.schema import article_schema, schema_text

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = ROOT / "crawler" / "data" / "article.schema.json"
OF_A_RUN = {
    "first_seen_at": None,
    "sequence": None,
    "withdrawn_at": None,
    "fetched_at": "2026-11-24T06:00:00Z",
    "run_id": "r",
    "reader_version": "1.0.0",
    "story": None,
}
KEYS = list(Article.__dataclass_fields__)
VALIDATOR = Draft202012Validator(article_schema())
FIRST = json.loads((PUBLISHED.parent / "article.schema-1.0.json").read_text(encoding="utf-8"))
PAGES = sorted(p for p in ROOT.glob("tests/pages/*/*.json") if "article" in json.loads(p.read_text("utf-8")))


def article(**given: Any) -> dict[str, Any]:
    return record(
        Article(
            id="indiatv-1",
            outlet="indiatv",
            url="https://www.indiatv.in/world/1",
            headline="सेतुपुर में नया पुल",
            body=[Block(kind="paragraph", text="पुल खुल गया।")],
            **given,
        )
    )


def problems(line: dict[str, Any]) -> list[str]:
    return [error.json_path for error in VALIDATOR.iter_errors(line)]


def test_the_published_schema_is_current() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text(), (
        "run: scrapy schema > crawler/data/article.schema.json"
    )


def test_a_field_is_added_in_four_places() -> None:
    """These are items.py, its reader, CSV_COLUMNS and CHANGELOG.md; everything else is generated from them."""
    documented = (ROOT / "docs" / "consuming.md").read_text(encoding="utf-8")
    for field in Article.__dataclass_fields__:
        columns = [name for name in CSV_COLUMNS if name == field or name.startswith(f"{field}_")]
        assert columns or field in NOT_IN_CSV, f"{field}: no column in crawler/exports/csv.py"
        assert f"| `{field}` |" in documented, f"{field}: not in docs/consuming.md; run: python -m tools.field_table"
    assert parquet_schema().names == list(Article.__dataclass_fields__)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(article_schema())


def test_keys_are_those_of_the_record_in_its_order_and_each_is_described() -> None:
    schema = article_schema()

    assert list(schema["properties"]) == schema["required"] == list(article())
    for part in (schema, *schema["$defs"].values()):
        assert all(prop["description"] for prop in part["properties"].values())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_record_of_each_fixture_page_is_valid(path: Path) -> None:
    fixture = json.loads(path.read_text(encoding="utf-8"))["article"]
    line = {key: {**OF_A_RUN, **fixture}.get(key) for key in KEYS}

    assert problems(line) == []
    assert set(fixture) <= set(line)


AS_READ_BY_1_0 = {"review": "report", "credit": "paragraph"}
"""Later kinds of articles and of blocks, and the kinds for which readers of version 1.0 take them."""
EXPORT = [json.loads(line) for line in (ROOT / "tests" / "site" / "expected.jsonl").read_text("utf-8").splitlines()]
GOLDENS = [json.loads(path.read_text(encoding="utf-8"))["article"] for path in PAGES] + EXPORT


def as_first(value: Any, rule: dict[str, Any]) -> Any:
    """Return a record as a reader of version 1.0 takes it: without later keys, at any depth, and later kinds."""
    if "anyOf" in rule:
        return None if value is None else as_first(value, rule["anyOf"][0])
    if "$ref" in rule:
        return as_first(value, FIRST["$defs"][rule["$ref"].rsplit("/", 1)[-1]])
    if isinstance(value, list):
        return [as_first(each, rule["items"]) for each in value]
    if isinstance(value, dict) and "properties" in rule:
        known = rule["properties"]
        kept = {key: as_first(inner, known[key]) for key, inner in value.items() if key in known}
        return kept | ({"kind": AS_READ_BY_1_0.get(kept["kind"], kept["kind"])} if "kind" in kept else {})
    return rule.get("const", value)


def faults_in_1_0(line: dict[str, Any]) -> list[str]:
    return [error.json_path for error in Draft202012Validator(FIRST).iter_errors(line)]


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden["id"])
def test_each_golden_is_a_record_of_version_1_0_without_its_new_keys_and_kinds(golden: dict[str, Any]) -> None:
    line = {key: {**OF_A_RUN, **golden}.get(key) for key in KEYS}

    first = as_first(line, FIRST)

    assert faults_in_1_0(first) == []
    assert first["schema_version"] == "1.0"
    assert {name: first[name] for name in ("id", "text", "published_at")} == {
        name: line[name] for name in ("id", "text", "published_at")
    }
    assert [block["text"] for block in first["body"]] == [block["text"] for block in line["body"] or ()]


def test_goldens_hold_what_version_1_0_did_not_know() -> None:
    schema = article_schema()
    later = {
        "Article": schema["properties"].keys() - FIRST["properties"].keys(),
        "Image": schema["$defs"]["Image"]["properties"].keys() - FIRST["$defs"]["Image"]["properties"].keys(),
    }
    blocks = [block for golden in GOLDENS for block in golden["body"]]
    images = [image for golden in GOLDENS for image in golden["images"]]

    assert len(GOLDENS) > 90
    assert later["Image"] == {"width", "height", "main"} <= images[0].keys()
    assert later["Article"] >= {"publisher", "published_on", "published_precision", "word_count"}
    assert {"credit", "paragraph"} <= {block["kind"] for block in blocks}
    assert None in {golden["published_at"] for golden in GOLDENS}, "a day alone, which 1.0 had in published_at"


@pytest.mark.parametrize(
    "later",
    [
        {"schema_version": "1.1"},
        {"publisher": None},
        {"kind": "review"},
        {"body": [{"kind": "credit", "text": "(एपी)"}]},
        {"images": [{"url": "https://khabar.example/1.jpg", "caption": None, "credit": None, "main": True}]},
    ],
)
def test_what_version_1_0_did_not_know_is_invalid_there_until_it_is_taken_out(later: dict[str, Any]) -> None:
    first = as_first(json.loads(json.dumps(article())), FIRST)

    assert faults_in_1_0(first) == []
    assert faults_in_1_0(first | later)
    assert faults_in_1_0(as_first(first | later, FIRST)) == []


def test_a_kind_that_no_version_knows_stays_invalid() -> None:
    assert faults_in_1_0(as_first(json.loads(json.dumps(article())) | {"kind": "poem"}, FIRST)) == ["$.kind"]


def test_a_minimal_record_is_valid() -> None:
    assert problems(json.loads(json.dumps(article()))) == []


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"headline": ""}, "$.headline"),
        ({"published_at": "24 नवंबर"}, "$.published_at"),
        ({"published_at": "2026-11-24T06:00:00"}, "$.published_at"),
        ({"published_at": "2026-11-24T06:00:00+05:30"}, "$.published_at"),
        ({"published_at": "2026-11-24"}, "$.published_at"),
        ({"modified_at": "2026-11-24"}, "$.modified_at"),
        ({"published_on": "2026-11-24T06:00:00Z"}, "$.published_on"),
        ({"published_precision": "hour"}, "$.published_precision"),
        ({"kind": "essay"}, "$.kind"),
        ({"revision": 0}, "$.revision"),
        ({"byline": None}, "$.byline"),
        ({"provenance": {"headline": "somewhere"}}, "$.provenance.headline"),
        ({"surprise": 1}, "$"),
    ],
)
def test_a_wrong_record_is_not(wrong: dict[str, Any], where: str) -> None:
    assert problems({**json.loads(json.dumps(article())), **wrong}) == [where]


def without_values(rule: Any) -> Any:
    """Return a schema without what itemadapter does not say: values, bounds, patterns, and keys always there."""
    if isinstance(rule, list):
        return [without_values(each) for each in rule]
    if not isinstance(rule, dict):
        return rule
    silent = ("enum", "const", "pattern", "minLength", "minimum", "maximum", "required", "additionalProperties")
    return {key: without_values(value) for key, value in rule.items() if key not in silent}


def test_itemadapter_says_the_same_of_types() -> None:
    ours, theirs = (
        Draft202012Validator(without_values(schema))
        for schema in (article_schema(), ItemAdapter.get_json_schema(Article))
    )
    draw = random.Random(7)
    records = [json.loads(path.read_text(encoding="utf-8"))["article"] for path in PAGES]
    changed = [
        {**record, draw.choice(list(record)): draw.choice([None, 1, "अ", [], [None], {}])} for record in records * 7
    ]

    judged = [ours.is_valid(record) for record in (*records, *changed[:500])]

    assert judged == [theirs.is_valid(record) for record in (*records, *changed[:500])]
    assert all(judged[: len(records)])
    assert not all(judged)
