"""A line of an export that is not a record is named with file and line, and no half-written file is left."""

import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from crawler.exports.csv import flatten
from crawler.exports.decoding import decode_row, lift
from crawler.exports.ninjs import to_ninjs
from crawler.items import Article, Block, Image, Publisher, Story
from crawler.schema import Broken, check_record, published_schema
from crawler.text.parts import Credit, Dateline, Place
from tests.commands.running import scrapy
from tests.exports.exporting import read_record

LIMA = Place(name="लीमा", english="Lima", country="PE", geonames_id=3936456, latitude=-12.04, longitude=-77.03)
ARTICLE = Article(
    id="indiatv-7",
    outlet="indiatv",
    url="https://khabar.example/7",
    headline="घाटी में नई रेल लाइन खुली",
    dateline=Dateline(raw="लीमा, 3 मई (एएफपी)।", places=(LIMA,), date="2025-05-03", agency="afp"),
    credits=[Credit(agency="afp", name="एएफपी", raw="(एएफपी)", where="dateline")],
    body=[Block(kind="paragraph", text="लीमा, 3 मई (एएफपी)। पहली गाड़ी चली।")],
    text="पहली गाड़ी चली।",
    images=[Image(url="https://khabar.example/7.jpg")],
    story=Story(id="s7", relation="original"),
    pages=["https://khabar.example/7", "https://khabar.example/7?page=2"],
    provenance={"headline": "json-ld"},
)
RECORD: dict[str, Any] = json.loads(json.dumps(asdict(ARTICLE)))
NO_RECORDS = {
    "no JSON": b'{"id": \n',
    "no UTF-8": b'{"id": "\xff\xfe"}\n',
    "an array": b"[1, 2]\n",
    "a text": '"खबर"\n'.encode(),
    "null": b"null\n",
    "an empty line": b"\n",
    "nested too deep": b'{"id": ' + b"[" * 5_000 + b"]" * 5_000 + b"}\n",
    "half a pair": json.dumps(RECORD | {"id": "\ud800"}).encode() + b"\n",
    "half a pair deep inside": json.dumps(RECORD | {"tags": ["खेल", "\udc00 "]}).encode() + b"\n",
    "not a number": json.dumps(RECORD | {"revision": float("nan")}).encode() + b"\n",
    "a number beyond 64 bits": json.dumps(RECORD | {"revision": 10**30}).encode() + b"\n",
    "a number of 5,000 digits": b'{"revision": ' + b"9" * 5_000 + b"}\n",
    "a number beyond all floats": json.dumps(RECORD).replace('"revision": 1', '"revision": 1e999').encode() + b"\n",
    "a day in Hindi's digits": json.dumps(RECORD | {"published_on": "२०२५-०५-०३"}).encode() + b"\n",
    "a line break behind a day": json.dumps(RECORD | {"published_on": "2025-05-03\n"}).encode() + b"\n",
    "a list for a text": json.dumps(RECORD | {"headline": ["a"]}).encode() + b"\n",
    "a text for a list": json.dumps(RECORD | {"byline": "मीरा जोशी"}).encode() + b"\n",
    "a text for an object": json.dumps(RECORD | {"dateline": "लीमा"}).encode() + b"\n",
    "a credit without its agency": json.dumps(RECORD | {"credits": [{"name": "एएफपी"}]}).encode() + b"\n",
    "null for a list": json.dumps(RECORD | {"images": None}).encode() + b"\n",
    "a version to come": json.dumps(RECORD | {"schema_version": "7.0"}).encode() + b"\n",
    "a missing key": json.dumps({k: v for k, v in RECORD.items() if k != "text"}).encode() + b"\n",
}


def test_a_record_is_read_as_it_was_written() -> None:
    assert read_record(json.dumps(RECORD).encode()) == RECORD


def test_a_surrogate_pair_is_a_character() -> None:
    assert decode_row(b'{"id": "\\ud83d\\ude00"}') == {"id": "\N{GRINNING FACE}"}


@pytest.mark.parametrize("name", NO_RECORDS)
def test_a_line_that_is_not_a_record_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(Broken) as broken:
        read_record(NO_RECORDS[name])

    assert len(str(broken.value)) > 10


def test_a_record_of_version_1_0_is_converted_and_loses_nothing() -> None:
    sources = {"headline": "json-ld", "pages": "https://a.example/1 https://a.example/2", "disagreement": "body"}

    lifted = lift(of_1_0() | {"provenance": sources})

    assert list(lifted) == list(RECORD)
    assert (lifted["schema_version"], lifted["disagreement"]) == ("1.1", "body")
    assert lifted["pages"] == ["https://a.example/1", "https://a.example/2"]
    assert lifted["provenance"] == {"headline": "json-ld"}
    assert lifted["body"] == RECORD["body"]
    assert lifted["images"] == [{**RECORD["images"][0], "main": False}]
    assert (lifted["publisher"]["host"], lifted["publisher"]["name"]) == ("khabar.example", None)
    assert (lifted["word_count"], lifted["first_seen_at"]) == (3, None)
    check_record(lifted)


def test_the_publisher_of_a_record_of_1_0_comes_from_the_list_of_outlets() -> None:
    publisher = Publisher(name="India TV", name_hi="इंडिया टीवी", host="www.indiatv.in", group="television")

    known = lift(of_1_0(), {"indiatv": publisher})
    of_nobody = lift(of_1_0() | {"outlet": None}, {"indiatv": publisher})

    assert known["publisher"] == asdict(publisher)
    assert of_nobody["publisher"] == asdict(Publisher(host="khabar.example"))


@pytest.mark.parametrize(
    ("kind", "text", "where", "lifted"),
    [
        ("paragraph", "(एएफपी)", "tail", "credit"),
        ("paragraph", "(एएफपी)", "inline", "paragraph"),
        ("paragraph", "पहली गाड़ी चली। (एएफपी)", "tail", "paragraph"),
        ("list_item", "(एएफपी)", "tail", "list_item"),
        ("paragraph", "(एपी)", "tail", "paragraph"),
    ],
)
def test_a_paragraph_of_1_0_that_only_signs_the_report_becomes_a_credit(
    kind: str, text: str, where: str, lifted: str
) -> None:
    credit = {"agency": "afp", "name": "एएफपी", "raw": "(एएफपी)", "where": where}
    first = {"kind": "paragraph", "text": "लीमा में पहली गाड़ी चली।"}

    record = lift(of_1_0() | {"credits": [credit], "body": [first, {"kind": kind, "text": text}]})

    assert record["body"] == [first, {"kind": lifted, "text": text}]


@pytest.mark.parametrize(
    ("published", "modified", "read"),
    [
        ("2025-05-03T23:15:00-05:00", "2025-05-04", ("2025-05-04T04:15:00Z", "2025-05-03", "minute", None)),
        ("2025-05-03T23:15:09+05:30", None, ("2025-05-03T17:45:09Z", "2025-05-03", "second", None)),
        (
            "2025-05-03T20:15Z",
            "2025-05-03T21:15+00:00",
            ("2025-05-03T20:15:00Z", "2025-05-04", "minute", "2025-05-03T21:15:00Z"),
        ),
        ("2025-05-03", None, (None, "2025-05-03", "day", None)),
        (None, None, (None, None, None, None)),
    ],
)
def test_the_times_of_a_record_of_1_0_are_lifted_and_what_it_held_is_kept(
    published: str | None, modified: str | None, read: tuple[str | None, ...]
) -> None:
    first = of_1_0() | {
        "published_at": published,
        "modified_at": modified,
        "fetched_at": "2025-05-04T12:00:00.25+05:30",
    }
    first["provenance"] = {"published_at": "meta"} if published else {}

    lifted = read_record(json.dumps(first).encode())

    assert tuple(lifted[n] for n in ("published_at", "published_on", "published_precision", "modified_at")) == read
    assert (lifted["published_raw"], lifted["modified_raw"]) == (published, modified)
    assert lifted["fetched_at"] == "2025-05-04T06:30:00Z"
    assert lifted["provenance"] == {n: "meta" for n in ("published_at", "published_on") if lifted[n]}
    check_record(lifted)


def test_a_time_of_1_0_that_utc_cannot_hold_is_named() -> None:
    first = of_1_0() | {"published_at": "0001-01-01T00:00+05:30"}

    with pytest.raises(Broken, match=r"0001-01-01T00:00\+05:30"):
        read_record(json.dumps(first).encode())


def of_1_0() -> dict[str, Any]:
    known = published_schema("1.0")["properties"]
    images = [{k: image[k] for k in ("url", "caption", "credit")} for image in RECORD["images"]]
    return {k: v for k, v in RECORD.items() if k in known} | {"schema_version": "1.0", "images": images}


@pytest.mark.parametrize("command", ["export", "stories"])
@pytest.mark.parametrize("name", NO_RECORDS)
def test_a_command_names_the_line_and_leaves_nothing_half_written(command: str, name: str, tmp_path: Path) -> None:
    rows, out = tmp_path / "articles.jsonl", tmp_path / "out.csv"
    rows.write_bytes(json.dumps(RECORD).encode() + b"\n" + NO_RECORDS[name])
    args = (str(rows), "--to", "csv", str(out)) if command == "export" else (str(rows),)

    ended = scrapy(command, *args)

    if command == "export" or ended.code:
        assert ended.code == 3
        assert f"{rows}: line 2: " in ended.err
    assert "Traceback" not in ended.err
    assert [path.name for path in tmp_path.iterdir()] == [rows.name]


@pytest.mark.parametrize("out", ["missing/out.csv", "."])
def test_an_output_file_that_cannot_be_written_is_reported_in_one_line(out: str, tmp_path: Path) -> None:
    rows = tmp_path / "articles.jsonl"
    rows.write_bytes(json.dumps(RECORD).encode() + b"\n")

    ended = scrapy("export", str(rows), "--to", "csv", str(tmp_path / out))

    assert ended.code == 2
    assert "name a file in a folder that exists" in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err
    assert [path.name for path in tmp_path.iterdir()] == [rows.name]


def mutated(value: Any, draw: random.Random) -> Any:
    """Return a record in which one random value has another type, is missing or is there twice."""
    if isinstance(value, dict) and value and draw.random() < 0.8:
        key = draw.choice(list(value))
        if draw.random() < 0.2:
            return {k: v for k, v in value.items() if k != key}
        return value | {key: mutated(value[key], draw)}
    if isinstance(value, list) and value and draw.random() < 0.8:
        return [mutated(value[0], draw), *value]
    return draw.choice([None, True, -1, 2**70, 1.5, "", "\ud8ff", "अ", [], {}, [None], {"raw": []}, [[[]]], {"": {}}])


def test_mutated_records_are_refused_or_can_be_written_in_every_format() -> None:
    draw, refused = random.Random(20), 0

    for _ in range(1_500):
        line = json.dumps(mutated(RECORD, draw)).encode()
        try:
            record = read_record(line)
        except Broken:
            refused += 1
            continue
        json.dumps([flatten(record), to_ninjs(record)], ensure_ascii=False).encode()

    assert 500 < refused < 1_500


def test_a_number_too_large_for_a_float_is_refused() -> None:
    for digits in (b"1e999", b"-1e999", b"9" * 400 + b".0"):
        with pytest.raises(Broken, match="too large a number"):
            decode_row(b'{"similarity": ' + digits + b"}")
    assert decode_row(b'{"similarity": 1e-999}') == {"similarity": 0.0}


@pytest.mark.shared
def test_mutated_rows_that_broke_a_reader_are_named_or_read(evidence: Path, tmp_path: Path) -> None:
    faults = sorted((evidence / "fresh" / "faults").glob("fuzz-r[ou][wn]*.bin"))
    assert len(faults) == 21

    for fault in faults:
        rows = tmp_path / f"{fault.stem}.jsonl"
        rows.write_bytes(fault.read_bytes())
        for arguments in (("export", rows, tmp_path / "out.csv", "--to", "csv"), ("stories", rows)):
            done = scrapy(*arguments)
            assert done.code == 0 or f"{rows}: line " in done.err, fault.name
            assert done.code in (0, 3), fault.name
            assert "Traceback" not in done.err, fault.name
    assert not list(tmp_path.glob("*.part"))
