"""Verification of an export: a whole one passes, and the first bad line of a damaged one is named."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crawler.exports.verification import check_lines, check_run
from crawler.schema import Broken, article_schema, check_record, published_schema
from tests.commands.running import scrapy
from tests.reports.runs import record, write_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run=1")


def test_a_whole_run_has_no_fault(run: Path) -> None:
    assert list(check_run(run)) == []


def test_a_changed_byte_is_found_by_its_hash(run: Path) -> None:
    path = run / "articles.jsonl"
    path.write_bytes(path.read_bytes().replace("नाव".encode(), "गाय".encode(), 1))

    assert "SHA-256" in next(check_run(run))


def test_the_first_bad_line_is_named_with_its_field(run: Path) -> None:
    lines = (run / "articles.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    bad = json.loads(lines[1])
    bad["revision"] = "one"
    (run / "articles.jsonl").write_text(lines[0] + json.dumps(bad) + "\n", encoding="utf-8")

    faults = list(check_run(run))

    assert any('line 2: record.revision is "one"' in fault for fault in faults)


@pytest.mark.parametrize("cut", [1, 40])
def test_a_file_that_is_cut_short_is_found(run: Path, cut: int) -> None:
    path = run / "copies.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])

    assert any("line 2: is cut short" in fault for fault in check_run(run))


def test_a_missing_part_a_foreign_part_and_a_run_that_died_are_found(run: Path) -> None:
    (run / "copies.jsonl").rename(run / "articles-0002.jsonl")
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    (run / "manifest.json").write_text(json.dumps(manifest | {"state": "running"}), encoding="utf-8")

    faults = list(check_run(run))

    assert any("has not ended" in fault for fault in faults)
    assert any("articles-0002.jsonl: is not in the manifest" in fault for fault in faults)
    assert any("copies.jsonl: is in the manifest, and not in the folder" in fault for fault in faults)


def test_the_command_ends_with_3_when_a_line_is_bad(run: Path) -> None:
    well = scrapy("verify", run)
    (run / "articles.jsonl").write_text("{}\n", encoding="utf-8")

    bad = scrapy("verify", run)

    assert (well.code, well.out) == (0, f"{run}: whole: 3 parts, 6 rows\n")
    assert bad.code == 3
    assert "articles.jsonl: line 1: record has no 'schema_version'" in bad.out
    assert scrapy("verify", run / "nothing").code == 2


BROKEN: list[dict[str, Any]] = [
    {"headline": ""},
    {"headline": None},
    {"kind": "poem"},
    {"published_at": "yesterday"},
    {"published_at": "2026-11-24"},
    {"schema_version": "9.0"},
    {"tags": "नदी"},
    {"tags": [1]},
    {"revision": True},
    {"revision": 0},
    {"dateline": {}},
    {"surprise": 1},
    {"provenance": {"headline": "guess"}},
]


@pytest.mark.parametrize("change", BROKEN)
def test_a_record_gets_the_same_verdict_as_from_jsonschema(change: dict[str, Any]) -> None:
    broken = record() | change

    with pytest.raises(Broken):
        check_record(broken)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, published_schema())


@pytest.mark.parametrize(
    ("version", "field", "time"),
    [
        ("1.0", "published_at", "2024-02-31T25:61+05:30"),
        ("1.0", "published_at", "2023-02-29"),
        ("1.0", "published_at", "2024-13-01T10:00Z"),
        ("1.0", "published_at", "2024-04-31T10:00:00+05:30"),
        ("1.0", "published_at", "2024-04-30T24:10+05:30"),
        ("1.0", "published_at", "2024-04-30T10:60+05:30"),
        ("1.0", "published_at", "2024-04-30T10:00:61Z"),
        ("1.0", "published_at", "2024-04-30T10:00+05:99"),
        ("1.0", "published_at", "2024-04-30T10:00-29:00"),
        ("1.0", "published_at", "0000-01-01"),
        ("1.1", "published_at", "2024-02-31T25:61:00Z"),
        ("1.1", "published_at", "2024-13-01T10:00:00Z"),
        ("1.1", "modified_at", "2024-04-30T24:10:00Z"),
        ("1.1", "fetched_at", "2024-04-30T10:00:61Z"),
        ("1.1", "published_on", "2023-02-29"),
        ("1.1", "published_on", "0000-01-01"),
    ],
)
def test_a_time_that_does_not_exist_is_refused(version: str, field: str, time: str) -> None:
    with pytest.raises(Broken, match=rf"record\.{field} is .* no calendar or clock has that time"):
        check_record(of_version(version) | {field: time})


@pytest.mark.parametrize(
    ("version", "field", "time"),
    [
        ("1.0", "published_at", "2024-02-29"),
        ("1.0", "published_at", "2024-02-29T23:59:59.1234567Z"),
        ("1.0", "published_at", "2024-04-30T00:00+05:45"),
        ("1.0", "published_at", "2024-04-30T10:00-09:30"),
        ("1.0", "published_at", "9999-12-31"),
        ("1.0", "published_at", None),
        ("1.1", "published_at", "2024-02-29T23:59:59Z"),
        ("1.1", "published_at", None),
        ("1.1", "published_on", "2024-02-29"),
        ("1.1", "published_on", None),
    ],
)
def test_a_time_that_exists_is_accepted(version: str, field: str, time: str | None) -> None:
    check_record(of_version(version) | {field: time})


def of_version(version: str) -> dict[str, Any]:
    schema, made = published_schema(version), record()
    made["images"] = [{key: image[key] for key in schema["$defs"]["Image"]["properties"]} for image in made["images"]]
    return {key: value for key, value in made.items() if key in schema["properties"]} | {"schema_version": version}


def test_the_checker_knows_every_word_of_the_schema() -> None:
    known = {"$ref", "anyOf", "type", "const", "enum", "minLength", "pattern", "minimum", "maximum", "items"}
    known |= {"properties", "required", "additionalProperties", "description", "title", "$defs", "$schema", "$id"}

    def words(rule: dict[str, Any]) -> set[str]:
        inner = [*rule.get("properties", {}).values(), *rule.get("$defs", {}).values(), *rule.get("anyOf", ())]
        inner += [rule[key] for key in ("items", "additionalProperties") if isinstance(rule.get(key), dict)]
        return set(rule) | {word for each in inner for word in words(each)}

    assert words(article_schema()) <= known
    check_record(record())


def test_every_released_sample_is_valid_in_its_schema_version(root: Path) -> None:
    samples = sorted((root / "tests" / "runs" / "samples").glob("*/*.jsonl"))

    assert samples
    for sample in samples:
        first = json.loads(sample.read_text(encoding="utf-8").splitlines()[0])
        assert first.get("schema_version", sample.parent.name) == sample.parent.name
        assert list(check_lines(sample)) == []


def test_a_record_is_checked_against_the_schema_of_its_own_version() -> None:
    signed = record() | {"body": [{"kind": "credit", "text": "(एपी)"}]}

    check_record(signed)
    check_record(of_version("1.0"))
    with pytest.raises(Broken, match=r"record\.body\[0\]\.kind"):
        check_record(of_version("1.0") | {"body": signed["body"]})
